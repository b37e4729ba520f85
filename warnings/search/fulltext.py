"""Requests to the full-text index, and its answers."""

from dataclasses import dataclass

from search.query import Clause

# As many documents are looked at for whether a phrase stands in them, or an unwanted word.
MOST_CHECKED = 400


@dataclass(frozen=True)
class SearchRequest:
    """Documents that hold all of `wanted`, none of `unwanted`, and all labels; `posts`: only what people wrote."""

    wanted: tuple[Clause, ...]
    unwanted: tuple[Clause, ...] = ()
    labels: tuple[str, ...] = ()
    posts: bool = False

    @property
    def loose(self) -> "SearchRequest":
        """The same without what no index answers by itself: the order of words, and what must be absent."""
        wanted = (one if len(one.terms) == 1 else Clause((term,)) for one in self.wanted for term in one.terms)
        return SearchRequest(tuple(dict.fromkeys(wanted)), (), self.labels, self.posts)


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


@dataclass(frozen=True)
class Matches:
    """The best documents that hold what was asked for, and whether there are more."""

    best: list[Candidate]
    more: bool
