"""One function writes a status, by one table of moves, and remembers it."""

import pytest

from audit.models import Entry
from reports import workflow
from reports.actions.status import InvalidTransitionError, change_status
from reports.choices import Status
from tests.factories import CommentFactory, ReportFactory, WarningFactory
from tests.pages_under_test import refuses

pytestmark = pytest.mark.django_db


def test_it_publishes_with_a_date_and_a_memory() -> None:
    warning = WarningFactory(status=Status.PENDING, published_at=None)
    change_status(actor="mona", post=warning, status=Status.PUBLISHED, reason="checked")
    warning.refresh_from_db()
    assert warning.status == Status.PUBLISHED
    assert warning.published_at is not None
    entry = Entry.objects.latest("seq")
    assert (entry.who, entry.verb, entry.reason) == ("mona", "warning.published", "")
    assert (entry.before, entry.after) == ({"status": "pending"}, {"status": "published"})


@pytest.mark.parametrize("factory", [WarningFactory, ReportFactory, CommentFactory])
def test_it_moves_warnings_reports_and_comments(factory: type) -> None:
    post = factory()
    change_status(actor="mona", post=post, status=Status.HIDDEN, reason="flagged")
    post.refresh_from_db()
    assert post.status == Status.HIDDEN


def test_it_keeps_the_first_date_of_publication() -> None:
    warning = WarningFactory()
    first = warning.published_at
    for status in (Status.UNPUBLISHED, Status.PUBLISHED):
        change_status(actor="mona", post=warning, status=status, reason="x")
    assert warning.published_at == first


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_it_allows_exactly_the_moves_of_the_table(before: Status, after: Status) -> None:
    if Status.MERGED in (before, after):
        assert workflow.may_move(before, after) == (after in workflow.ALLOWED_MOVES[before])
        return
    warning = WarningFactory(status=before)
    if workflow.may_move(before, after):
        change_status(actor="mona", post=warning, status=after, reason="x")
        assert warning.status == after
    else:
        with refuses(InvalidTransitionError, "no-such-move"):
            change_status(actor="mona", post=warning, status=after, reason="x")


def test_what_was_withdrawn_stays_withdrawn() -> None:
    assert workflow.ALLOWED_MOVES[Status.WITHDRAWN] == frozenset()


def test_every_state_has_its_moves() -> None:
    assert set(workflow.ALLOWED_MOVES) == set(Status.values)
