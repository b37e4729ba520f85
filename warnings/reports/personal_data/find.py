"""Find personal data in a text and replace it. Pure: nothing is sent anywhere."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from reports.personal_data import emails, handles, links, names, numbers, orders, phones, places
from reports.personal_data.folded import Folded, folded, spelled_out
from reports.personal_data.kinds import BUYER, CLIENT, REPLACEMENTS, Find, Hit

# Replaces what was already found: matched by no pattern and not part of a word.
_BLANK = "\x00"
_STAND_INS = re.compile("|".join(re.escape(word) for word in (*REPLACEMENTS.values(), BUYER, CLIENT)))

Finder = Callable[[str], Iterable[Hit]]


def find_personal_data(text: str, known: Collection[str] = ()) -> list[Find]:
    """Return what looks like personal data in `text`, in order and without overlaps.

    `known` are names of tools and marketplaces in any case, which are not reported. The result is a hint and has no
    effect by itself.
    """
    plain = folded(text)
    nobody = frozenset(name.casefold() for name in known)
    taken = bytearray(len(text))
    finds = [
        *_found(spelled_out(plain), (emails.emails, numbers.cards, phones.phones), taken),
        *_found(plain, _finders(nobody), taken),
    ]
    return sorted(finds, key=lambda find: find.start)


def replaced(text: str, finds: Sequence[Find]) -> str:
    """Return `text` with each of `finds` replaced by its placeholder."""
    parts, done = [], 0
    for find in sorted(finds, key=lambda find: find.start):
        parts += [text[done : find.start], find.replacement]
        done = find.end
    return "".join([*parts, text[done:]])


def _finders(nobody: frozenset[str]) -> tuple[Finder, ...]:
    """Return the finders, the most reliable first, since matched text is not searched again."""
    return (
        emails.emails,
        numbers.ibans,
        numbers.cards,
        places.coordinates,
        lambda text: places.network_addresses(text, nobody),
        links.profile_links,
        orders.orders,
        handles.marked_handles,
        numbers.accounts,
        phones.phones,
        lambda text: handles.named_handles(text, nobody),
        lambda text: names.names(text, nobody),
    )


def _found(source: Folded, finders: Iterable[Finder], taken: bytearray) -> Iterator[Find]:
    text = _STAND_INS.sub(lambda found: _BLANK * len(found.group()), source.text)
    for finder in finders:
        hits = sorted(finder(text), key=lambda hit: hit.start)
        for hit in hits:
            start, end = source.span(hit.start, hit.end)
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\x01" * (end - start)
                yield Find(hit.kind, start, end, hit.replacement)
        text = _blanked(text, [(hit.start, hit.end) for hit in hits])
        if finder is links.profile_links:
            # Digits and symbols in links that are not personal are not personal data either.
            text = _blanked(text, list(links.spans(text)))


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    parts, done = [], 0
    for start, end in spans:
        if end > done:
            start = max(start, done)
            parts += [text[done:start], _BLANK * (end - start)]
            done = end
    return "".join([*parts, text[done:]])
