"""The deadline by which a case should be reviewed. Pure.

Each kind of case has a number of hours, counted from when the case was opened, that known signs shorten or extend.
The queue is ordered by this deadline, so that older cases rise without being recomputed. Only legal notices come
before everything else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.choices import CaseKind

# Hours until a case of a kind is due. The sender of a legal notice is promised its hours.
HOURS = {
    CaseKind.NOTICE: 48,
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
# A notice that waits because its sender misused notices is due later than this, and does not come first until then.
NOTICES_FIRST_WITHIN = timedelta(hours=HOURS[CaseKind.NOTICE])
# Factors that the hours are multiplied by.
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
    """Known signs that affect the priority of a case. `flags` counts those that carry weight."""

    harm: bool = False
    personal: bool = False
    hidden: bool = False
    flags: int = 0
    trusted: bool = False
    spam: bool = False
    unproved: bool = False


def due_at(kind: CaseKind, opened_at: datetime, signs: Signs) -> datetime:
    """Return the deadline of a case that was opened, or opened again, at a time."""
    hours = float(HOURS[kind])
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
