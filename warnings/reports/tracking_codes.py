"""Tracking codes, with which people without an account access their report. Pure.

Six pronounceable words of seven letters, alternating consonants and vowels: four bits for each of the four consonants
and two for each of the three vowels make 22 bits per word, 132 bits in total. Only a hash is stored.
"""

import hashlib
import hmac
import re

WORDS, LETTERS = 6, 7
_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_WORD_BITS = 22


def code_of(secret: bytes, *context: str) -> str:
    """Return the code for a browser's secret and a submission key.

    The code is deterministic, so it can be shown again if the response was lost.
    """
    digest = hmac.new(secret, "\n".join(("tracking code", *context)).encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest)
    words = []
    for _ in range(WORDS):
        words.append(_word(number & (1 << _WORD_BITS) - 1))
        number >>= _WORD_BITS
    return "-".join(words)


def normalised(typed: str) -> str:
    """Return a typed code in canonical form, or an empty string if it cannot be a code."""
    letters = re.sub(r"[^a-z]", "", typed.casefold()) if len(typed) < 200 else ""
    if len(letters) != WORDS * LETTERS:
        return ""
    return "-".join(letters[start : start + LETTERS] for start in range(0, len(letters), LETTERS))


def hash_of(code: str) -> str:
    """Return the stored hash of a canonical code; with 132 random bits, a plain hash is sufficient."""
    return hashlib.sha256(f"tracking:{code}".encode()).hexdigest()


def _word(bits: int) -> str:
    letters = []
    for place in range(LETTERS):
        if place % 2:
            letters.append(_VOWELS[bits & 3])
            bits >>= 2
        else:
            letters.append(_CONSONANTS[bits & 15])
            bits >>= 4
    return "".join(letters)
