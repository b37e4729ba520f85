"""The input and the outcome of a decision."""

from dataclasses import dataclass, field
from typing import Any

from moderation.choices import Act
from moderation.models import Decision, Reason
from reports.models import Warning


@dataclass(frozen=True)
class DecisionInput:
    """A decision as a form gives it: checked, and not carried out yet.

    `public_reason` goes to the person concerned in place of the reason's own text, `note` stays with the moderators.
    `remarks` are by field of the report's form, `pictures` the keys of those to be shown, `passages` exact strings,
    `days` how long somebody is suspended, `seen` what stands for the text that the decision is on (empty: any).
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
    pictures: tuple[int, ...] | None = None
    passages: tuple[str, ...] = ()
    days: int = 0
    seen: str = ""


@dataclass
class Outcome:
    """What carrying out a decision came to: states around it, what moved, what is sealed, and the decision that an
    appeal `overturned`, which is undone next."""

    before: list[dict[str, Any]] = field(default_factory=list)
    after: list[dict[str, Any]] = field(default_factory=list)
    moved: dict[str, Any] = field(default_factory=dict)
    sealed: str = ""
    overturned: Decision | None = None
