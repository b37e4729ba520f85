"""Number sources as footnotes: each page has one number, however often it is cited."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from directory.models import Citation, Source


@dataclass(frozen=True)
class Mark:
    """A citation in the text: the footnote's number, the passage, and whether it was confirmed.

    `place` numbers the marks of one footnote, so that the footnote can link back to each.
    """

    number: int
    place: int
    passage: str
    confirmed: bool


@dataclass
class Note:
    """A footnote: the source, its marks, and whether one of them was confirmed."""

    number: int
    source: Source
    places: list[int] = field(default_factory=list)
    confirmed: bool = False


def any_confirmed(cited: Iterable[Mark | Note]) -> bool:
    """Return whether one of the sources was read and confirms what it is cited for."""
    return any(one.confirmed for one in cited)


class Footnotes:
    """Numbers the sources of a page in citation order."""

    def __init__(self) -> None:
        self._notes: dict[int, Note] = {}

    def marks(self, citations: Iterable[Citation]) -> list[Mark]:
        """Add citations; return their marks."""
        return [self._mark(citation) for citation in citations]

    @property
    def notes(self) -> list[Note]:
        """The footnotes so far, by number."""
        return list(self._notes.values())

    def _mark(self, citation: Citation) -> Mark:
        source = citation.source
        note = self._notes.setdefault(source.pk, Note(number=len(self._notes) + 1, source=source))
        note.places.append(len(note.places) + 1)
        note.confirmed = note.confirmed or citation.confirmed
        return Mark(note.number, note.places[-1], citation.passage, citation.confirmed)
