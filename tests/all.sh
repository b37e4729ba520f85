#!/bin/sh
# Everything: the fast part, the unit tests on SQLite and on PostgreSQL, the browser tests.
set -eu
sh tests/check.sh
# What asks every address as everybody runs most lines and looks at few: counting lines would double its time, and a
# line that only these run is not tested.
EVERY_ADDRESS="tests/pages/test_crawl.py tests/pages/test_headers.py tests/pages/test_permissions.py \
    tests/pages/test_relations.py tests/pages/test_valid_html.py tests/pages/test_query_counts.py"
echo "-- every address, on SQLite"
# shellcheck disable=SC2086  # the list is meant to be split
python -m pytest --quiet -n 2 $EVERY_ADDRESS
echo "-- unit tests on SQLite"
# shellcheck disable=SC2046,SC2086  # the list is meant to be split
python -m pytest --quiet -n 2 -m "not browser" --ignore=tests/structure $(printf -- " --ignore=%s" $EVERY_ADDRESS) --cov --cov-report=
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
