"""Finding what is personal in a text, and writing something else instead. Pure: nothing is sent anywhere."""

from collections.abc import Collection, Iterator, Sequence

from reports.personal_data import contacts, names, numbers
from reports.personal_data.contacts import Hit
from reports.personal_data.folded import Folded, closed_up, folded
from reports.personal_data.kinds import Find


def find_personal_data(text: str, known: Collection[str] = ()) -> list[Find]:
    """What in a text of up to 20,000 characters looks personal, in order and without overlaps.

    `known` are names of tools and marketplaces, in lower case: nobody's names. A machine's guess: it points
    things out and decides nothing.
    """
    plain = folded(text)
    taken: list[Find] = []
    for source in (plain, closed_up(plain)):
        for kind, start, end, replacement in _hits(source, known):
            first, last = source.span(start, end)
            if all(last <= found.start or found.end <= first for found in taken):
                taken.append(Find(kind, first, last, replacement))
    return sorted(taken, key=lambda found: found.start)


def replaced(text: str, finds: Sequence[Find]) -> str:
    """The text with each find replaced by its word in brackets."""
    parts, done = [], 0
    for found in sorted(finds, key=lambda found: found.start):
        parts += [text[done : found.start], found.replacement]
        done = found.end
    return "".join([*parts, text[done:]])


def _hits(source: Folded, known: Collection[str]) -> Iterator[Hit]:
    """Surest kinds first: what they take is not looked at again."""
    yield from contacts.emails(source.text)
    yield from numbers.ibans(source.text)
    yield from numbers.cards(source.text)
    yield from contacts.profile_links(source.text)
    yield from numbers.orders(source.text)
    yield from numbers.network_addresses(source.text)
    yield from numbers.coordinates(source.text)
    yield from contacts.phones(source.text)
    yield from contacts.handles(source.text)
    yield from names.names(source.text, known)
