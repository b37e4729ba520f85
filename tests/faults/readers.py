"""Readers, signed in and not, while a warning is hidden and shown: nobody gets the page of another, or an old one."""

import http.client
import itertools
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import IO

from tests.faults.outcome import Outcome
from tests.faults.sites import FaultSite
from tests.services.processes import start
from tests.sitemap_of_tests import FOUNDING

CLIENTS, REQUESTS = 8, 20_000
# One request in so many has a session; a page for it is always rendered. Changes come once in so many requests.
SIGNED_IN, CHANGED = 10, 100
PATHS = ("/", "/tools/dingtalk/", f"/warnings/{FOUNDING}/", "/warnings/", "/search/?q=zoom", "/about/")
_NAMES = re.compile(rb"Writer\d+")
# Hides the warning and shows it again, one of them for each line.
_MODERATOR = """
import sys
from reports.actions.status import change_status
from reports.choices import Status
from reports.models import Warning
for number, line in enumerate(sys.stdin):
    row = Warning.objects.get(slug=sys.argv[1])
    change_status(actor="Mona", post=row, status=(Status.PUBLISHED if number % 2 else Status.HIDDEN), reason="")
    print("done", flush=True)
"""


def mix(site: FaultSite, name: str) -> Iterator[Outcome]:
    """Read pages with several clients; after each change, read the changed page without a session."""
    site.variables["PAGE_CACHE_STALE_MS"] = "0"
    site.start()
    wrong: Counter[str] = Counter()
    left, time_to_change = itertools.count(), threading.Semaphore(0)

    def read(number: int) -> None:
        try:
            _read(site, number, left, time_to_change, wrong)
        finally:
            time_to_change.release()

    readers = [threading.Thread(target=read, args=(number,)) for number in range(CLIENTS)]
    for reader in readers:
        reader.start()
    changes = _moderate(site, readers, time_to_change, wrong)
    for reader in readers:
        reader.join()
    problem = "; ".join(f"{count} times {what}" for what, count in wrong.items())
    found = (
        f"{REQUESTS} pages read by {CLIENTS} clients, one in {SIGNED_IN} signed in;"
        f" a warning hidden or shown {changes} times"
    )
    yield Outcome(f"readers on {name}", found, problem=problem)
    site.kill()


def _read(
    site: FaultSite,
    number: int,
    left: "itertools.count[int]",
    time_to_change: threading.Semaphore,
    wrong: Counter[str],
) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)) as connection:
        while (turn := next(left)) < REQUESTS:
            if turn % CHANGED == 0:
                time_to_change.release()
            signed_in = turn % SIGNED_IN == 0
            cookie = {"Cookie": f"__Host-sessionid={site.sessions[number]}"} if signed_in else {}
            connection.request("GET", PATHS[turn // SIGNED_IN % len(PATHS)], headers=cookie)
            answer = connection.getresponse()
            names = set(_NAMES.findall(answer.read()))
            if answer.status >= 500:
                wrong["an error"] += 1
            elif answer.status == 200 and names != ({f"Writer{number}".encode()} if signed_in else set()):
                wrong["a page of another person"] += 1
            if not signed_in and answer.headers["Set-Cookie"]:
                wrong["a cookie for a stranger"] += 1


def _moderate(
    site: FaultSite, readers: list[threading.Thread], time_to_change: threading.Semaphore, wrong: Counter[str]
) -> int:
    """Hide and show the warning in turn while there are readers; return how often."""
    moderator = start(_MODERATOR, site.variables, FOUNDING)
    changes = 0
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)) as connection:
        while any(reader.is_alive() for reader in readers):
            time_to_change.acquire()
            _tell(moderator.stdin, moderator.stdout)
            changes += 1
            connection.request("GET", f"/warnings/{FOUNDING}/")
            answer = connection.getresponse()
            answer.read()
            if (answer.status == 200) != (changes % 2 == 0):
                wrong["an old page"] += 1
    moderator.communicate(timeout=60)
    return changes


def _tell(asked: IO[str] | None, answered: IO[str] | None) -> None:
    assert asked
    assert answered
    asked.write("now\n")
    asked.flush()
    if answered.readline() != "done\n":
        raise RuntimeError("The moderator could not change the warning.")
