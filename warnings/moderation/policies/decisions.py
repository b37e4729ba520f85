"""Which moderators must not decide a case because of a conflict of interest."""

from accounts.models import User
from accounts.permissions import STAFF, may
from common.errors import Sentence
from directory.disclosures import is_connected
from directory.models import Source
from moderation.choices import AppealState, CaseKind
from moderation.decisions.available import involved, person_of_case, tools_of_case, writers_of
from moderation.decisions.effects import appeals
from moderation.models import Case, Decision
from reports.models import Comment, Report, Warning

FLAGGABLE = (Warning, Report, Comment, Source)


def why_not(actor: User, case: Case) -> str:
    """Return why a moderator may not decide a case, as a sentence; empty if they may."""
    subject = case.subject
    if person_of_case(case) == actor or actor.pk in involved(case):
        return Sentence("This is about something of yours, so somebody else decides.", "own")
    if case.kind == CaseKind.APPEAL:
        return appeals.why_not_resolve(actor, case.appeal) or _why_not_again(actor, case.appeal.decision)
    if isinstance(subject, FLAGGABLE) and subject.flags.open().by_people([actor]).exists():
        return Sentence("You flagged this yourself, so somebody else decides.", "flagged")
    if case.pk and case.decisions.filter(by=actor, appeals__state=AppealState.OVERTURNED).exists():
        return Sentence("An appeal undid what you decided on this, so somebody else decides.", "overturned")
    if is_connected(actor, tools_of_case(case)):
        return Sentence(
            "You declared a connection to a tool that this is about, so somebody else decides.", "connected"
        )
    return ""


def why_not_into(actor: User, into: Warning | None) -> str:
    """Return why a moderator may not merge a warning into this one, as a sentence; empty if they may."""
    if into is not None and actor.pk in writers_of(into):
        return Sentence(
            "The warning that it would be merged into is yours too, so somebody else decides.", "into-own"
        )
    return ""


def why_not_undo(actor: User, decision: Decision) -> str:
    """Return why a conflict of interest keeps a moderator from undoing a decision, as a sentence; empty if none."""
    if decision.person == actor:
        return Sentence("This decision is about you, so somebody else does that.", "about-you")
    case = Case.objects.filter(decisions=decision).first()
    return why_not(actor, case) if case is not None else ""


def nobody_may(case: Case) -> bool:
    """Return whether no active moderator may decide a case."""
    staff = User.objects.filter(trust_level__in=STAFF, is_active=True)
    return all(why_not(person, case) for person in staff if may("decide", person))


def _why_not_again(actor: User, decision: Decision) -> str:
    """Return why a conflict of interest in a decision also rules out deciding the appeal against it; else empty."""
    if decision.flags.by_people([actor]).exists():
        return Sentence("You flagged what this is about, so somebody else decides.", "flagged")
    first = Case.objects.filter(decisions=decision).first()
    return why_not(actor, first) if first is not None else ""
