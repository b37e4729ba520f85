"""Password validators against commonly guessed passwords."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

LONGEST = 512
# Words that are likely in passwords here. A password must not consist of them and a few other characters.
CONTEXT_WORDS = (
    "forewarned freelance freelancer freelancing fiverr upwork peopleperhour toptal guru buyer seller client gig"
    " warning warnings password passwort dingtalk"
).split()
FEWEST_OTHER_CHARACTERS = 6


class NotTooLong:
    """Reject very long passwords, which are expensive to hash."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError if the password is too long."""
        if len(password) > LONGEST:
            raise ValidationError(f"Use at most {LONGEST} characters.", code="password_too_long")

    def get_help_text(self) -> str:
        """Return the rule as a sentence."""
        return f"At most {LONGEST} characters."


class NotOfContextWords:
    """Reject passwords made of words that an attacker who knows the site would try first."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError if the password consists mostly of words related to the site."""
        rest = password.casefold()
        for word in sorted(CONTEXT_WORDS, key=len, reverse=True):
            rest = rest.replace(word, "")
        letters = [character for character in rest if character.isalpha()]
        if len(rest) < len(password) and len(letters) < FEWEST_OTHER_CHARACTERS:
            raise ValidationError("This is made of words that are guessed first here.", code="password_of_context")

    def get_help_text(self) -> str:
        """Return the rule as a sentence."""
        return "Not made of this site's or the marketplaces' names."


class NotBreached:
    """Reject passwords found in a local file of breached passwords; no network request is made.

    The file is the one that Have I Been Pwned publishes: one upper-case SHA-1 hash per line, with a count, sorted.
    """

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError if the file contains the password."""
        if settings.BREACHED_PASSWORDS and _holds(Path(settings.BREACHED_PASSWORDS), password):
            raise ValidationError("This password is in a list of stolen ones.", code="password_breached")

    def get_help_text(self) -> str:
        """Return the rule as a sentence."""
        return "Not in a list of stolen passwords."


def _holds(path: Path, password: str) -> bool:
    """Return whether the sorted file contains the password's hash, by binary search."""
    # The list uses SHA-1; it does not protect anything here.
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
