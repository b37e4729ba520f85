"""manage.py collect_pinyin_phrases"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand

from common.text.han import PHRASES


class Command(BaseCommand):
    """Rebuild the list of phrases that change how a character sounds; for developers, after an update of pypinyin."""

    help = "Write warnings/common/text/pinyin_phrases.txt from the dictionaries of pypinyin."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the list."""
        PHRASES.write_text("".join(f"{line}\n" for line in collected()), encoding="utf-8")


def collected() -> list[str]:
    """Return the phrases that do not sound like their characters one by one, each with its syllables, sorted.

    Longer phrases around such a one are among them, too, since it may sound otherwise there.
    """
    phrases: dict[str, list[list[str]]] = import_module("pypinyin.phrases_dict").phrases_dict
    sounds: dict[int, str] = import_module("pypinyin.pinyin_dict").pinyin_dict
    plain = import_module("pypinyin.contrib.tone_convert").to_normal
    together = {phrase: [plain(choices[0]) for choices in syllables] for phrase, syllables in phrases.items()}
    apart = {
        char: plain(sounds[ord(char)].partition(",")[0]) for char in set("".join(phrases)) if ord(char) in sounds
    }
    different = {phrase for phrase in phrases if together[phrase] != [apart.get(char, char) for char in phrase]}
    return sorted(
        " ".join((phrase, *together[phrase])) for phrase in phrases if not different.isdisjoint(_parts(phrase))
    )


def _parts(phrase: str) -> Iterator[str]:
    """Yield a phrase and all its parts of at least two characters."""
    for start in range(len(phrase)):
        yield from (phrase[start:end] for end in range(start + 2, len(phrase) + 1))
