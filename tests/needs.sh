#!/bin/sh
# What the tests need beyond Python: a PostgreSQL server, Chromium, Java and npm. Installs what is missing
# through apt where it may; where it may not, says exactly what is missing and fails.
set -eu

missing=""
need() { missing="$missing $1"; }
have() { command -v "$1" >/dev/null 2>&1; }
may_install() { have apt-get && [ "$(id -u)" = 0 ]; }

ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || have initdb || need postgresql
# The whole Chromium does as well, but takes twice the time.
have chromium-headless-shell || [ -n "${CHROMIUM:-}" ] || { have chromium && ! may_install; } || need chromium-headless-shell
have java || need default-jre-headless
have npm || need npm

if [ -n "$missing" ]; then
    if may_install; then
        echo "Installing:$missing"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        # shellcheck disable=SC2086  # the list is meant to be split
        apt-get install -y -qq --no-install-recommends $missing >/dev/null
    else
        echo "The tests need these packages, and this user cannot install them:$missing" >&2
        echo "On Debian: sudo apt-get install$missing" >&2
        exit 1
    fi
fi

if [ ! -f node_modules/.ready ] || [ package-lock.json -nt node_modules/.ready ]; then
    npm ci --ignore-scripts --silent
    touch node_modules/.ready
fi
