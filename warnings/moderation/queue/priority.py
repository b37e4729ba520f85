"""By when a case should be looked at. Pure.

A case is due so many hours after it was opened, by its kind; that is shortened or stretched by what is known of it.
The queue is ordered by that moment, so age counts by itself and nothing has to be worked out anew.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.choices import CaseKind

# Hours until a case of a kind is due. A legal notice stands above everything from its first minute.
HOURS = {
    CaseKind.NOTICE: 0,
    CaseKind.FLAGS: 24,
    CaseKind.ALARM: 24,
    CaseKind.ACCOUNT: 24,
    CaseKind.COMMENT: 48,
    CaseKind.REPORT: 72,
    CaseKind.AFTERWARDS: 96,
    CaseKind.SUGGESTION: 96,
    CaseKind.ENTRY: 120,
    CaseKind.STATEMENT: 120,
    CaseKind.APPEAL: 168,
    CaseKind.SOURCE: 168,
    CaseKind.FACT: 720,
}
SOONEST_HOURS = 1
# By what the hours are multiplied.
HARM, PERSONAL, HIDDEN, EACH_FLAG, TRUSTED, SPAM, UNPROVED = 0.5, 0.5, 0.5, 0.85, 1.5, 1.5, 1.5
RULE = (
    ("Somebody lost money or an account, or was harassed", HARM),
    ("Personal data may stand in it", PERSONAL),
    ("It is hidden until somebody looks", HIDDEN),
    ("Each flag of somebody with standing", EACH_FLAG),
    ("Its author is trusted", TRUSTED),
    ("It looks like spam", SPAM),
    ("It came without the proof of work that browsers do by script", UNPROVED),
)


@dataclass(frozen=True)
class Signs:
    """What is known of a case: `flags` counts those of people with standing."""

    harm: bool = False
    personal: bool = False
    hidden: bool = False
    flags: int = 0
    trusted: bool = False
    spam: bool = False
    unproved: bool = False


def due_at(kind: CaseKind, opened_at: datetime, signs: Signs) -> datetime:
    """The moment until which somebody should have looked at a case."""
    hours = float(HOURS[kind])
    if hours == 0:
        return opened_at
    for holds, factor in (
        (signs.harm, HARM),
        (signs.personal, PERSONAL),
        (signs.hidden, HIDDEN),
        (signs.trusted, TRUSTED),
        (signs.spam, SPAM),
        (signs.unproved, UNPROVED),
    ):
        hours *= factor if holds else 1
    hours *= EACH_FLAG ** min(signs.flags, 20)
    return opened_at + timedelta(hours=max(SOONEST_HOURS, hours))
