"""Clients that open connections and never finish their requests: pages are as quick as before."""

import http.client
import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

from tests.faults.outcome import Outcome
from tests.faults.sites import FaultSite

NUMBERS = (8, 64, 512)
# How much slower a page may be.
SLOWER = 2.0
_TIMES = 60
_FORM = b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
KINDS = {
    "half-sent bodies": (
        _FORM + b"Content-Length: 100\r\n\r\nabc",
        _FORM + b"Transfer-Encoding: chunked\r\n\r\n9\r\nab",
    ),
    "slow heads": (_FORM, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "),
}


def hold(site: FaultSite) -> Iterator[Outcome]:
    """Hold connections open, of each kind and number, and ask for pages beside them."""
    site.start()
    for kind, parts in KINDS.items():
        for number in NUMBERS:
            # Before and after, since other work on the machine slows both.
            usual = _median(site)
            with ExitStack() as stack:
                for index in range(number):
                    held = stack.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=10))
                    held.sendall(parts[index % len(parts)])
                slowed = _median(site)
                alive = _status(site, "/healthz")
            usual = statistics.mean([usual, _median(site)])
            ratio = slowed / usual
            problem = "" if ratio <= SLOWER and alive == 200 else f"pages take {ratio:.1f} times as long"
            yield Outcome(f"{number} {kind}", f"pages take {ratio:.2f} times as long", problem=problem)
    site.kill()


def _median(site: FaultSite) -> float:
    """Return the median seconds of a page."""
    taken = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        _status(site, "/about/")
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _status(site: FaultSite, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
