"""Log decisions, and check that each has its log entry."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from audit import log
from audit.models import Entry
from common.errors import Sentence
from moderation.models import Decision

_UNDONE = "decision.undo"
_MADE = "decision."
# What happens to a decision without being one.
_OTHER = frozenset({_UNDONE, "decision.seal-gone"})


def record_decision(decision: Decision, verb: str, *, actor: str) -> None:
    """Append to the log: what and why, and digests of the states around it; no text that may have to go."""
    log.record(
        actor=actor,
        verb=f"{_MADE}{verb}",
        target=f"decision {decision.public_id}",
        before={"digest": _digest(decision.before)},
        after={"digest": _digest(decision.after)},
        reason=decision.reason.slug if decision.reason else "",
    )


def problems() -> Iterator[Sentence]:
    """Every decision that is not as the log has it, and every one that is gone, as a sentence."""
    made: dict[str, tuple[str, str]] = {}
    undone = set()
    for verb, target, reason in Entry.objects.filter(verb__startswith=_MADE).values_list("verb", "target", "reason"):
        if verb == _UNDONE:
            undone.add(target)
        elif verb not in _OTHER:
            made[target] = (verb.removeprefix(_MADE), reason)
    rows = Decision.objects.order_by("pk").values_list("public_id", "act", "reason__slug", "undone_at")
    for public_id, act, reason, undone_at in rows.iterator(chunk_size=1_000):
        target = f"decision {public_id}"
        if made.pop(target, None) != (act, reason or "") or (undone_at is not None) != (target in undone):
            yield Sentence(f"The {target} is not as the log has it.", "changed")
    yield from (Sentence(f"The {target} is gone, though the log has it.", "gone") for target in sorted(made))


def _digest(states: Any) -> str:
    return hashlib.sha256(json.dumps(states, sort_keys=True).encode()).hexdigest()
