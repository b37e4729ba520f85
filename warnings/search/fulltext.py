"""Requests to the full-text index, and their results."""

from dataclasses import dataclass

from search.query import Clause

# The maximum number of documents checked for phrases and excluded words.
MOST_CHECKED = 400


@dataclass(frozen=True)
class SearchRequest:
    """A search for documents with all of `wanted` and `labels`, and none of `unwanted`.

    `posts` excludes the directory.
    """

    wanted: tuple[Clause, ...]
    unwanted: tuple[Clause, ...] = ()
    labels: tuple[str, ...] = ()
    posts: bool = False

    @property
    def loose(self) -> "SearchRequest":
        """The request without phrases and exclusions, which the index cannot answer efficiently."""
        wanted = (one if len(one.terms) == 1 else Clause((term,)) for one in self.wanted for term in one.terms)
        return SearchRequest(tuple(dict.fromkeys(wanted)), (), self.labels, self.posts)


@dataclass(frozen=True)
class Candidate:
    """A document found by the index, with the data for ranking."""

    kind: str
    key: int
    parent: int | None
    head: str
    place: int

    @property
    def fields(self) -> list[str]:
        """The terms of title, names and summary."""
        return self.head.split("\n")[:3]

    @property
    def labels(self) -> list[str]:
        """The labels of the document's subjects."""
        return self.head.rpartition("\n")[2].split()


@dataclass(frozen=True)
class Matches:
    """The best matching documents, and whether there are more."""

    best: list[Candidate]
    more: bool
