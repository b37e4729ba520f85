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
_SERIOUS = {Grade.D, Grade.E}
_OUT_OF_YOUR_HANDS = {SwitchOff.OTHERS, SwitchOff.NOBODY}


class PresentFact(Protocol):
    """The attributes of a fact that the verdict uses."""

    present: bool
    reviewed: bool
    control: str
    can_disable: str


def grade_words(grade: str) -> str:
    """Return the meaning of a grade: `E` -> "Very high risk", empty -> "Not assessed"."""
    return GRADE_WORDS[grade]


def verdict(name: str, facts: Iterable[PresentFact], *, grade: str = "", floor_reason: str = "") -> str:
    """Return what a tool lets others do to its users, by its confirmed facts; the reason of a floor comes first."""
    return " ".join(
        filter(None, (floor_reason, _count(name, facts, serious=bool(floor_reason) or grade in _SERIOUS)))
    )


def _count(name: str, facts: Iterable[PresentFact], *, serious: bool) -> str:
    recorded = [fact for fact in facts if fact.present]
    present = [fact for fact in recorded if fact.reviewed]
    if recorded and not present:
        return f"Nothing is confirmed of {name} yet. That does not make it safe: the sources are still to be read."
    if not present:
        return f"Nothing harmful is recorded of {name} yet. That does not make it safe: nobody has looked closely."
    known = ngettext("%d thing", "%d things", len(present)) % len(present)
    places = [can_switch_off(fact.control, fact.can_disable) for fact in present]
    stuck, unknown = sum(place in _OUT_OF_YOUR_HANDS for place in places), places.count(SwitchOff.UNKNOWN)
    if stuck == 0 and unknown:
        which = f"of {unknown} it is not known"
        return f"{known} on record that {name} can do to you; {which} whether you can switch it off."
    if stuck == 0:
        # A bad grade does not become reassuring because each of its features has a switch.
        limits = "" if serious else "; each can be limited, at least in part"
        return f"{known} on record that {name} can do to you{limits}."
    if stuck == len(present):
        which = "you cannot switch it off" if stuck == 1 else "you can switch off none of them"
    else:
        which = ngettext("%d of them you cannot switch off", "%d of them you cannot switch off", stuck) % stuck
    return f"{known} on record that {name} can do to you; {which}."
