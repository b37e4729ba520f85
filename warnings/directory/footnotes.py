"""Number sources as footnotes: each page gets one number, however often it is cited."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from directory.models import Citation, Source


@dataclass(frozen=True)
class Mark:
    """One citation in the text: the footnote's number, what the source says there, and whether that was checked.

    `place` counts the marks of one footnote, so that the note can point back to each of them.
    """

    number: int
    place: int
    passage: str
    confirmed: bool


@dataclass
class Note:
    """One footnote: the source, how many marks point to it, and whether one of them was checked."""

    number: int
    source: Source
    places: list[int] = field(default_factory=list)
    confirmed: bool = False


class Footnotes:
    """Numbers the sources of a page in the order in which they are cited."""

    def __init__(self) -> None:
        self._notes: dict[int, Note] = {}

    def marks(self, citations: Iterable[Citation]) -> list[Mark]:
        """Take up some citations; return the marks to put where they are cited."""
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
