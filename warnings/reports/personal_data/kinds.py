"""What sorts of personal data are looked for, and what one find is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """A sort of personal data; the value is what a person reads."""

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
    """Something personal in a text: from `start` to before `end`, and what to write instead."""

    kind: Kind
    start: int
    end: int
    replacement: str


class Hit(NamedTuple):
    """A find before its place in the original text is known: offsets count in the folded text."""

    kind: Kind
    start: int
    end: int
    replacement: str


# What stands for each kind. Names have three: who was meant stays readable.
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
    """A hit with the usual replacement of its kind."""
    return Hit(kind, start, end, REPLACEMENTS[kind])
