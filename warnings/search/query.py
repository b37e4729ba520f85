"""What somebody typed, made safe and comparable."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from common.folding import fold, fold_words

MAX_QUERY = 500
MAX_WORDS = 80
# "Microsoft Teams" is two words, "GoTo Meeting and GoTo Resolve" five.
LONGEST_NAME = 5
SHORTEST_WORD = 2


@dataclass(frozen=True)
class Query:
    """A cleaned query: the text as shown again, its folded form, the names it may hold, the host of a link."""

    text: str
    folded: str
    phrases: tuple[str, ...]
    link: str


def parse(raw: str) -> Query:
    """Clean a query of any length and content; nothing makes it fail, and nonsense folds to nothing."""
    # Control characters would be refused by PostgreSQL (NUL) or hide in the page; a cut surrogate cannot be stored.
    kept = (" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in raw[: MAX_QUERY * 5])
    text = " ".join("".join(kept).split())[:MAX_QUERY].strip()
    return Query(text=text, folded=fold(text), phrases=_phrases(text), link=_link(text))


def _phrases(text: str) -> tuple[str, ...]:
    """Every run of up to LONGEST_NAME words, folded into one, longest runs first."""
    words = fold_words(text)[:MAX_WORDS]
    runs = [
        "".join(words[start : start + length])
        for length in range(min(LONGEST_NAME, len(words)), 0, -1)
        for start in range(len(words) - length + 1)
    ]
    return tuple(dict.fromkeys(run for run in runs if len(run) >= SHORTEST_WORD))


def _link(text: str) -> str:
    """The host and first part of the path of a pasted link ("https://t.me/abc" -> "t.me/abc"), or nothing."""
    first = text.split(" ", 1)[0].lower()
    if not re.search(r"\w\.\w", first):
        return ""
    try:
        parts = urlsplit(first if "://" in first else f"//{first}")
        host = parts.hostname or ""
    except ValueError:
        return ""
    return f"{host.removeprefix('www.')}/{parts.path.strip('/').split('/')[0]}".rstrip("/")
