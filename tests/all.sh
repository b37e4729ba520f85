#!/bin/sh
# Everything that one commit can break: the fast part, the tests on SQLite, those on PostgreSQL that a database can
# change, and the browser tests. `EVERYTHING=1` runs all tests on PostgreSQL.
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
BRANCHES="--branch --source warnings,config --json --out"
BEGAN=$(date +%s)

step() { printf '%s (%s s)\n' "-- $1" "$(($(date +%s) - BEGAN))"; }

step "what tests copy is prepared"
python -m tests.prepared >"$WORK/prepared.txt" 2>&1 &
prepared=$!
sh tests/check.sh
wait "$prepared" || { cat "$WORK/prepared.txt"; exit 1; }

step "on SQLite"
mkdir "$WORK/sql"
# shellcheck disable=SC2086  # the list is meant to be split
RECORD_SQL="$WORK/sql" python -m slipcover $BRANCHES "$WORK/sqlite.json" \
    -m pytest --quiet -n 2 --dist worksteal -m "not browser" --ignore=tests/structure -p tests.database_subset.recorder

step "on PostgreSQL"
if [ -z "${EVERYTHING:-}" ]; then
    python -m tests.database_subset.choice "$WORK/sql"
    export CHOSEN_TESTS="$WORK/sql/choice"
fi
# shellcheck disable=SC2086  # the list is meant to be split
python -m tests.services.postgres -- python -m slipcover $BRANCHES "$WORK/postgres.json" \
    -m pytest --quiet -n 2 --dist worksteal -m "not browser" --ignore=tests/structure
unset CHOSEN_TESTS
python -m slipcover --merge "$WORK/sqlite.json" "$WORK/postgres.json" --branch --json --out "$WORK/covered.json" >"$WORK/merged.txt"
python -m tests.coverage_floor "$WORK/covered.json"

step "in the browser"
python -m pytest --quiet -m browser -n 2 --dist worksteal
step "done"
