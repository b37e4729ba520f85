"""Start-up that has to happen before anything else is imported.

Two things. The apps live in the plain folder `warnings/`, which goes on the import path here, once. And
Python's `sqlite3` gives way to `pysqlite3`, which carries an SQLite without the WAL-reset bug (fixed in
3.51.3, https://sqlite.org/wal.html#walresetbug); most systems still ship an older one.
"""

import sys
from pathlib import Path

import pysqlite3

BASE_DIR = Path(__file__).resolve().parent.parent
APPS_DIR = BASE_DIR / "warnings"

if str(APPS_DIR) not in sys.path:
    # Behind the standard library and the project root, so that nothing in there can hide either of them.
    sys.path.append(str(APPS_DIR))

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
