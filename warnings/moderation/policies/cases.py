"""Whether a moderator may act on a case, and how cases are identified."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.permissions import may
from common.errors import Sentence
from moderation.choices import Act, CaseKind, CaseState
from moderation.errors import CaseClosedError, ClaimedByAnotherError
from moderation.models import Case

_COLUMNS = {"entryrevision": "entry", "user": "account", "toolfeature": "fact"}


def require_moderator(actor: Any) -> None:
    """Raise PermissionDenied unless the actor is a moderator or administrator."""
    if not may("decide", actor):
        raise PermissionDenied("Moderators only.")


def require_free(case: Case, actor: User, now: datetime) -> None:
    """Raise CaseClosedError for a closed case, ClaimedByAnotherError while another moderator has claimed it."""
    if case.state != CaseState.OPEN:
        raise CaseClosedError
    if case.claimed_by and case.claimed_by != actor and case.claim_expires_at and case.claim_expires_at > now:
        raise ClaimedByAnotherError(case.claimed_by.shown_name, case.claim_expires_at)


def why_not_at_once(case: Case, act: Act) -> str:
    """Return why a case must be decided individually, as a sentence; empty if it can be decided in bulk."""
    if act in (Act.PUBLISH, Act.NO_ACTION) and case.report is not None and case.report.evidence.exists():
        return Sentence(
            "With pictures, a case is decided alone: open it, and choose which pictures everybody may see.",
            "pictures",
        )
    return ""


def key_of(kind: CaseKind, target: Any) -> str:
    """Return the key that identifies a kind of case about a post."""
    return f"{kind}:{target._meta.model_name}:{target.pk}"


def column_of(target: Any) -> str:
    """Return the name of the case's field for a post."""
    name = str(target._meta.model_name)
    return _COLUMNS.get(name, name)
