"""Loaded before anything else: the tests get a data directory of their own, never the developer's."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

FOLDER = tempfile.mkdtemp(prefix="forewarned-tests-")
"""What lies here lives as long as the tests do, wherever a test sets DATA_DIR meanwhile."""

os.environ["DATA_DIR"] = FOLDER
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

if sys.dont_write_bytecode:
    # Compiling everything anew takes longer than most test files. Where Python must not put bytecode beside the
    # sources, it goes to the folder that git ignores.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).resolve().parent.parent / ".prepared-tests" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
