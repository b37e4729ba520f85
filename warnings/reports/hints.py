"""Automatic hints for moderators about a report or comment."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

PERSONAL = "personal data left in"
IN_ANSWER = "personal data in an answer to the moderators"
NOT_BLURRED = "pictures that their sender did not blur"
NO_PROOF = "no proof of work"
# Hints that a correction replaces; hints about the submission itself are kept.
OF_CONTENT = frozenset({PERSONAL, IN_ANSWER, NOT_BLURRED})
Hints = Sequence[Mapping[str, Any]]


def hint(words: str, kinds: Collection[str] = ()) -> dict[str, Any]:
    """Return a hint; `kinds` are kinds of personal data."""
    return {"hint": words, "kinds": sorted(kinds)} if kinds else {"hint": words}


def about_pictures(holder: Any) -> list[dict[str, Any]]:
    """Return the hints about the images of a draft or report."""
    return [hint(NOT_BLURRED)] if holder and holder.evidence.filter(blurred=False).exists() else []


def changed(before: Hints, about: Collection[str], now: Hints) -> list[dict[str, Any]]:
    """Return the hints, with those named in `about` replaced by the current ones."""
    return [*(dict(row) for row in before if row.get("hint") not in about), *(dict(row) for row in now)]
