"""Many people vote at the same moment, from several processes: the counts are exact."""

from tests.services.processes import start

PREPARE = """
from accounts.models import User
from reports.models import Comment, Warning
from django.utils import timezone
warning = Warning.objects.create(slug="one", title="One", summary="x", status="published", published_at=timezone.now(), comment_count=1)
Comment.objects.create(warning=warning, body="x", status="published", published_at=timezone.now())
User.objects.bulk_create(User(handle=f"v{n}", handle_folded=f"v{n}", trust_level="member") for n in range(200))
"""
VOTE = """
import random, sys
from accounts.models import User
from reports.models import Comment, Warning
from reports.voting.actions import cast_vote, take_back_vote
part = int(sys.argv[1])
things = [Warning.objects.get(), Comment.objects.get()]
users = list(User.objects.order_by("pk")[part * 50 : part * 50 + 50])
chance = random.Random(part)
last = {}
# Each of its own people votes on both; and all four processes fight for the first ten people's votes.
for user in users + list(User.objects.order_by("pk")[:10]):
    for thing in things:
        cast_vote(actor=user, thing=thing)
        if chance.random() < 0.3:
            take_back_vote(actor=user, thing=thing)
            cast_vote(actor=user, thing=thing)
"""
COUNT = """
from reports.integrity import problems
from reports.models import Comment, Vote, Warning
rows = [Warning.objects.get(), Comment.objects.get()]
print([(row.vote_count, row.standing_votes, row.participants) for row in rows], Vote.objects.count(), list(problems()))
"""


def test_two_hundred_voters_at_once_end_exact(bare_site: dict[str, str]) -> None:
    assert start(PREPARE, bare_site).communicate(timeout=60) == ("", "")
    running = [start(VOTE, bare_site, str(part)) for part in range(4)]
    answers = [process.communicate(timeout=240) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0, 0], answers
    out = start(COUNT, bare_site).communicate(timeout=60)[0]
    assert out.strip() == "[(200, 200, 200), (200, 200, 200)] 400 []"
