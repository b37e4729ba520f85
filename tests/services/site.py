"""The real site for the tests: the same command as `make run`, with a data directory and a port of its own."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.services.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_START = 60


@dataclass(frozen=True)
class Site:
    """A running site: its address, and the file with what it printed."""

    url: str
    log: Path


@contextmanager
def running_site(**environment: str) -> Iterator[Site]:
    """Start the site on the real catalogue, yield it, stop it."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="forewarned-site-") as folder:
        variables = os.environ | {"DATA_DIR": folder, "PORT": str(port), "PUBLIC_URL": url} | environment
        command = [sys.executable, "manage.py", "serve"]
        log = Path(folder) / "log"
        with log.open("w") as output:
            process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=output)
        try:
            _wait_until_it_answers(url, process, log)
            yield Site(url, log)
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
        except (urllib.error.URLError, ConnectionError):
            # Nothing listens yet: give the process a moment, unless it ends by itself.
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
    raise RuntimeError(f"The site did not answer: {log.read_text()}")
