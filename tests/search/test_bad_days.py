"""Processes that write at once, or are killed while they write, leave index and content in agreement.

Real processes on a database of their own: SQLite in a folder, or a new one on the PostgreSQL that the tests use.
"""

import signal
import subprocess
import sys

from config import BASE_DIR
from tests.services.processes import start, together

WRITERS = 4
# Each writer edits the same warning and adds comments of its own.
WRITE = """
import sys
from django.db import transaction
from reports.actions import founding, status, warnings
from reports.models import Comment, Warning
from reports.choices import Status
from django.utils import timezone
number = int(sys.argv[1])
for turn in range(12):
    with transaction.atomic():
        warning = Warning.objects.select_for_update().get()
        comment = Comment.objects.create(warning=warning, **warnings.rendered(f"heron{number}x{turn}", Comment), status=Status.PENDING)
        status.change_status(actor="x", post=comment, status=Status.PUBLISHED, reason="test")
        text = {"title": f"By {number} in turn {turn}", "summary": "s", "body": "b", "what_to_do": []}
        founding.apply_founding_text(warning=warning, text=text, links={})
        warnings.recount(warning=warning)
"""
REBUILD = """
from search.rebuild import rebuild
def progress(name, done, total):
    print(name, flush=True)
for _ in range(3):
    rebuild(progress)
"""


def check(variables: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check_integrity"],
        cwd=BASE_DIR,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_writers_at_once_and_a_rebuild_beside_them_agree(variables: dict[str, str]) -> None:
    # It takes seconds: writers and a rebuild are processes that have to meet.
    together([*((WRITE, str(number)) for number in range(WRITERS)), (REBUILD,)], variables)
    check(variables)


def test_killed_in_the_middle_everything_still_agrees(variables: dict[str, str]) -> None:
    # It takes seconds: processes are killed, and the index is rebuilt afterwards.
    writer, rebuilder = start(WRITE, variables, "1"), start(REBUILD, variables)
    assert rebuilder.stdout
    rebuilder.stdout.readline()
    for process in (writer, rebuilder):
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    check(variables)
    finished = start(REBUILD, variables)
    _, errors = finished.communicate(timeout=240)
    assert finished.returncode == 0, errors
    check(variables)
