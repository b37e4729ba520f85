"""Check that canned replies do not trigger a marketplace's message filter."""

import re
from collections.abc import Iterable


def trigger_words_in(text: str, words: Iterable[str]) -> list[str]:
    """Return the words or phrases that occur in `text` as whole words, ignoring case and spacing."""
    return [word for word in words if _pattern(word).search(text)]


def _pattern(word: str) -> re.Pattern[str]:
    spaced = r"\s+".join(re.escape(part) for part in word.split())
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
