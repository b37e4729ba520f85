"""What is deleted at the same moment is answered with words, and older decisions can still be undone."""

import pytest

from accounts.models import User
from reports.actions.comments import CommentError, delete_comment, edit_comment
from reports.actions.status import restore_status
from reports.actions.votes import VoteError, cast_vote
from reports.choices import Stance, Status
from reports.models import Comment, Warning
from tests.factories import CommentFactory
from tests.pages_under_test import refuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(warning: Warning, bob: User) -> Comment:
    """A comment that somebody still sees, and that is not there any more."""
    comment: Comment = CommentFactory(warning=warning, author=bob)
    Comment.objects.filter(pk=comment.pk).delete()
    return comment


def test_a_comment_that_is_gone_is_not_voted_for(gone: Comment, alice: User) -> None:
    with refuses(VoteError, "deleted"):
        cast_vote(actor=alice, post=gone)


def test_a_comment_that_is_gone_is_neither_changed_nor_deleted_again(gone: Comment, bob: User) -> None:
    with refuses(CommentError, "deleted"):
        edit_comment(actor=bob, comment=gone, body="Changed.", stance=Stance.NONE)
    with refuses(CommentError, "deleted"):
        delete_comment(actor=bob, comment=gone)


def test_a_state_that_knows_no_day_of_taking_down_leaves_it_as_it_is(warning: Warning) -> None:
    state = {"status": Status.HIDDEN, "published_at": None, "merged_into": None, "locked": False, "disputed": False}
    restore_status(actor="Mona", post=warning, state=state, reason="x")
    warning.refresh_from_db()
    assert (warning.status, warning.published_at, warning.taken_down_at) == (Status.HIDDEN, None, None)
