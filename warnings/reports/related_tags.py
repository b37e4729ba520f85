"""Find related tags by how often they occur on the same warnings. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_RELATED = 8


@dataclass(frozen=True)
class Related:
    """Another tag, and on how many warnings it stands together with the one in question."""

    name: str
    slug: str
    shared: int


def closest(counted: Iterable[Related], most: int = MOST_RELATED) -> list[Related]:
    """Those that share most warnings first, and by name where they share as many; none that shares nothing."""
    sharing = [tag for tag in counted if tag.shared > 0]
    return sorted(sharing, key=lambda tag: (-tag.shared, tag.name.casefold(), tag.slug))[:most]
