#!/bin/sh
# Everything: the fast part, the unit tests on SQLite and on PostgreSQL, the browser tests.
set -eu
sh tests/check.sh
echo "-- unit tests on SQLite"
python -m pytest --quiet -n 2 -m "not browser" --ignore=tests/structure --cov --cov-report=
echo "-- unit tests on PostgreSQL"
python -m tests.services.postgres -- python -m pytest --quiet -n 2 -m "not browser" --ignore=tests/structure \
    --cov --cov-append --cov-report=
python -m tests.coverage_floor
echo "-- in the browser"
python -m pytest --quiet -m browser
