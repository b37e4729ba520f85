"""Prepare everything that the tests copy, before they ask for it: `python -m tests.prepared`."""

from tests.prepared import sqlite, static
from tests.services.postgres import prepared_cluster

if __name__ == "__main__":
    sqlite.loaded()
    static.static_files()
    prepared_cluster()
