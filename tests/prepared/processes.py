"""The process that makes a state: settings are read once per process, so each state has one of its own."""

import os
import subprocess
import sys
from pathlib import Path

from config import BASE_DIR

SCRIPT = "import config, django; django.setup(); from tests.prepared import steps; steps.run()"


def run_steps(*steps: str, folder: Path, database: str = "") -> None:
    """Run steps on the database at this address, or else on SQLite in the folder; fails with what the process said."""
    variables = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(folder)}
    variables.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *steps],
        cwd=BASE_DIR,
        env=variables | ({"DATABASE_URL": database} if database else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(steps)} failed: {done.stdout}{done.stderr}")
