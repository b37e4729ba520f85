"""One decision is one notification, and one line in the digest, whatever it was about."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from accounts import digests
from accounts.choices import Digest, NotificationKind, TrustLevel
from accounts.models import Notification, NotificationSettings, User
from directory.actions import edits
from directory.entries import find
from moderation.actions.appeals import appeal
from moderation.actions.decisions import decide, undo
from moderation.choices import Act
from moderation.decisions.input import DecisionInput
from moderation.models import Case, Decision
from reports.actions import revisions
from reports.choices import Status
from reports.models import Comment, Warning
from reports.version_text import fields_now
from tests.factories import CommentFactory, UserFactory, WarningFactory
from tests.moderation.making import case_of, flagged, reason, waiting_report

pytestmark = pytest.mark.django_db


def comment_case(author: User) -> Case:
    return case_of(CommentFactory(author=author, status=Status.PENDING, published_at=None))


def edit_case(author: User) -> Case:
    warning = WarningFactory()
    fields = fields_now(warning) | {"title": "A better title"}
    row = revisions.edit(
        actor=author, warning=warning, fields=fields, based_on=warning.version, comment="It is clearer."
    )
    return case_of(row)


def entry_case(author: User) -> Case:
    entry = find("tool", "dingtalk")
    assert entry is not None
    content = entry.content | {"summary": "Another summary."}
    today = timezone.localdate()
    return case_of(
        edits.edit(actor=author, entry=entry, base=entry.content, content=content, comment="Clearer.", today=today)
    )


def report_case(author: User) -> Case:
    return case_of(waiting_report(author=author))


WAITING = pytest.mark.parametrize("waiting", [comment_case, edit_case, entry_case, report_case])


@pytest.fixture
def nora(db: None) -> User:
    """Somebody whose posts and edits all wait for a moderator, and who wants no news about trust."""
    user: User = UserFactory(handle="Nora", trust_level=TrustLevel.MEMBER)
    NotificationSettings.objects.create(user=user, digest=Digest.DAILY, muted=[NotificationKind.TRUST])
    return user


def keys(person: User) -> list[str]:
    return sorted(Notification.objects.filter(recipient=person).values_list("key", flat=True))


def declined(case: Case, moderator: User) -> Decision:
    fitting = reason("no-source" if case.revision or case.entry else "unclear")
    return decide(actor=moderator, case=case, choice=DecisionInput(Act.DECLINE, reason=fitting))


@WAITING
def test_what_is_declined_is_one_notification(nora: User, mona: User, waiting: Any) -> None:
    decision = declined(waiting(nora), mona)
    assert keys(nora) == [f"decision:{decision.public_id}"]


@WAITING
def test_undoing_it_changes_the_same_notification(nora: User, mona: User, waiting: Any) -> None:
    decision = declined(waiting(nora), mona)
    undo(actor=mona, decision=decision, note="Too fast.")
    assert keys(nora) == [f"decision:{decision.public_id}"]


def test_who_muted_news_about_own_work_is_still_told(nora: User, mona: User) -> None:
    NotificationSettings.objects.filter(user=nora).update(muted=list(NotificationKind.values))
    decision = declined(comment_case(nora), mona)
    assert keys(nora) == [f"decision:{decision.public_id}"]


def test_a_declined_comment_is_one_line_in_the_digest(nora: User, mona: User) -> None:
    decision = declined(comment_case(nora), mona)
    EmailAddress.objects.create(user=nora, email="nora@example.com", verified=True, primary=True)
    assert digests.send(key=NotificationSettings.objects.get(user=nora).pk, now=timezone.now())
    [message] = mail.outbox
    assert str(message.body).count(decision.title) == 1


def test_news_about_the_post_is_replaced_when_it_is_not_true_any_more(nora: User, mona: User) -> None:
    case = comment_case(nora)
    shown = decide(actor=mona, case=case, choice=DecisionInput(Act.PUBLISH))
    assert len(keys(nora)) == 1
    undo(actor=mona, decision=shown, note="Too fast.")
    assert keys(nora) == [f"decision:{shown.public_id}"]


def test_a_warning_to_a_person_leaves_the_news_about_their_post(nora: User, mona: User) -> None:
    case = comment_case(nora)
    decide(actor=mona, case=case, choice=DecisionInput(Act.PUBLISH))
    [news] = keys(nora)
    warned = decide(
        actor=mona,
        case=flagged(Comment.objects.get(author=nora)),
        choice=DecisionInput(Act.WARN, reason=reason("advertising")),
    )
    assert keys(nora) == sorted([news, f"decision:{warned.public_id}"])


def test_an_appeal_that_was_right_is_one_notification(nora: User, mona: User, max_: User) -> None:
    decision = declined(comment_case(nora), mona)
    made = appeal(decision=decision, text="It is clear.", by=nora)
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.OVERTURN))
    assert keys(nora) == [f"appeal:{made.public_id}"]


def test_others_concerned_are_told_when_a_flagger_was_right_to_appeal(
    warning: Warning, nora: User, mona: User, max_: User
) -> None:
    """The answer to an appeal goes to its author only, so the author of the post learns of it as of any undo."""
    gone = decide(actor=mona, case=flagged(warning), choice=DecisionInput(Act.UNPUBLISH, reason=reason("not-true")))
    undo(actor=max_, decision=gone, note="Too fast.")
    assert keys(warning.author) == [f"decision:{gone.public_id}"]  # type: ignore[arg-type]
