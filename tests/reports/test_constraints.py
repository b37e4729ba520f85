"""The database itself refuses what must not be, whoever writes."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.choices import RevisionState
from reports.choices import Status
from reports.models import Evidence, Revision, Vote, Warning
from tests.factories import CommentFactory, ReportFactory, TagFactory, UserFactory, WarningFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def answer_to_an_answer() -> None:
    first = CommentFactory()
    CommentFactory(parent=first, level=0)


def vote_twice_on_a_warning() -> None:
    user, warning = UserFactory(), WarningFactory()
    Vote.objects.create(user=user, warning=warning)
    Vote.objects.create(user=user, warning=warning)


def vote_twice_on_a_comment() -> None:
    user, comment = UserFactory(), CommentFactory()
    Vote.objects.create(user=user, comment=comment)
    Vote.objects.create(user=user, comment=comment)


def revision(**changes: object) -> Callable[[], object]:
    def write() -> None:
        values = {"warning": WarningFactory(), "number": 1, "title": "x", "summary": "x", "body": "x"} | changes
        Revision.objects.create(**values)

    return write


def same_revision_twice() -> None:
    warning = WarningFactory()
    for _ in range(2):
        revision(warning=warning)()


def evidence(**changes: object) -> Callable[[], object]:
    def write() -> None:
        values = {"report": ReportFactory(), "stored_name": "x", "media_type": "image/png", "size": 1, "width": 1,
                  "height": 1, "sha256": "x"} | changes  # fmt: skip
        Evidence.objects.create(**values)

    return write


FORBIDDEN: dict[str, Callable[[], object]] = {
    "a published warning without a date": lambda: WarningFactory(published_at=None),
    "a published report without a date": lambda: ReportFactory(published_at=None),
    "a published comment without a date": lambda: CommentFactory(published_at=None),
    "a merged warning that leads nowhere": lambda: WarningFactory(status=Status.MERGED),
    "a published warning that is merged": lambda: WarningFactory(merged_into=WarningFactory()),
    "an unknown status": lambda: WarningFactory(status="lost"),
    "an unknown outcome": lambda: ReportFactory(outcome="x"),
    "an amount without a currency": lambda: ReportFactory(amount=Decimal(5)),
    "a negative amount": lambda: ReportFactory(amount=Decimal(-5), currency="EUR"),
    "an account and a tracking code": lambda: ReportFactory(author=UserFactory(), tracking_hash="x"),
    "the same submission twice": lambda: [ReportFactory(submission_key="k") for _ in range(2)],
    "an answer on the first level": answer_to_an_answer,
    "a second level without a comment to answer": lambda: CommentFactory(level=1),
    "a founding voice with an account": lambda: CommentFactory(voice="x"),
    "an unknown stance": lambda: CommentFactory(stance="shouts"),
    "a deleted comment that keeps its text": lambda: CommentFactory(deleted_at=timezone.now()),
    "a vote on nothing": lambda: Vote.objects.create(user=UserFactory()),
    "a vote on two things": lambda: Vote.objects.create(
        user=UserFactory(), warning=WarningFactory(), comment=CommentFactory()
    ),
    "two votes on a warning": vote_twice_on_a_warning,
    "two votes on a comment": vote_twice_on_a_comment,
    "a version number twice": same_revision_twice,
    "an applied version without a number": revision(number=None),
    "a suggestion with a number": revision(state=RevisionState.SUGGESTED),
    "a redacted version that keeps its text": revision(redacted_at=timezone.now()),
    "a tag that folds like another": lambda: [TagFactory(name=name) for name in ("Read Receipts", "read-receipts")],
    "a tag without a letter": lambda: TagFactory(name="!!!"),
    "evidence of another type": evidence(media_type="image/svg+xml"),
    "empty evidence": evidence(size=0),
    "a sixth piece of evidence": evidence(position=5),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_it_refuses(what: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FORBIDDEN[what]()


def test_a_person_may_vote_on_many_things() -> None:
    user = UserFactory()
    for _ in range(3):
        Vote.objects.create(user=user, warning=WarningFactory())
        Vote.objects.create(user=user, comment=CommentFactory())
    assert user.votes.count() == 6


def test_people_who_leave_leave_their_work() -> None:
    comment = CommentFactory()
    comment.author.delete()
    comment.refresh_from_db()
    assert comment.author is None
    assert Warning.objects.filter(pk=comment.warning.pk).exists()
