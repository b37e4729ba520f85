"""The kinds of personal data, and the type of a match."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """A kind of personal data; the value is shown to users."""

    EMAIL = "e-mail address"
    PHONE = "phone number"
    CARD = "card number"
    IBAN = "bank account"
    ORDER = "order number"
    HANDLE = "username"
    IP = "IP address"
    COORDINATES = "place"
    NAME = "name"
    PROFILE_LINK = "profile link"


@dataclass(frozen=True)
class Find:
    """Personal data in a text, from `start` up to, but not including, `end`, with its replacement."""

    kind: Kind
    start: int
    end: int
    replacement: str


class Hit(NamedTuple):
    """A match with offsets in the folded text."""

    kind: Kind
    start: int
    end: int
    replacement: str


# The placeholder for each kind. Names have three, so that it stays clear who was meant.
REPLACEMENTS = {
    Kind.EMAIL: "[e-mail]",
    Kind.PHONE: "[phone]",
    Kind.CARD: "[card number]",
    Kind.IBAN: "[bank account]",
    Kind.ORDER: "[order number]",
    Kind.HANDLE: "[username]",
    Kind.IP: "[IP address]",
    Kind.COORDINATES: "[place]",
    Kind.NAME: "[name]",
    Kind.PROFILE_LINK: "[profile link]",
}
BUYER = "[buyer]"
CLIENT = "[client]"


def hit(kind: Kind, start: int, end: int) -> Hit:
    """Return a match with the default replacement of its kind."""
    return Hit(kind, start, end, REPLACEMENTS[kind])
