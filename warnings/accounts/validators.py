"""Password validators against passwords that are guessed first."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

LONGEST = 512
# Words that people here would use first; a password must not be made of them and a few signs.
CONTEXT_WORDS = (
    "forewarned freelance freelancer freelancing fiverr upwork peopleperhour toptal guru buyer seller client gig"
    " warning warnings password passwort dingtalk"
).split()
FEWEST_OTHER_CHARACTERS = 6


class NotTooLong:
    """A password of a megabyte would only keep the server busy."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError if the password is too long."""
        if len(password) > LONGEST:
            raise ValidationError(f"Use at most {LONGEST} characters.", code="password_too_long")

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return f"At most {LONGEST} characters."


class NotOfContextWords:
    """`fiverr-freelancer-2026` is among the first things that somebody who knows this site tries."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError if little is left of the password without the words of this place."""
        rest = password.casefold()
        for word in sorted(CONTEXT_WORDS, key=len, reverse=True):
            rest = rest.replace(word, "")
        letters = [character for character in rest if character.isalpha()]
        if len(rest) < len(password) and len(letters) < FEWEST_OTHER_CHARACTERS:
            raise ValidationError("This is made of words that are guessed first here.", code="password_of_context")

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return "Not made of this site's or the marketplaces' names."


class NotBreached:
    """Looks the password up in a file of known breaches that the host has put beside the site; asks nobody.

    The file is the one that Have I Been Pwned publishes for this: SHA-1 hashes in capitals with a count, one a
    line, sorted.
    """

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError if the file has the password."""
        if settings.BREACHED_PASSWORDS and _holds(Path(settings.BREACHED_PASSWORDS), password):
            raise ValidationError("This password is in a list of stolen ones.", code="password_breached")

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return "Not in a list of stolen passwords."


def _holds(path: Path, password: str) -> bool:
    """Whether the sorted file has a line that begins with the password's hash: a search by halves."""
    # SHA-1 is what the list is made of; nothing is protected by it.
    wanted = hashlib.sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest().upper()
    low, high = 0, path.stat().st_size
    with path.open("rb") as file:
        while low < high:
            middle = (low + high) // 2
            file.seek(middle)
            if middle:
                file.readline()
            line = file.readline()
            if not line or line[:40].decode("ascii", "replace").upper() >= wanted:
                high = middle
            else:
                low = middle + 1
        file.seek(low)
        if low:
            file.readline()
        return file.readline()[:40].decode("ascii", "replace").upper() == wanted
