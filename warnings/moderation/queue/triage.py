"""The kind of case that a post needs, its title, and the signs that affect its priority."""

from typing import Any

from accounts.permissions import TRUSTED
from directory.choices import EditState
from directory.models import EntryRevision, Source
from moderation.choices import CaseKind
from moderation.queue.priority import Signs
from moderation.spam import SPAM_THRESHOLD
from reports import hints as report_hints
from reports.choices import Outcome, RevisionState, Status
from reports.models import Alarm, Comment, Report, Revision, Warning

HARMFUL = frozenset({Outcome.LOST_MONEY, Outcome.LOST_ACCOUNT, Outcome.HARASSED})
_TITLE = 300


def kind_of(thing: Any) -> CaseKind | None:
    """Return the kind of case that a post needs, or None if it is not pending."""
    waits: dict[Any, tuple[bool, CaseKind]] = {
        Report: (getattr(thing, "status", "") == Status.PENDING, CaseKind.REPORT),
        Comment: (getattr(thing, "status", "") == Status.PENDING, CaseKind.COMMENT),
        Revision: (getattr(thing, "state", "") == RevisionState.SUGGESTED, CaseKind.SUGGESTION),
        EntryRevision: (getattr(thing, "state", "") == EditState.SUGGESTED, CaseKind.ENTRY),
        Alarm: (getattr(thing, "closed_at", None) is None, CaseKind.ALARM),
    }
    holds, kind = waits[type(thing)]
    return kind if holds else None


def title_of(thing: Any) -> str:
    """Return the title of a post's case in the queue."""
    if isinstance(thing, Alarm):
        about = thing.warning.title if thing.warning else ", ".join(thing.evidence.get("members", [])[:5])
        return f"{thing.get_kind_display()}: {about}"[:_TITLE]
    if isinstance(thing, EntryRevision):
        return f"{thing.get_kind_display()} {thing.key}"[:_TITLE]
    if isinstance(thing, Source):
        return str(thing)[:_TITLE]
    warning = thing if isinstance(thing, Warning) else thing.warning
    return str(warning.title)[:_TITLE]


def signs_of(thing: Any, *, flags: int = 0, spam: float = 0) -> Signs:
    """Return the signs that affect the priority of a post's case. `flags` counts those that carry weight."""
    author = getattr(thing, "author", None)
    hints = [hint.get("hint", "") for hint in getattr(thing, "hints", [])]
    return Signs(
        harm=getattr(thing, "outcome", "") in HARMFUL,
        personal=report_hints.PERSONAL in hints,
        hidden=getattr(thing, "status", "") == Status.HIDDEN,
        flags=flags,
        trusted=author is not None and author.trust_level in TRUSTED,
        spam=spam >= SPAM_THRESHOLD,
        unproved=report_hints.NO_PROOF in hints,
    )
