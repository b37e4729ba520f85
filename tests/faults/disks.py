"""A full and a read-only disk: people go on reading, a form returns its text, and nothing that was stored is lost."""

import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.faults.outcome import Outcome
from tests.faults.sites import FaultSite
from tests.faults.writers import TOKEN, Written, people_writing
from tests.sitemap_of_tests import FOUNDING

PAGES = (
    "/",
    "/tools/",
    "/tools/dingtalk/",
    "/warnings/",
    f"/warnings/{FOUNDING}/",
    "/search/?q=dingtalk",
    "/report/",
    "/accounts/login/",
)
SIZE = "120m"


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of its own. Ends the program with a message where mounting is not allowed."""
    with tempfile.TemporaryDirectory(prefix="forewarned-disk-") as name:
        disk = Path(name)
        _mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", name)
        try:
            yield disk
        finally:
            # What is still open on it goes with the site's last process.
            while subprocess.run(["umount", "-l", name], capture_output=True, check=False).returncode == 0:
                pass


def full(site: FaultSite, disk: Path) -> Iterator[Outcome]:
    """Fill the disk to the last byte."""
    yield from _written_and_read(site, "full disk", lambda: _fill(disk), lambda: _empty(disk))


def read_only(site: FaultSite, disk: Path) -> Iterator[Outcome]:
    """Let nobody write on the disk any more."""

    def lock() -> None:
        # Made read-only elsewhere: here, somebody always has a file open.
        with tempfile.TemporaryDirectory(prefix="forewarned-disk-") as other:
            _mount("--bind", str(disk), other)
            _mount("-o", "remount,bind,ro", other)
            _mount("--bind", other, str(disk))
            subprocess.run(["umount", "-l", other], check=True)

    yield from _written_and_read(
        site, "read-only data folder", lock, lambda: subprocess.run(["umount", "-l", str(disk)], check=True)
    )


def _written_and_read(
    site: FaultSite, name: str, begin: Callable[[], object], end: Callable[[], object]
) -> Iterator[Outcome]:
    site.start()
    written = Written()
    with people_writing(site, written, name) as enough:
        enough.wait(180)
        begin()
    unread = [path for path in PAGES for number in (None, 0) if _get(site, path, number) not in {200, 302}]
    text = f"A comment that nobody could store ({name})."
    returned = _returned(site, text)
    named = "disk" in _body(site, "/readyz")
    end()
    down = site.wait()
    lost = written.lost(site)
    problem = "; ".join(
        said
        for said, wrong in (
            (f"could not be read: {unread}", unread),
            ("a comment's text was not returned", not returned),
            ("/readyz does not name the disk", not named),
            (f"lost: {sorted(lost)[:3]}", lost),
        )
        if wrong
    )
    found = f"{len(written.acknowledged)} acknowledged, {len(lost)} lost, {written.refused} refused"
    yield Outcome(name, f"{found}; {2 * len(PAGES) - len(unread)} of {2 * len(PAGES)} pages read", down, problem)
    site.kill()


def _fill(disk: Path) -> None:
    for block in (1_000_000, 512, 1):
        with suppress(OSError), (disk / f"filling-{block}").open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * block)


def _empty(disk: Path) -> None:
    for path in disk.glob("filling-*"):
        path.unlink()


def _get(site: FaultSite, path: str, number: int | None) -> int:
    cookies = {} if number is None else {"Cookie": f"__Host-sessionid={site.sessions[number]}"}
    try:
        with urllib.request.urlopen(urllib.request.Request(site.url + path, headers=cookies), timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def _body(site: FaultSite, path: str) -> str:
    try:
        with urllib.request.urlopen(site.url + path, timeout=20) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode()


def _returned(site: FaultSite, text: str) -> bool:
    """Send comments until one cannot be stored, and return whether it was answered with its text."""
    cookies = f"__Host-sessionid={site.sessions[0]}; __Host-csrftoken={TOKEN}"
    for turn in range(400):
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN, "body": f"{text} {turn}", "stance": ""}).encode()
        request = urllib.request.Request(
            f"{site.url}/warnings/{FOUNDING}/comments/", data, {"Cookie": cookies, "Origin": site.url}
        )
        try:
            urllib.request.urlopen(request, timeout=20).close()
        except urllib.error.HTTPError as error:
            with error:
                return error.code == 503 and f"{text} {turn}" in error.read().decode()
    return False


def _mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"Filling a disk needs the right to mount one (run as root): {done.stderr.strip()}")
