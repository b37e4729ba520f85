"""A tool's verdict in one sentence: what the grade means, and why."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import ngettext

from directory.choices import Grade, SwitchOff
from directory.disableability import can_switch_off

GRADE_WORDS: dict[str, str] = {
    Grade.A: "Low risk",
    Grade.B: "Some risk",
    Grade.C: "Considerable risk",
    Grade.D: "High risk",
    Grade.E: "Very high risk",
    "": "Not assessed",
}
_OUT_OF_YOUR_HANDS = {SwitchOff.OTHERS, SwitchOff.NOBODY}


class PresentFact(Protocol):
    """The attributes of a fact that the verdict uses."""

    present: bool
    control: str
    can_disable: str


def grade_words(grade: str) -> str:
    """Return the meaning of a grade: `E` -> "Very high risk", empty -> "Not assessed"."""
    return GRADE_WORDS[grade]


def verdict(name: str, facts: Iterable[PresentFact]) -> str:
    """Return a sentence on what a tool lets others do to its users, counting its known facts."""
    present = [fact for fact in facts if fact.present]
    if not present:
        return f"Nothing harmful is recorded of {name} yet. That does not make it safe: nobody has looked closely."
    known = ngettext("%d thing", "%d things", len(present)) % len(present)
    stuck = sum(can_switch_off(fact.control, fact.can_disable) in _OUT_OF_YOUR_HANDS for fact in present)
    if stuck == 0:
        return f"{known} on record that {name} can do to you; each can be limited, at least in part."
    if stuck == len(present):
        which = "you cannot switch it off" if stuck == 1 else "you can switch off none of them"
    else:
        which = ngettext("%d of them you cannot switch off", "%d of them you cannot switch off", stuck) % stuck
    return f"{known} on record that {name} can do to you; {which}."
