"""Compute a trust level from how a user's contributions were received. Pure."""

from dataclasses import dataclass

from accounts.choices import TrustLevel

APPROVED_OF_MEMBERS = 1
APPROVED_OF_TRUSTED, HELPFUL_OF_TRUSTED, DAYS_OF_TRUSTED = 5, 5, 30
# How many posts taken down within this many days end trusted status, or membership.
FORGETS_AFTER_DAYS = 180
TAKEN_DOWN_ENDS_TRUST, TAKEN_DOWN_ENDS_ALL = 1, 2
APPOINTED = frozenset({TrustLevel.MODERATOR, TrustLevel.ADMINISTRATOR})


@dataclass(frozen=True)
class Record:
    """How a user's contributions were received.

    `approved` counts published reports with a text, applied edits, and comments that others found helpful. `helpful`
    counts votes on their posts by users whose votes count. `taken_down` counts posts that moderators took down within
    the last 180 days. `days` is the age of the account.
    """

    approved: int = 0
    helpful: int = 0
    taken_down: int = 0
    days: int = 0


def level_of(record: Record) -> TrustLevel:
    """Return the level that a record earns. Moderators and administrators are appointed instead."""
    if record.taken_down >= TAKEN_DOWN_ENDS_ALL or record.approved < APPROVED_OF_MEMBERS:
        return TrustLevel.NEW
    trusted = (
        record.approved >= APPROVED_OF_TRUSTED
        and record.helpful >= HELPFUL_OF_TRUSTED
        and record.days >= DAYS_OF_TRUSTED
        and record.taken_down < TAKEN_DOWN_ENDS_TRUST
    )
    return TrustLevel.TRUSTED if trusted else TrustLevel.MEMBER


def in_steps(record: Record) -> dict[str, str]:
    """Round a record to the steps that levels use, so that two published records cannot be matched to one person."""
    days = (7, "under a week"), (DAYS_OF_TRUSTED, "under a month"), (365, "under a year")
    return {
        "approved": _step(record.approved, APPROVED_OF_TRUSTED),
        "helpful": _step(record.helpful, HELPFUL_OF_TRUSTED),
        "taken_down": _step(record.taken_down, TAKEN_DOWN_ENDS_ALL),
        "days": next((words for end, words in days if record.days < end), "a year or more"),
    }


def _step(number: int, enough: int) -> str:
    if number >= enough:
        return f"{enough} or more"
    return "none" if number == 0 else "1" if enough == TAKEN_DOWN_ENDS_ALL else f"1 to {enough - 1}"


def next_step(record: Record) -> str:
    """Return what the next level requires, as a sentence; empty for the highest level that can be earned."""
    if record.taken_down >= TAKEN_DOWN_ENDS_ALL:
        return f"Something of yours was taken down. That is forgotten {FORGETS_AFTER_DAYS} days later."
    level = level_of(record)
    if level == TrustLevel.NEW:
        return "One report, edit or comment of yours that a moderator approves makes you a member."
    if level == TrustLevel.TRUSTED:
        return ""
    missing = [
        f"{lacking} more {words if lacking > 1 else one}"
        for lacking, one, words in (
            (APPROVED_OF_TRUSTED - record.approved, "approved contribution", "approved contributions"),
            (HELPFUL_OF_TRUSTED - record.helpful, "helpful vote", "helpful votes"),
            (DAYS_OF_TRUSTED - record.days, "day", "days"),
        )
        if lacking > 0
    ]
    if record.taken_down >= TAKEN_DOWN_ENDS_TRUST:
        missing.append(f"{FORGETS_AFTER_DAYS} days since the last thing that was taken down")
    return f"You become trusted with {', '.join(missing)}."
