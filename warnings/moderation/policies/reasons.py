"""Which decisions need a reason, which reasons fit them, and digests of reasons."""

import hashlib
import json
from collections.abc import Collection
from typing import Any

from common.errors import Sentence
from common.text.cleaning import shows_something
from moderation.choices import Act, CaseKind
from moderation.decisions.available import REASONED, RIGHT, TURNING_DOWN, closes
from moderation.models import Case, Reason

FIELDS = ("label", "text", "rule", "acts", "kinds", "position", "retired")


def said_by(reason: Reason) -> dict[str, Any]:
    """Return the current fields of a reason."""
    return {name: getattr(reason, name) for name in FIELDS}


def digest_of(reason: Reason) -> str:
    """Return a digest of a reason's text, which detects a change since it was read."""
    return hashlib.sha256(json.dumps(said_by(reason), sort_keys=True).encode()).hexdigest()[:16]


def acts_without(reason: Reason, acts: Collection[str] = (), kinds: Collection[str] = ()) -> list[Act]:
    """Return the acts that would be left without an offered reason if this one applied to `acts` and `kinds` only.

    A reason for some kinds of cases leaves an act without one on the others.
    """
    rows = Reason.objects.offered().exclude(pk=reason.pk)
    left = {act for row in rows if not row.kinds for act in row.acts} | set(() if kinds else acts)
    needed = REASONED | TURNING_DOWN
    return [act for act in Act if act in needed and act in reason.acts and act not in left]


def turns_down(case: Case, act: Act) -> bool:
    """Return whether a decision says no to an appellant, to the sender of a legal notice or to a flagger."""
    if case.kind == CaseKind.APPEAL:
        return act == Act.UPHOLD
    if act in RIGHT or not closes(act, case.kind):
        return False
    if case.kind == CaseKind.NOTICE:
        return True
    # On a moderator's own initiative there are no flags, and nobody waits for an answer.
    flagged = case.kind in (CaseKind.FLAGS, CaseKind.SOURCE) and case.subject is not None
    return flagged and case.subject.flags.open().exists()


def suits(reason: Reason, kind: str) -> bool:
    """Return whether a reason is about what a kind of case is about."""
    return not reason.kinds or kind in reason.kinds


def why_not_fitting(kind: str, act: Act, reason: Reason | None) -> str:
    """Return why a reason cannot be given for an act on a kind of case, as a sentence; empty if it can be."""
    if reason is None:
        return ""
    if reason.retired:
        return Sentence(f"“{reason}” is no longer a reason. Choose another one.", "reason-retired")
    if act not in reason.acts or not suits(reason, kind):
        return Sentence(f"“{reason}” is not a reason for “{act.label}”. Choose another one.", "reason-misfit")
    return ""


def why_not_reasoned(case: Case, act: Act, reason: Reason | None, public_reason: str) -> str:
    """Return why a decision is refused with this reason or without one, as a sentence; empty if it has what it needs.

    A restriction needs a reason from the list. To turn a person down, the moderator's own words are enough.
    """
    if reason is not None:
        return why_not_fitting(case.kind, act, reason)
    if act in REASONED:
        return Sentence("Choose a reason. The person concerned is told why.", "reason-missing")
    if turns_down(case, act) and not shows_something(public_reason):
        return Sentence(
            "Choose a reason, or give one in your own words. The person you turn down is told why.", "reason-missing"
        )
    return ""
