"""What to ask the full-text index: groups of words that must, or must not, be there."""

from dataclasses import dataclass

from search.query import Wanted


@dataclass(frozen=True)
class Asked:
    """Documents that hold every one of `wanted`, none of `unwanted`, and every label."""

    wanted: tuple[Wanted, ...]
    unwanted: tuple[Wanted, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A document that the index gave: what ranking needs of it."""

    kind: str
    key: int
    parent: int | None
    head: str
    place: int

    @property
    def fields(self) -> list[str]:
        """Title, names and summary, as terms."""
        return self.head.split("\n")[:3]

    @property
    def labels(self) -> list[str]:
        """By what the document can be narrowed to."""
        return self.head.rpartition("\n")[2].split()
