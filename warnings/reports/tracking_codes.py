"""Tracking codes, with which people without an account access their report. Pure.

Ten words of the EFF's large list, which are easy to write down and to read out: 129 bits. Only a hash is stored.
Codes made before had six pronounceable words of seven letters, and still work.
"""

import hashlib
import hmac
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

WORDS = 10
LONGEST_TYPED = 500
_LINES = Path(__file__).with_name("tracking_words.txt").read_text(encoding="utf-8").splitlines()
# Without the four words with a hyphen. No word begins with another one, so that a code needs no separators.
WORD_LIST = tuple(word for word in _LINES if word.isalpha())
_WORDS = frozenset(WORD_LIST)
_LENGTHS = range(min(map(len, WORD_LIST)), max(map(len, WORD_LIST)) + 1)
# The address of a page that a code leads to, as it is copied from a browser.
_ADDRESS = re.compile(r"/(?:track|notice)/([^/?#\s]+)")

_OLD_WORDS, _OLD_LETTERS, _OLD_WORD_BITS = 6, 7, 22
_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_OLD_CODE = re.compile(f"(?:(?:[{_CONSONANTS}][{_VOWELS}]){{3}}[{_CONSONANTS}]){{{_OLD_WORDS}}}")


def code_of(secret: bytes, *context: str) -> str:
    """Return the code for a browser's secret and a submission key.

    The code is deterministic, so it can be shown again if the response was lost.
    """
    number, words = _number(secret, context), []
    for _ in range(WORDS):
        number, place = divmod(number, len(WORD_LIST))
        words.append(WORD_LIST[place])
    return "-".join(words)


def codes_of(secret: bytes, *context: str) -> tuple[str, str]:
    """Return the code, and the one that was made for the same before codes were words of a list."""
    number, words = _number(secret, context), []
    for _ in range(_OLD_WORDS):
        words.append(_old_word(number & (1 << _OLD_WORD_BITS) - 1))
        number >>= _OLD_WORD_BITS
    return code_of(secret, *context), "-".join(words)


def normalised(typed: str) -> str:
    """Return a typed code in canonical form, or an empty string if it cannot be a code.

    Accepts capitals, any or no separators, numbered words, full-width letters, and the address of the page that the
    code leads to.
    """
    if len(typed) > LONGEST_TYPED:
        return ""
    plain = unicodedata.normalize("NFKC", unquote(typed))
    if address := _ADDRESS.search(plain):
        plain = address.group(1)
    letters = re.sub(r"[^a-z]", "", plain.casefold())
    words = _split(letters)
    if len(words) == WORDS:
        return "-".join(words)
    if _OLD_CODE.fullmatch(letters):
        return "-".join(letters[start : start + _OLD_LETTERS] for start in range(0, len(letters), _OLD_LETTERS))
    return ""


def hash_of(code: str) -> str:
    """Return the stored hash of a canonical code; with 129 random bits, a plain hash is sufficient."""
    return hashlib.sha256(f"tracking:{code}".encode()).hexdigest()


def _number(secret: bytes, context: tuple[str, ...]) -> int:
    digest = hmac.new(secret, "\n".join(("tracking code", *context)).encode(), hashlib.sha256).digest()
    return int.from_bytes(digest)


def _split(letters: str) -> list[str]:
    """Split letters into words of the list; return an empty list if that is not possible."""
    words: list[str] = []
    place = 0
    while place < len(letters):
        word = next((found for size in _LENGTHS if (found := letters[place : place + size]) in _WORDS), "")
        if not word:
            return []
        words.append(word)
        place += len(word)
    return words


def _old_word(bits: int) -> str:
    letters = []
    for place in range(_OLD_LETTERS):
        if place % 2:
            letters.append(_VOWELS[bits & 3])
            bits >>= 2
        else:
            letters.append(_CONSONANTS[bits & 15])
            bits >>= 4
    return "".join(letters)
