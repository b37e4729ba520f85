"""Who may not decide on a case: nobody decides on their own."""

from django.core.exceptions import PermissionDenied

from accounts.models import User
from directory.connections import is_connected
from moderation.appealing import settling as appeals
from moderation.deciding.offers import person_of_case, tools_of_case
from moderation.models import Case
from moderation.words import CaseKind


class OwnCase(PermissionDenied):
    """Nobody decides on what they wrote, flagged, decided before, or have to do with; the message says which."""


def why_not(actor: User, case: Case) -> str:
    """Why somebody may not decide on a case, as a sentence; empty if they may."""
    subject = case.subject
    if person_of_case(case) == actor:
        return "This is about something of yours, so somebody else decides."
    if case.kind == CaseKind.APPEAL:
        return appeals.why_not(actor, case.appeal)
    if case.kind in (CaseKind.FLAGS, CaseKind.SOURCE) and subject.flags.open().by_people([actor]).exists():
        return "You flagged this yourself, so somebody else decides."
    if is_connected(actor, tools_of_case(case)):
        return "You declared a connection to a tool that this is about, so somebody else decides."
    return ""
