#!/bin/sh
# The fast part: lint, format, templates, types, layers, migrations, deployment checks, structure.
set -eu
DATA_DIR=$(mktemp -d)
export DATA_DIR
trap 'rm -rf "$DATA_DIR"' EXIT

step() { printf '%s\n' "-- $1"; }

# Types take as long as all the rest: they are checked on another core meanwhile.
mypy --no-error-summary >"$DATA_DIR/types.txt" 2>&1 &
types=$!
step "lint and format (ruff)"
ruff check --quiet .
ruff format --check --quiet .
step "templates (djade, djlint)"
find templates -name '*.html' -print0 | xargs -0 djade --check --target-version 5.2
djlint --quiet --lint templates
step "layers (import-linter)"
PYTHONPATH=warnings lint-imports --no-logo >"$DATA_DIR/layers.txt" || { cat "$DATA_DIR/layers.txt"; exit 1; }
step "migrations"
python manage.py makemigrations --check --dry-run --verbosity 0
step "deployment (check --deploy)"
PUBLIC_URL=https://forewarned.example python manage.py check --deploy --fail-level INFO
step "structure"
python -m pytest --quiet -p no:cacheprovider tests/structure
step "types (mypy)"
wait "$types" || { cat "$DATA_DIR/types.txt"; exit 1; }
