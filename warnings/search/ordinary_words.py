"""Words that people use every day: a name that is one of them needs more to be meant than standing there.

The frequencies are those of pyspellchecker's dictionaries (from film subtitles).
"""

import gzip
import heapq
import json
from functools import lru_cache
from importlib.resources import files

from common.folding import fold

# The most frequent words of each language that count as ordinary.
LANGUAGES = {
    "en": 20_000,
    "es": 4_000,
    "fr": 4_000,
    "pt": 4_000,
    "de": 4_000,
    "it": 4_000,
    "ru": 4_000,
    "ar": 4_000,
    "fa": 4_000,
}
# Words of our own field that film subtitles hardly know.
FIELD = frozenset(
    {"freelancer", "freelance", "gig", "gigs", "buyer", "seller", "escrow", "invoice", "screenshot", "screenshots"}
    | {"tracker", "timesheet", "whiteboard", "spreadsheet", "app", "apps", "website", "email", "emails", "online"}
    | {"login", "username", "password", "laptop", "smartphone", "webcam", "microphone", "notification", "plugin"}
)


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """All of them, folded."""
    found = set(FIELD)
    for language, most in LANGUAGES.items():
        packed = files("spellchecker").joinpath(f"resources/{language}.json.gz").read_bytes()
        frequencies: dict[str, int] = json.loads(gzip.decompress(packed))
        found.update(fold(word) for word in heapq.nlargest(most, frequencies, key=frequencies.__getitem__))
    return frozenset(found)


def is_ordinary(folded: str) -> bool:
    """Whether a folded word is an everyday one; so is a number."""
    return folded.isdigit() or folded in ordinary_words()
