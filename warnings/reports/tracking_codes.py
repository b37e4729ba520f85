"""Tracking codes, by which people without an account find their report again. Pure.

Six words of seven letters that can be read out, made of consonants and vowels in turn: four bits for each of the four
consonants and two for each of the three vowels are 22 bits a word, 132 bits in all. Stored as a hash only.
"""

import hashlib
import hmac
import re

WORDS, LETTERS = 6, 7
_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_WORD_BITS = 22


def code_of(secret: bytes, *context: str) -> str:
    """The code that a browser's secret and a submission's key give: the same again when the answer was lost."""
    digest = hmac.new(secret, "\n".join(("tracking code", *context)).encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest)
    words = []
    for _ in range(WORDS):
        words.append(_word(number & (1 << _WORD_BITS) - 1))
        number >>= _WORD_BITS
    return "-".join(words)


def normalised(typed: str) -> str:
    """A code as somebody typed it, in the one form that is hashed; empty if it can be no code."""
    letters = re.sub(r"[^a-z]", "", typed.casefold()) if len(typed) < 200 else ""
    if len(letters) != WORDS * LETTERS:
        return ""
    return "-".join(letters[start : start + LETTERS] for start in range(0, len(letters), LETTERS))


def hash_of(code: str) -> str:
    """What is stored of a normalised code. It has 132 bits, so that a plain hash cannot be turned back."""
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
