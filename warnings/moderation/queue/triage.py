"""The kind of case that a post needs, its title, and the signs that affect its priority."""

from typing import Any

from accounts.permissions import TRUSTED
from directory.choices import RevisionState
from directory.models import EntryRevision, Source
from moderation.choices import CaseKind
from moderation.priority import Signs
from moderation.spam import SPAM_THRESHOLD
from reports import hints as report_hints
from reports.choices import Outcome, Status
from reports.models import Alarm, Comment, Report, Revision, Warning

HARMFUL = frozenset({Outcome.LOST_MONEY, Outcome.LOST_ACCOUNT, Outcome.HARASSED})
_TITLE = 300
# Flags hide a post that was public; a moderator may show it again.
_PUBLIC = frozenset({Status.PUBLISHED, Status.HIDDEN})


def kind_of(target: Any) -> CaseKind | None:
    """Return the kind of case that a post needs, or None if it is not pending."""
    waits: dict[Any, tuple[bool, CaseKind]] = {
        Report: (getattr(target, "status", "") == Status.PENDING, CaseKind.REPORT),
        Comment: (getattr(target, "status", "") == Status.PENDING, CaseKind.COMMENT),
        Revision: (getattr(target, "state", "") == RevisionState.SUGGESTED, CaseKind.SUGGESTION),
        EntryRevision: (getattr(target, "state", "") == RevisionState.SUGGESTED, CaseKind.ENTRY),
        Alarm: (getattr(target, "closed_at", None) is None, CaseKind.ALARM),
    }
    holds, kind = waits[type(target)]
    return kind if holds else None


def may_be_reviewed_later(target: Any) -> bool:
    """Return whether a case for later review of a post makes sense: nobody else decides about it before."""
    return getattr(target, "status", "") in _PUBLIC


def title_of(target: Any) -> str:
    """Return the title of a post's case in the queue."""
    if isinstance(target, Alarm):
        about = target.warning.title if target.warning else ", ".join(target.evidence.get("members", [])[:5])
        return f"{target.get_kind_display()}: {about}"[:_TITLE]
    if isinstance(target, EntryRevision):
        return f"{target.get_kind_display()} {target.key}"[:_TITLE]
    if isinstance(target, Source):
        return str(target)[:_TITLE]
    warning = target if isinstance(target, Warning) else target.warning
    return str(warning.title)[:_TITLE]


def signs_of(target: Any, *, flags: int = 0, spam: float = 0) -> Signs:
    """Return the signs that affect the priority of a post's case. `flags` counts those that carry weight."""
    author = getattr(target, "author", None)
    hints = [hint.get("hint", "") for hint in getattr(target, "hints", [])]
    return Signs(
        harm=getattr(target, "outcome", "") in HARMFUL,
        personal=report_hints.PERSONAL in hints,
        hidden=getattr(target, "status", "") == Status.HIDDEN,
        flags=flags,
        trusted=author is not None and author.trust_level in TRUSTED,
        spam=spam >= SPAM_THRESHOLD,
        unproved=report_hints.NO_PROOF in hints,
    )
