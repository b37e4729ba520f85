"""What pages call the person who wrote something: the one place that decides it. Pure."""

from dataclasses import dataclass
from typing import Any

FORMER = "former member"
UNNAMED = "a member who stays unnamed"


@dataclass(frozen=True)
class Name:
    """What a person is called; with the handle of the profile that the words may lead to, if they may."""

    words: str
    handle: str = ""


def name_of(person: Any) -> Name:
    """What an account is called where nothing is left out."""
    return Name(FORMER) if person.erased_at else Name(person.handle, person.handle)


def author_of(thing: Any, nobody: str = FORMER) -> Name:
    """What the author of a thing is called; `nobody` is for a thing without one.

    A thing whose author may stay unnamed says so by `author_unnamed`.
    """
    if thing.author is None:
        return Name(nobody)
    return Name(UNNAMED) if getattr(thing, "author_unnamed", False) else name_of(thing.author)
