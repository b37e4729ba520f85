"""Display names of authors; no other module decides them. Pure."""

from dataclasses import dataclass
from typing import Any

FORMER = "former member"
UNNAMED = "a member who stays unnamed"


@dataclass(frozen=True)
class Name:
    """A display name, with the handle of the profile to link to, if any."""

    words: str
    handle: str = ""


def name_of(person: Any) -> Name:
    """Return the display name of an account."""
    return Name(FORMER) if person.erased_at else Name(person.handle, person.handle)


def author_of(post: Any, nobody: str = FORMER) -> Name:
    """Return the display name of a post's author, or the given default for a post without one.

    A post has `author_unnamed` set if its author left out their handle.
    """
    if post.author is None:
        return Name(nobody)
    return Name(UNNAMED) if getattr(post, "author_unnamed", False) else name_of(post.author)
