"""Databases and static files that the tests copy instead of making them anew.

Migrating, loading the catalogue and compressing the static files takes longer than most test files run. Each is done
once for a state of the files that it depends on (`inputs`), kept in a folder that git ignores (`store`), and copied
from then on. A change of any of those files makes another state; `tests/config/test_prepared.py` migrates a database
from scratch and compares it with the copy.
"""

from datetime import date

TODAY = date(2026, 11, 23)
"""The day on which the tests' catalogue was loaded."""
