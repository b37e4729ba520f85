"""The real site for the tests: the same command as `make run`, with a data directory and a port of its own."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect

from tests.prepared import sqlite
from tests.services.postgres import free_port
from tests.services.processes import Hand, copy_of_site

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_START = 180


@dataclass(frozen=True)
class Site:
    """A running site: its address, and the file with what it printed."""

    url: str
    log: Path


class OwnSite:
    """A site in a folder of its own that can be killed in the middle and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        # By its name: passkeys belong to names, not to addresses.
        self.url = f"http://localhost:{self.port}"
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self._hand: Hand | None = None

    def start(self) -> None:
        """Start it and wait until it answers; the first time on a copy of a site with the catalogue."""
        if not self.log.exists():
            copy_of_site(self.folder)
        variables = os.environ | {"DATA_DIR": str(self.folder), "PORT": str(self.port), "PUBLIC_URL": self.url}
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=variables,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        _wait_until_it_answers(self.url, self.process, self.log)

    def run(self, script: str, *arguments: str) -> str:
        """Return what a script prints that runs on its database."""
        if not self._hand:
            self._hand = Hand(
                os.environ | {"DATA_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
            )
        return self._hand.run(script, *arguments)

    def begin_anew(self) -> None:
        """Put its database back to what it was at the first start, while it runs; start it if a test left it dead."""
        prepared = sqlite.loaded()
        with (
            closing(connect(prepared)) as source,
            closing(connect(self.folder / prepared.name, timeout=30)) as target,
        ):
            source.backup(target)
        if not self.process:
            self.start()

    def stop(self) -> None:
        """End it for good."""
        if self._hand:
            self._hand.close()
            self._hand = None
        self.kill()

    def kill(self) -> None:
        """Kill all its processes at once, as a power cut would."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)
            self.process = None


@contextmanager
def running_site(**environment: str) -> Iterator[Site]:
    """Start the site on the real catalogue, yield it, stop it."""
    with tempfile.TemporaryDirectory(prefix="forewarned-site-") as folder:
        copy_of_site(Path(folder))
        with _served(os.environ | {"DATA_DIR": folder}, "127.0.0.1", environment) as (_, site):
            yield site


@contextmanager
def serving(variables: dict[str, str]) -> Iterator[dict[str, str]]:
    """Serve the site of an environment, yield the environment with its address, stop it."""
    with _served(variables, "localhost", {"RATE_LIMITS": "off"}) as (found, _):
        yield found


@contextmanager
def _served(variables: dict[str, str], host: str, more: dict[str, str]) -> Iterator[tuple[dict[str, str], Site]]:
    """Serve a site on a port of its own; `more` counts before the address that it is given."""
    port = free_port()
    url, log = f"http://{host}:{port}", Path(variables["DATA_DIR"]) / "log"
    found = variables | {"PORT": str(port), "PUBLIC_URL": url} | more
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=found, stdout=output, stderr=output
        )
    try:
        _wait_until_it_answers(url, process, log)
        yield found, Site(url, log)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_it_answers(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The site stopped: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            # Nothing listens or answers yet: give the process a moment, unless it ends by itself.
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
    raise RuntimeError(f"The site did not answer: {log.read_text()}")
