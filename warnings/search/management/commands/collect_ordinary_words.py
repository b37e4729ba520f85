"""manage.py collect_ordinary_words"""

import gzip
import heapq
import json
from importlib.resources import files
from typing import Any

from django.core.management.base import BaseCommand

from common.text.folding import fold
from search.names.common_words import LIST

# How many of the most frequent words of each language count as common.
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


class Command(BaseCommand):
    """Rebuild the list of common words; for developers, after an update of pyspellchecker's dictionaries."""

    help = "Write warnings/search/names/common_words.txt from the dictionaries of pyspellchecker, a development tool."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the list."""
        LIST.write_text("".join(f"{word}\n" for word in collected()), encoding="utf-8")


def collected() -> list[str]:
    """Return the most frequent words of all the languages, folded and sorted."""
    found: set[str] = set()
    for language, most in LANGUAGES.items():
        packed = files("spellchecker").joinpath(f"resources/{language}.json.gz").read_bytes()
        frequencies: dict[str, int] = json.loads(gzip.decompress(packed))
        found.update(fold(word) for word in heapq.nlargest(most, frequencies, key=frequencies.__getitem__))
    return sorted(found - {""})
