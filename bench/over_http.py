"""Pages from memory over HTTP, in alternation with a bare Django view: processor time of all server processes."""

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Row, at_most
from tests.services.postgres import free_port

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS, REQUESTS, TURNS = 8, 4_000, 5
PAGES = {"home": "/", "tool": "/tools/dingtalk/"}
_TICKS = os.sysconf("SC_CLK_TCK")
# Ten sessions a second, saved as signing in and reading save them.
_WRITERS = """
import threading
from accounts.sessions import SessionStore
pause = threading.Event()
while not pause.wait(0.1):
    session = SessionStore()
    session["seen"] = 1
    session.save()
"""


@dataclass(frozen=True)
class Server:
    """A running server. A copy of the same page in the usual encoding of browsers is what it is asked for."""

    process: "subprocess.Popen[bytes]"
    port: int

    def load(self, path: str, requests: int) -> float:
        """Ask for a page with several connections at once; return the seconds that took."""

        def ask(_: int) -> None:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
                for _ in range(requests // CONNECTIONS):
                    connection.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "gzip, br"})
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status != 200:
                        raise RuntimeError(f"{path} answered {answer.status}")

        began = time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as clients:
            list(clients.map(ask, range(CONNECTIONS)))
        return time.perf_counter() - began

    def cost(self, path: str) -> tuple[float, float]:
        """Return the microseconds of processor time that a page takes, and how many there are in a second."""
        processes = list(_family(self.process.pid))
        before = sum(map(_seconds, processes))
        taken = self.load(path, REQUESTS)
        return (sum(map(_seconds, processes)) - before) / REQUESTS * 1e6, REQUESTS / taken


def measure() -> Iterator[Row]:
    """Each page from memory as a multiple of the bare view, alone and while sessions are written."""
    with ExitStack() as stack:
        site = stack.enter_context(_serving(["manage.py", "serve"], RATE_LIMITS="off"))
        own = stack.enter_context(_serving(["-m", "bench.servers.same_server"]))
        gunicorn = ["-m", "gunicorn", "--workers=2", "--log-level=error", "bench.servers.bare:application", "--bind"]
        other = stack.enter_context(_serving(gunicorn))
        for writing in (False, True):
            with _sessions() if writing else ExitStack():
                yield from _compared(site, own, other, " while sessions are written" if writing else "")


def _compared(site: Server, own: Server, other: Server, when: str) -> Iterator[Row]:
    for server, path in ((own, "/"), (other, "/"), *((site, path) for path in PAGES.values())):
        server.load(path, 400)
    bare = {"a bare view of 15 kB under the same server": own, "the same under gunicorn": other}
    turns = [
        {name: server.cost("/") for name, server in bare.items()}
        | {name: site.cost(path) for name, path in PAGES.items()}
        for _ in range(TURNS)
    ]
    for name in PAGES:
        rate = statistics.median(turn[name][1] for turn in turns)
        what = f"page from memory: {name}{when} ({rate:,.0f} a second with {CONNECTIONS} connections)"
        for against in bare:
            yield at_most(what, against, statistics.median(turn[name][0] / turn[against][0] for turn in turns), 1 / 3)


@contextmanager
def _serving(command: list[str], **environment: str) -> Iterator[Server]:
    port = free_port()
    address = f"127.0.0.1:{port}" if "--bind" in command else str(port)
    arguments = command if command[0] == "manage.py" else [*command, address]
    variables = os.environ | {"PORT": str(port), "PUBLIC_URL": f"http://localhost:{port}"} | environment
    if command[0] != "manage.py":
        variables.pop("DJANGO_SETTINGS_MODULE", None)
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=variables, stdout=subprocess.DEVNULL)
    try:
        server = Server(process, port)
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def _sessions() -> Iterator[None]:
    setup = "import config\nimport django; django.setup()\n"
    process = subprocess.Popen([sys.executable, "-c", setup + _WRITERS], cwd=ROOT)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(server: Server) -> None:
    for _ in range(600):
        with suppress(OSError, http.client.HTTPException):
            server.load("/", CONNECTIONS)
            return
        with suppress(subprocess.TimeoutExpired):
            server.process.wait(timeout=0.1)
            break
    raise RuntimeError("A server did not start.")


def _family(pid: int) -> Iterator[int]:
    yield pid
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            yield from _family(int(child))


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
