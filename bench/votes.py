"""Votes from several processes at once, mixed at random: afterwards every counter is exact."""

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.measure import Row

ROOT = Path(__file__).resolve().parents[1]
OPERATIONS = int(os.environ.get("BENCH_VOTES", "4000"))
VOTERS, THINGS, PROCESSES = 200, 50, 4
_SETUP = "import config\nimport django; django.setup()\n"
_PREPARE = f"""
from django.utils import timezone
from accounts.models import User
from reports.models import Comment, Warning
now = timezone.now()
people = [User(handle=f"v{{n}}", handle_folded=f"v{{n}}", trust_level="member" if n % 2 else "new") for n in range({VOTERS})]
User.objects.bulk_create(people)
author = User.objects.get(handle="v0")
for n in range({THINGS} // 2):
    warning = Warning.objects.create(slug=f"vote-{{n}}", title="x", summary="x", status="published", published_at=now,
                                     author=author, comment_count=1)
    Comment.objects.create(warning=warning, body="", status="published", published_at=now)
"""
_VOTE = """
import random, sys
from django.db import OperationalError
from accounts.models import User
from reports.models import Comment, Warning
from reports.actions.votes import VoteError, cast_vote, retract_vote
chance = random.Random(int(sys.argv[1]))
voters = list(User.objects.filter(handle__startswith="v"))
posts = [*Warning.objects.filter(slug__startswith="vote-"), *Comment.objects.filter(warning__slug__startswith="vote-")]
again = 0
for _ in range(int(sys.argv[2])):
    act = cast_vote if chance.random() < 0.6 else retract_vote
    voter, post = chance.choice(voters), chance.choice(posts)
    while True:
        try:
            act(actor=voter, post=post)
        except VoteError:
            pass
        except OperationalError:
            # The database was busy for longer than a request waits: a person would be asked to try again.
            again += 1
            continue
        break
print(again)
"""
_COUNT = """
from reports.integrity import problems
from reports.models import Vote
own = Vote.objects.filter(warning__author_id__isnull=False, user__handle="v0", warning__slug__startswith="vote-").count()
print(own + sum(1 for _ in problems()))
"""


def measure() -> list[Row]:
    """One row: how many counters are wrong afterwards, votes on one's own among them; and how long it took."""
    _run(_PREPARE).communicate(timeout=120)
    begin = time.perf_counter()
    running = [_run(_VOTE, str(n), str(OPERATIONS // PROCESSES)) for n in range(PROCESSES)]
    failed = again = 0
    for process in running:
        said, _ = process.communicate(timeout=7_200)
        failed += process.returncode != 0
        again += int(said or 0)
    each = (time.perf_counter() - begin) / OPERATIONS * 1_000
    wrong = int(_run(_COUNT).communicate(timeout=600)[0]) + failed
    what = f"{OPERATIONS:,} votes given and taken by {VOTERS} people on {THINGS} things, {PROCESSES} processes"
    return [Row(what, f"exact counters ({each:.0f} ms each, {again} tried again)", wrong, "0 wrong", not wrong)]


def _run(script: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _SETUP + script, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
