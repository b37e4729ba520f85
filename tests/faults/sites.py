"""A site of its own that can be killed and started again, on SQLite or PostgreSQL."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from config import BASE_DIR
from tests.services.postgres import free_port
from tests.services.processes import copy_of_site, start

PEOPLE = 12
# Long enough for a cold start on a busy machine.
LONGEST_START = 120
_PEOPLE = """
from django.test import Client
from accounts.choices import TrustLevel
from accounts.models import User
for number in range(int(sys.argv[1])):
    user = User.objects.create_user(f"Writer{number}", "correct horse battery")
    User.objects.update(trust_level=TrustLevel.TRUSTED)
    user.refresh_from_db()
    client = Client()
    client.force_login(user)
    print(client.cookies["__Host-sessionid"].value)
"""


class FaultSite:
    """The site, the cookies of people who are signed in to it, and how to kill it."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.variables = os.environ | {
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "RATE_LIMITS": "off",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        if database_url:
            self.variables["DATABASE_URL"] = database_url
        copy_of_site(folder)
        self.process: subprocess.Popen[bytes] | None = None
        self.sessions = self.run(f"import sys\n{_PEOPLE}", str(PEOPLE)).split()

    def run(self, script: str, *arguments: str) -> str:
        """Return what a script prints that runs on this site. Raises RuntimeError if it fails."""
        out, error = (process := start(script, self.variables, *arguments)).communicate(timeout=300)
        if process.returncode:
            raise RuntimeError(error)
        return out

    def start(self, command: Sequence[str] = ("manage.py", "serve")) -> float:
        """Start it and wait until it answers; return the seconds that took."""
        began = time.monotonic()
        with (self.folder.parent / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=BASE_DIR,
                env=self.variables,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait()
        return time.monotonic() - began

    def wait(self) -> float:
        """Wait until the home page is there; return the seconds that took. Raises RuntimeError."""
        began = time.monotonic()
        while time.monotonic() - began < LONGEST_START:
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"{self.url}/", timeout=5).close()
                return time.monotonic() - began
            if not self.process:
                break
            # Nothing answers yet: wait a moment, or until the process ends.
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.05)
                break
        raise RuntimeError(f"The site does not answer: {(self.folder.parent / 'log').read_text()[-2000:]}")

    def kill(self) -> None:
        """Kill all its processes at once, as a power cut would."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)
            self.process = None
