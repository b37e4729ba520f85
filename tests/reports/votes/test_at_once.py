"""Many people vote, answer and delete at the same moment, from several processes: the counts are exact."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reports.actions.votes import cast_vote, retract_vote
from tests.factories import CommentFactory, WarningFactory
from tests.services.processes import in_turn

PREPARE = """
from reports.actions.warnings import rendered
from accounts.models import User
from reports.models import Comment, Warning
from django.utils import timezone
warning = Warning.objects.create(slug="one", title="One", summary="x", status="published", published_at=timezone.now(), comment_count=1)
Comment.objects.create(warning=warning, **rendered("x", Comment), status="published", published_at=timezone.now())
User.objects.bulk_create(User(handle=f"v{n}", handle_folded=f"v{n}", trust_level="member") for n in range(60))
"""
VOTE = """
import random, sys
from accounts.models import User
from reports.models import Comment, Warning
from reports.actions.votes import cast_vote, retract_vote
part = int(sys.argv[1])
posts = [Warning.objects.get(), Comment.objects.get()]
users = list(User.objects.order_by("pk")[part * 15 : part * 15 + 15])
chance = random.Random(part)
ready_and_wait()
# Each of its own people votes on both; and all four processes fight for the first ten people's votes.
for user in users + list(User.objects.order_by("pk")[:10]):
    for post in posts:
        cast_vote(actor=user, post=post)
        if chance.random() < 0.3:
            retract_vote(actor=user, post=post)
            cast_vote(actor=user, post=post)
"""
COUNT = """
from reports.integrity import problems
from reports.models import Comment, Vote, Warning
rows = [Warning.objects.get(), Comment.objects.get()]
print([(row.vote_count, row.standing_votes, row.participants) for row in rows], Vote.objects.count(), list(problems()))
"""


def test_sixty_voters_at_once_end_exact(bare_site: dict[str, str]) -> None:
    # It takes seconds: fewer voters do not lose a vote when the lock is gone.
    voting = [(VOTE, str(part)) for part in range(4)]
    _, _, [counts] = in_turn(bare_site, [(PREPARE,)], voting, [(COUNT,)])
    assert counts.strip() == "[(60, 60, 60), (60, 60, 60)] 120 []"


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.parametrize("make", [WarningFactory, CommentFactory])
@pytest.mark.parametrize("act", [cast_vote, retract_vote])
def test_what_is_voted_for_is_held_before_its_votes_are_counted(
    make: Any, act: Callable[..., Any], bob: User
) -> None:
    """On SQLite, a transaction that writes holds the whole database."""
    post = make()
    cast_vote(actor=bob, post=post)
    retract_vote(actor=bob, post=post)
    if act is retract_vote:
        cast_vote(actor=bob, post=post)
    with CaptureQueriesContext(connection) as captured:
        act(actor=bob, post=post)
    statements = [query["sql"] for query in captured]
    counted = next(place for place, sql in enumerate(statements) if "COUNT(" in sql and "reports_vote" in sql)
    held = [sql for sql in statements[:counted] if "FOR NO KEY UPDATE" in sql and f'"{post._meta.db_table}"' in sql]
    assert bool(held) == connection.features.has_select_for_update


MANY = """
from accounts.models import User
from reports.actions.warnings import recount, rendered
from reports.models import Comment, Warning
from django.utils import timezone
now = timezone.now()
authors = User.objects.bulk_create(User(handle=f"a{n}", handle_folded=f"a{n}", trust_level="member") for n in range(3))
for n, author in enumerate(authors):
    warning = Warning.objects.create(slug=f"w{n}", title="One", summary="x", author=author, status="published", published_at=now)
    for _ in range(2):
        Comment.objects.create(warning=warning, author=author, **rendered("x", Comment), status="published", published_at=now)
    recount(warning=warning)
User.objects.bulk_create(User(handle=f"v{n}", handle_folded=f"v{n}", trust_level="member") for n in range(24))
"""
# Each votes for warnings and comments of everybody, answers them, deletes some answers and takes some votes back; the
# authors among them do so with what belongs to each other.
MIX = """
import random, sys, uuid
from accounts.models import User
from reports.actions.comments import CommentError, delete_comment, post_comment
from reports.models import Comment, Warning
from reports.actions.votes import VoteError, cast_vote, retract_vote
from reports.choices import Stance
part = int(sys.argv[1])
chance = random.Random(part)
people = [*User.objects.filter(handle__startswith="a"), *User.objects.filter(handle__startswith="v").order_by("pk")[part * 6 : part * 6 + 6]]
ready_and_wait()
for _ in range(30):
    person = chance.choice(people)
    comments = list(Comment.objects.select_related("warning", "parent"))
    post = chance.choice([*Warning.objects.all(), *comments])
    act = chance.choice(["vote", "vote", "back", "answer", "answer", "delete"])
    try:
        if act == "vote":
            cast_vote(actor=person, post=post)
        elif act == "back":
            retract_vote(actor=person, post=post)
        elif act == "answer":
            parent = chance.choice(comments)
            post_comment(actor=person, warning=parent.warning, body="It is so.", stance=Stance.NONE, submission_key=uuid.uuid4(), parent=parent)
        else:
            own = [comment for comment in comments if comment.author_id == person.pk and comment.level]
            if own:
                delete_comment(actor=person, comment=chance.choice(own))
    except (VoteError, CommentError):
        continue
"""
AGREE = """
from reports.integrity import problems
from reports.models import Comment, Vote
print(Vote.objects.exists(), Comment.objects.filter(level=1).exists(), list(problems()))
"""


def test_votes_answers_and_deletions_at_once_end_exact_and_nobody_waits_for_ever(bare_site: dict[str, str]) -> None:
    # It takes seconds: only many changes at the same moment meet.
    mixing = [(MIX, str(part)) for part in range(4)]
    _, _, [agreement] = in_turn(bare_site, [(MANY,)], mixing, [(AGREE,)])
    assert agreement.strip() == "True True []"
