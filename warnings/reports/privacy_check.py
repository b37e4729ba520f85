"""Check a form's texts for personal data before submission: highlight it, ask for confirmation and replace it.

Every view that accepts users' texts runs one check. The findings require confirmation once (`asks`), are highlighted
(`marked`) by `templates/reports/_personal.html`, replaced on request (`masked`), and reported to moderators if the
text is submitted anyway (`hints`, which the action stores).
"""

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from directory.models import Marketplace, Tool
from reports import hints as report_hints
from reports.personal_data import Find, find_personal_data, replaced

MOST_CHARACTERS = 20_000


@dataclass(frozen=True)
class Marked:
    """A segment of a text; `kind` is the kind of personal data, or empty."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class PersonalDataCheck:
    """Texts by field name, and the personal data found in them; fields without findings are not in `finds`."""

    texts: Mapping[str, str]
    finds: Mapping[str, Sequence[Find]]

    def asks(self, data: Container[str]) -> bool:
        """Return whether the form needs confirmation: something was found, and the user has not confirmed it."""
        return bool(self.finds) and "keep" not in data

    @cached_property
    def marked(self) -> list[Marked]:
        """The texts with findings, split into segments, so that personal data can be highlighted."""
        parts: list[Marked] = []
        for name, found in self.finds.items():
            text, done = self.texts[name], 0
            for find in found:
                parts += [Marked(text[done : find.start]), Marked(text[find.start : find.end], find.kind.value)]
                done = find.end
            parts.append(Marked(text[done:] + "\n"))
        return [part for part in parts if part.text]

    @cached_property
    def masked(self) -> dict[str, str]:
        """The texts with findings, with placeholders for all personal data."""
        return {name: replaced(self.texts[name], found) for name, found in self.finds.items()}

    @property
    def count(self) -> int:
        """The number of findings."""
        return sum(map(len, self.finds.values()))

    def hints(self, words: str = report_hints.PERSONAL, *, but: Collection[str] = ()) -> list[dict[str, Any]]:
        """Return the hints for moderators if the form is submitted anyway, without the fields in `but`."""
        kinds = {find.kind.value for name, found in self.finds.items() if name not in but for find in found}
        return [report_hints.hint(words, kinds)] if kinds else []


def check_personal_data(
    texts: Mapping[str, str], *, spoken_to: Collection[str] = (), before: Mapping[str, str] | None = None
) -> PersonalDataCheck:
    """Find personal data in texts.

    `spoken_to` are handles on this site that a text may mention with an @. Findings that are already in the texts of
    `before` are ignored.
    """
    known, ours = _known_names(), {f"@{handle}".casefold() for handle in spoken_to}
    finds = {}
    for name, text in texts.items():
        old = (before or {}).get(name, "")
        found = []
        for find in find_personal_data(text[:MOST_CHARACTERS], known):
            words = text[find.start : find.end]
            if words.casefold() not in ours and words not in old:
                found.append(find)
        if found:
            finds[name] = found
    return PersonalDataCheck(texts, finds)


def _known_names() -> frozenset[str]:
    names = [*Tool.objects.values_list("name", flat=True)[:500], *Marketplace.objects.values_list("name", flat=True)]
    return frozenset(word.lower() for name in names for word in (name, *name.split()))
