"""Find related tags by how often they occur on the same warnings. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_RELATED = 8


@dataclass(frozen=True)
class Related:
    """Another tag, and the number of warnings that have both tags."""

    name: str
    slug: str
    shared: int


def closest(counted: Iterable[Related], most: int = MOST_RELATED) -> list[Related]:
    """Return the tags with the most warnings in common, then by name, skipping those with none."""
    sharing = [tag for tag in counted if tag.shared > 0]
    return sorted(sharing, key=lambda tag: (-tag.shared, tag.name.casefold(), tag.slug))[:most]
