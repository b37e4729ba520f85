"""Set-up that must happen before any other import.

The apps are in the plain folder `warnings/`, which is added to the import path here. Python's `sqlite3` is replaced
by `pysqlite3`, which contains an SQLite without the WAL-reset bug (fixed in 3.51.3,
https://sqlite.org/wal.html#walresetbug); most systems still have an older one.
"""

import sys
from pathlib import Path

import pysqlite3

BASE_DIR = Path(__file__).resolve().parent.parent
APPS_DIR = BASE_DIR / "warnings"

if str(APPS_DIR) not in sys.path:
    # After the standard library and the project root, so that no app can shadow their modules.
    sys.path.append(str(APPS_DIR))

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
