"""Loaded before anything else: the tests get a data directory of their own, never the developer's."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="forewarned-tests-")
os.environ["DATA_DIR"] = _folder
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
