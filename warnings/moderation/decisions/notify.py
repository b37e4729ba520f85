"""Notify the person concerned of a decision: on the site, by mail and on the tracking page."""

from datetime import timedelta

from django.urls import reverse

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.emails import verified_email
from accounts.models import NotificationSettings, User
from accounts.notification_keys import key_of_news
from common.urls import absolute_url
from directory.models import EntryRevision
from moderation.choices import Act, AppealState, CaseKind
from moderation.mail import send_mail
from moderation.models import Case, Decision
from reports.choices import Status
from reports.models import Comment, Report, Revision, Warning

# How long removed passages can be restored before they are deleted.
SEALED_KEPT = timedelta(days=7)
# Decisions about an account, which say nothing about the post that led to them.
_ABOUT_PEOPLE = frozenset({Act.WARN, Act.SUSPEND, Act.UNSUSPEND})
_POSTS = (Report, Comment, Revision, EntryRevision)
UNDONE = "was undone"
WARNED = "The moderators warn you; please read why"
SUSPENDED = "Your account may read but not write for now; please read why"
WORDS = {
    Act.DECLINE: "was not published",
    Act.MERGE: "was merged into another warning",
    Act.UNPUBLISH: "was taken down",
    Act.HIDE: "is hidden for now",
    Act.LOCK: "was locked",
    Act.REDACT: "lost some passages",
}


def notify_person(decision: Decision) -> None:
    """Notify the people concerned, with a link to the statement of reasons."""
    if decision.act == Act.WARN:
        text = WARNED
    elif decision.act == Act.SUSPEND:
        text = SUSPENDED
    elif decision.act == Act.VOID_VOTES:
        text = "Some of your votes do not count any more; please read why"
    else:
        text = f"What you wrote on “{decision.title}” {WORDS[Act(decision.act)]}; please read why"
    for person in _concerned(decision):
        notifications.notify(
            recipients=[person],
            kind=NotificationKind.DECISION,
            key=key_of_decision(decision),
            text=text,
            address=decision.get_absolute_url(),
            mailed=_mail(decision, person),
            instead_of="" if decision.act in _ABOUT_PEOPLE else _key_of_news(decision),
        )


def notify_undone(decision: Decision) -> None:
    """Notify the people concerned that a decision was undone, except those who get the answer to an appeal."""
    answered = set(decision.appeals.filter(state=AppealState.OVERTURNED).values_list("by", flat=True))
    what = "on your votes" if decision.act == Act.VOID_VOTES else f"on “{decision.title}”"
    notifications.notify(
        recipients=[person for person in _concerned(decision) if person.pk not in answered],
        kind=NotificationKind.DECISION,
        key=key_of_decision(decision),
        text=f"A decision {what} {UNDONE}",
        address=decision.get_absolute_url(),
        instead_of="" if decision.act in _ABOUT_PEOPLE else _key_of_news(decision),
    )


def key_of_decision(decision: Decision) -> str:
    """Return the key of the notification about a decision."""
    return f"decision:{decision.public_id}"


def _key_of_news(decision: Decision) -> str:
    """Return the key of what else tells an author of a decision on their post; empty if nothing does.

    One decision is one notification: the statement of reasons replaces the news about the post.
    """
    post = decision.report or (decision.case.subject if decision.case is not None else None)
    return key_of_news(post) if isinstance(post, _POSTS) else ""


def _concerned(decision: Decision) -> list[User]:
    people = [decision.person] if decision.person is not None else []
    return [*people, *User.objects.filter(pk__in=decision.voided).order_by("pk")]


def _mail(decision: Decision, person: User) -> bool:
    """Mail the statement of reasons to a confirmed address; return whether it was sent.

    The mail quotes nothing from the post: its text may have to be removed later, and mail cannot be recalled.
    """
    address = verified_email(person)
    # Decisions on a pending report are covered by the mail about the report.
    told_anyway = decision.kind == CaseKind.REPORT and decision.report is not None and decision.report.notify
    if (
        address is None
        or told_anyway
        or NotificationKind.DECISION in NotificationSettings.objects.of(person).not_mailed
    ):
        return False
    send_mail(
        "A decision and its reasons",
        "decision",
        address,
        {"decision": decision, "link": absolute_url(decision.get_absolute_url())},
    )
    return True


def address_of(case: Case) -> str:
    """Return the public URL of a case's subject; empty if only moderators can see it."""
    subject = case.subject
    if isinstance(subject, Warning | Report | Comment):
        subject.refresh_from_db()
        warning = subject if isinstance(subject, Warning) else subject.warning
        if subject.status == Status.PUBLISHED and warning.status == Status.PUBLISHED:
            address: str = subject.get_absolute_url()
            return address
        return ""
    if case.revision is not None:
        return reverse("history", kwargs={"slug": case.revision.warning.slug})
    if case.fact is not None:
        return reverse("tool", kwargs={"slug": case.fact.tool.slug})
    return ""
