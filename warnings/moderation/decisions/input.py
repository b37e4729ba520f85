"""The input and the outcome of a decision."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from moderation.choices import Act
from moderation.models import Decision, Reason
from reports.models import Warning


@dataclass(frozen=True)
class DecisionInput:
    """The validated input of a decision.

    The public reason is shown to the person concerned instead of the canned reason; `note` is for moderators only.
    `remarks` maps fields of the report form to remarks and `labels` the same fields to their labels, `pictures` lists
    the keys of the pictures to publish, `passages` are exact strings, and `days` is the length of a suspension or
    pause. `seen` is the digest of the text that the moderator saw (empty to skip the check). Decisions
    that are made together have the same `batch`.
    """

    act: Act
    reason: Reason | None = None
    public_reason: str = ""
    note: str = ""
    into: Warning | None = None
    title: str = ""
    body: str = ""
    remarks: dict[str, str] = field(default_factory=dict)
    question: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    batch: uuid.UUID | None = None
    pictures: tuple[int, ...] | None = None
    passages: tuple[str, ...] = ()
    days: int = 0
    seen: str = ""


@dataclass
class Outcome:
    """The result of applying a decision.

    It contains the states before and after, what moved, the sealed passages, and `overturned`, the decision that an
    appeal overturns and that is undone next.
    """

    before: list[dict[str, Any]] = field(default_factory=list)
    after: list[dict[str, Any]] = field(default_factory=list)
    moved: dict[str, Any] = field(default_factory=dict)
    sealed: str = ""
    overturned: Decision | None = None
