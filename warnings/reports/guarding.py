"""The guard before anything is published: what looks personal in the texts of a form, shown and replaced."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from directory.models import Marketplace, Tool
from reports.personal_data import Find, find_personal_data, replaced

MOST_CHARACTERS = 20_000
Finds = Mapping[str, Sequence[Find]]


@dataclass(frozen=True)
class Marked:
    """A stretch of a text; `kind` says what is personal about it, empty for nothing."""

    text: str
    kind: str = ""


def finds_in(texts: Mapping[str, str], *, spoken_to: Collection[str] = ()) -> dict[str, list[Find]]:
    """What looks personal, by the field that it stands in; fields without any are left out.

    `spoken_to` are handles of this site that a text may speak to with an @.
    """
    known, ours = _known_names(), {f"@{handle}".casefold() for handle in spoken_to}
    finds = {}
    for name, text in texts.items():
        looked = find_personal_data(text[:MOST_CHARACTERS], known)
        found = [find for find in looked if text[find.start : find.end].casefold() not in ours]
        if found:
            finds[name] = found
    return finds


def marked(texts: Mapping[str, str], finds: Finds) -> list[Marked]:
    """The texts that something was found in, in stretches, with what looks personal told apart."""
    parts: list[Marked] = []
    for name, found in finds.items():
        text, done = texts[name], 0
        for find in found:
            parts += [Marked(text[done : find.start]), Marked(text[find.start : find.end], find.kind.value)]
            done = find.end
        parts.append(Marked(text[done:] + "\n"))
    return [part for part in parts if part.text]


def masked(texts: Mapping[str, str], finds: Finds) -> dict[str, str]:
    """The texts with a word in brackets for everything that was found."""
    return {name: replaced(texts[name], found) for name, found in finds.items()}


def hint(finds: Finds) -> list[dict[str, object]]:
    """What moderators are told when it was sent all the same."""
    kinds = sorted({find.kind.value for found in finds.values() for find in found})
    return [{"hint": "personal data left in", "kinds": kinds}] if kinds else []


def _known_names() -> frozenset[str]:
    names = [*Tool.objects.values_list("name", flat=True)[:500], *Marketplace.objects.values_list("name", flat=True)]
    return frozenset(word.lower() for name in names for word in (name, *name.split()))
