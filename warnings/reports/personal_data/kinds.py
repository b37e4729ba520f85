"""What sorts of personal data are looked for, and what one find is."""

from dataclasses import dataclass
from enum import StrEnum


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
