"""What seldom happens to warnings, reports and comments, and what is left as it is then."""

import pytest
from django.utils import timezone

from accounts.choices import NotificationKind
from accounts.models import Notification, User
from reports.actions import proposed_tools as actions
from reports.actions.erasure import erase_unpublished
from reports.actions.moderation import ModerationError, mark, move_to, redact
from reports.actions.proposed_tools import adopt, proposed
from reports.actions.submissions import answer_moderators
from reports.actions.trust import settle_trust
from reports.actions.warnings import save_first_version
from reports.choices import Status
from reports.models import Comment, Message, Report, Warning
from reports.policies.access import why_not_decide
from tests.factories import CommentFactory, ReportFactory, ToolFactory, UserFactory, WarningFactory
from tests.pages_under_test import refuses

pytestmark = pytest.mark.django_db


def test_a_mark_that_is_there_is_not_set_again(warning: Warning) -> None:
    mark(actor="mona", warning=warning, name="locked", value=True)
    with refuses(ModerationError, "marked-already"):
        mark(actor="mona", warning=warning, name="locked", value=True)


def test_an_answer_to_moderators_who_still_look_changes_no_status() -> None:
    report = ReportFactory(status=Status.PENDING, published_at=None)
    answer_moderators(report=report, body="It was in May.")
    assert Message.objects.get().body == "It was in May."
    assert Report.objects.get(pk=report.pk).status == Status.PENDING


def test_trust_of_somebody_who_is_gone_is_not_settled() -> None:
    settle_trust.call(person=0)


def test_a_reply_that_waits_goes_with_its_author_and_its_parent_stays(bob: User, warning: Warning) -> None:
    parent = CommentFactory(warning=warning)
    reply = CommentFactory(
        warning=warning, parent=parent, level=1, author=bob, status=Status.PENDING, published_at=None
    )
    erase_unpublished(author=bob)
    assert not Comment.objects.filter(pk=reply.pk).exists()
    assert Comment.objects.filter(pk=parent.pk).exists()


def test_a_hidden_warning_keeps_the_words_of_its_last_editor(bob: User) -> None:
    warning = WarningFactory(author=bob, summary="Bob's words", version=1)
    ReportFactory(warning=warning, author=UserFactory())
    save_first_version(warning=warning)
    warning.revisions.update(author=UserFactory())
    Warning.objects.filter(pk=warning.pk).update(status=Status.HIDDEN, taken_down_at=timezone.now())
    erase_unpublished(author=bob)
    assert Warning.objects.get(pk=warning.pk).summary == "Bob's words"


def test_a_proposed_name_without_letters_is_no_name() -> None:
    ReportFactory(proposed_tool="!!!, Foochat")
    assert [one.name for one in proposed()] == ["Foochat"]


def test_a_name_is_adopted_where_it_is_proposed_only() -> None:
    ReportFactory(proposed_tool="Barchat")
    report = ReportFactory(proposed_tool="Foochat, Barchat")
    adopt(actor=UserFactory(), name="Foochat", tool=ToolFactory())
    report.refresh_from_db()
    assert report.proposed_tool == "Barchat"


def test_a_name_that_a_report_gave_up_meanwhile_is_not_adopted(monkeypatch: pytest.MonkeyPatch) -> None:
    report = ReportFactory(proposed_tool="Barchat")
    read = iter([["Foochat"]])
    monkeypatch.setattr(actions, "names_in", lambda text: next(read, [text]))
    actions.adopt(actor=UserFactory(), name="Foochat", tool=ToolFactory())
    report.refresh_from_db()
    assert report.proposed_tool == "Barchat"


def test_a_reply_that_is_taken_down_has_its_parent_counted_again(bob: User, warning: Warning) -> None:
    parent = CommentFactory(warning=warning)
    reply = CommentFactory(warning=warning, parent=parent, level=1, author=bob)
    Comment.objects.filter(pk=parent.pk).update(participants=7)
    move_to(actor="mona", post=reply, status=Status.UNPUBLISHED, reason="test")
    assert Comment.objects.get(pk=parent.pk).participants == 0


def test_a_notification_that_holds_no_removed_passage_stays(bob: User, warning: Warning) -> None:
    report = ReportFactory(warning=warning, body="It was Peter Name.")
    kept = {
        "kind": NotificationKind.OWN_WORK,
        "key": f"report:{report.public_id}",
        "text": "News",
        "address": "/about/",
    }
    Notification.objects.create(recipient=bob, **kept)
    redact(actor="mona", warning=warning, passages=["Peter Name"])
    assert Notification.objects.filter(**kept).exists()


def test_what_is_decided_is_not_decided_again(bob: User, warning: Warning) -> None:
    save_first_version(warning=warning)
    assert why_not_decide(bob, warning.revisions.get()).code == "decided"  # type: ignore[attr-defined]
