"""People who write, and what of it the site acknowledged."""

import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.faults.sites import FaultSite
from tests.sitemap_of_tests import FOUNDING

TOKEN = "f" * 32
_STORED = """
from reports.models import Comment, Subscription, Vote
for body in Comment.objects.values_list("body", flat=True):
    print("comment", body)
for handle in Vote.objects.filter(warning__isnull=False).values_list("user__handle", flat=True):
    print("vote", handle)
for handle, slug in Subscription.objects.filter(tool__isnull=False).values_list("user__handle", "tool__slug"):
    print("watch", f"{handle}:{slug}")
"""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def post(site: FaultSite, number: int, path: str, **fields: str) -> int:
    """Send a form as a person; return the status, or 0 if there was no answer."""
    cookies = f"__Host-sessionid={site.sessions[number]}; __Host-csrftoken={TOKEN}"
    data = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN} | fields).encode()
    request = urllib.request.Request(site.url + path, data, {"Cookie": cookies, "Origin": site.url})
    try:
        with _opener.open(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except (OSError, ConnectionError):
        return 0


def comment(site: FaultSite, number: int, text: str) -> int:
    """Send a comment on the founding warning; return the status."""
    return post(site, number, f"/warnings/{FOUNDING}/comments/", body=text, key=str(uuid.uuid4()), stance="")


@dataclass
class Written:
    """What was acknowledged, and how many writes were not."""

    acknowledged: set[tuple[str, str]] = field(default_factory=set)
    refused: int = 0

    def lost(self, site: FaultSite) -> set[tuple[str, str]]:
        """Return what was acknowledged and is not in the database."""
        stored = {tuple(line.split(" ", 1)) for line in site.run(_STORED).splitlines()}
        return {entry for entry in self.acknowledged if entry not in stored}


@contextmanager
def people_writing(site: FaultSite, written: Written, mark: str) -> Iterator[threading.Event]:
    """Let people comment, vote and watch in turn while the block runs. The event is set at 300 acknowledged writes."""
    stop, enough, lock = threading.Event(), threading.Event(), threading.Lock()
    tools = site.run("from directory.models import Tool\nprint(*Tool.objects.values_list('slug', flat=True))").split()

    def write(number: int) -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            entry, status = _write_once(site, number, turn, mark, tools)
            with lock:
                if status in {302, 303}:
                    written.acknowledged.add(entry)
                    if len(written.acknowledged) >= 300:
                        enough.set()
                else:
                    written.refused += 1
            if status == 0:
                stop.wait(0.05)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(len(site.sessions))]
    for thread in threads:
        thread.start()
    try:
        yield enough
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _write_once(site: FaultSite, number: int, turn: int, mark: str, tools: list[str]) -> tuple[tuple[str, str], int]:
    who = f"Writer{number}"
    if turn == 1:
        return ("vote", who), post(site, number, f"/warnings/{FOUNDING}/vote/", act="vote")
    if turn % 3 == 0:
        slug = tools[turn // 3 % len(tools)]
        return ("watch", f"{who}:{slug}"), post(site, number, f"/watch/tool/{slug}/", act="watch")
    text = f"{mark} {number} {turn}: it happened to me as well."
    return ("comment", text), comment(site, number, text)
