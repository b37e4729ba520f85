"""Loaded before anything else: the tests get a data directory of their own, never the developer's."""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="forewarned-tests-")
"""What lies here lives as long as the tests do, wherever a test sets DATA_DIR meanwhile."""

os.environ["DATA_DIR"] = FOLDER
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
