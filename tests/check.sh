#!/bin/sh
# The fast part: lint, format, templates, types, layers, migrations, deployment checks, structure.
set -eu
DATA_DIR=$(mktemp -d)
export DATA_DIR
trap 'rm -rf "$DATA_DIR"' EXIT

step() { printf '%s\n' "-- $1"; }

step "lint and format (ruff)"
ruff check --quiet .
ruff format --check --quiet .
step "templates (djade, djlint)"
find templates -name '*.html' -print0 | xargs -0 djade --check --target-version 5.2
djlint --quiet --lint templates
step "types (mypy)"
mypy --no-error-summary
step "layers (import-linter)"
PYTHONPATH=warnings lint-imports --no-logo >"$DATA_DIR/layers.txt" || { cat "$DATA_DIR/layers.txt"; exit 1; }
step "migrations"
python manage.py makemigrations --check --dry-run --verbosity 0
step "deployment (check --deploy)"
PUBLIC_URL=https://forewarned.example python manage.py check --deploy --fail-level INFO
step "structure"
python -m pytest --quiet -p no:cacheprovider tests/structure
