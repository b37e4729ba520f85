"""Digests of reasons, and the acts that would be left without one."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from moderation.choices import Act
from moderation.decisions.available import REASONED
from moderation.models import Reason

FIELDS = ("label", "text", "rule", "acts", "position", "retired")


def said_by(reason: Reason) -> dict[str, Any]:
    """Return the current fields of a reason."""
    return {name: getattr(reason, name) for name in FIELDS}


def digest_of(reason: Reason) -> str:
    """Return a digest of a reason's text, which detects a change since it was read."""
    return hashlib.sha256(json.dumps(said_by(reason), sort_keys=True).encode()).hexdigest()[:16]


def acts_without(reason: Reason, acts: Iterable[str] = ()) -> list[Act]:
    """Return the acts that would be left without an offered reason if this one applied to `acts` only."""
    others = {act for row in Reason.objects.offered().exclude(pk=reason.pk) for act in row.acts}
    left = others | set(acts)
    return [act for act in Act if act in REASONED and act in reason.acts and act not in left]
