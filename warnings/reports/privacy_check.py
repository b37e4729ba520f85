"""Check a form's texts for personal data before it is sent: show it, ask about it and replace it.

Every view that takes somebody's words has one `look` at them. What it finds is asked about once (`asks`), shown in
place (`marked`) by `templates/reports/_personal.html`, replaced on request (`masked`), and told to moderators when it
is sent all the same (`hints`, which the action stores).
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
    """A stretch of a text; `kind` says what is personal about it, empty for nothing."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class PersonalDataCheck:
    """Texts by the field that they stand in, and what looks personal in them; fields without any have no finds."""

    texts: Mapping[str, str]
    finds: Mapping[str, Sequence[Find]]

    def asks(self, data: Container[str]) -> bool:
        """Whether a posted form has to be asked about: something was found, and nobody said that it is fine."""
        return bool(self.finds) and "keep" not in data

    @cached_property
    def marked(self) -> list[Marked]:
        """The texts that something was found in, in stretches, with what looks personal told apart."""
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
        """The texts that something was found in, with a word in brackets for all of it."""
        return {name: replaced(self.texts[name], found) for name, found in self.finds.items()}

    def hints(self, words: str = report_hints.PERSONAL, *, but: Collection[str] = ()) -> list[dict[str, Any]]:
        """What moderators are told when it was sent all the same; fields in `but` are left out."""
        kinds = {find.kind.value for name, found in self.finds.items() if name not in but for find in found}
        return [report_hints.hint(words, kinds)] if kinds else []


def check_personal_data(
    texts: Mapping[str, str], *, spoken_to: Collection[str] = (), before: Mapping[str, str] | None = None
) -> PersonalDataCheck:
    """What looks personal in texts.

    `spoken_to` are handles of this site that a text may speak to with an @; what stands in the text of `before` is
    not new and left out.
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
