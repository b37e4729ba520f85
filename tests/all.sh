#!/bin/sh
# Everything: the fast part, the unit tests on SQLite and on PostgreSQL, the browser tests.
set -eu
sh tests/check.sh
echo "-- unit tests on SQLite"
python -m pytest --quiet -n 2 -m "not browser" --ignore=tests/structure --cov --cov-report=
echo "-- unit tests on PostgreSQL"
# Pure code is the same on both, and so are headers, links, and who may call which address.
PURE="--ignore=tests/common/pictures --ignore=tests/reports/personal_data --ignore=tests/common/test_markdown.py \
    --ignore=tests/pages/test_permissions.py --ignore=tests/pages/test_headers.py --ignore=tests/pages/test_crawl.py"
# Only what tells the databases apart has lines that run here alone: the rest goes without counting lines.
# shellcheck disable=SC2086  # the list is meant to be split
python -m tests.services.postgres -- sh -c "
    python -m pytest --quiet -n 2 tests/search tests/audit tests/accounts tests/pages $PURE \
        --cov=warnings/search --cov=warnings/audit --cov=warnings/accounts --cov=warnings/pages --cov-append --cov-report= &&
    python -m pytest --quiet -n 2 -m 'not browser' --ignore=tests/structure --ignore=tests/search --ignore=tests/audit \
        --ignore=tests/accounts --ignore=tests/pages $PURE"
python -m tests.coverage_floor
echo "-- in the browser"
python -m pytest --quiet -m browser -n 2 --dist loadfile
