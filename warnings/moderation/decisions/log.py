"""Log decisions, and check them against the audit log."""

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
# Entries about a decision that are not decisions themselves.
_OTHER = frozenset({_UNDONE, "decision.seal-gone"})


def record_decision(decision: Decision, verb: str, *, actor: str) -> None:
    """Log a decision with digests of the states before and after. The entry has no text that may need redaction."""
    log.record(
        actor=actor,
        verb=f"{_MADE}{verb}",
        target=f"decision {decision.public_id}",
        before={"digest": _digest(decision.before)},
        after={"digest": _digest(decision.after)},
        reason=decision.reason.slug if decision.reason else "",
    )


def problems() -> Iterator[Sentence]:
    """Yield a sentence for each decision that is missing or differs from the audit log."""
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
