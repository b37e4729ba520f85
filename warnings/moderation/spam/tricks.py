"""Signs of a text that hides from filters, shouts, or says nothing. Pure."""

import re
from collections.abc import Iterator

from moderation.spam.kinds import Feature, feature
from moderation.spam.texts import UNSPACED, Prepared

# A text is tiny below this many words, or this many signs in a script without spaces.
FEWEST_WORDS, FEWEST_SIGNS = 3, 8
# Capitals are counted from this many cased letters on.
FEWEST_LETTERS = 30
_REPEATED = re.compile(r"([^\s\d.\-_=*#])\1{4,}")
_SPINNING = re.compile(r"\{[^{}|\n]{1,60}(?:\|[^{}|\n]{0,60}){1,9}\}")
_SENTENCE = re.compile(r"\w+(?:[,;:'’-]?\s+['\"“]?\w+){4,}")
_SYMBOLS = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf]")


def tricks(ready: Prepared) -> Iterator[Feature]:
    """What a text does to be overlooked by programs or to be seen by people."""
    yield from feature("hidden_signs", min(len(ready.hidden), 4) / 2, f"{len(ready.hidden)}")
    yield from feature("masked_words", min(len(ready.masked), 4) / 2, " ".join(ready.masked[:4]))
    yield from feature("spaced_letters", min(len(ready.spaced), 2), " ".join(ready.spaced[:2]))
    spun = [match[0] for match in _SPINNING.finditer(ready.plain)]
    yield from feature("spinning", min(len(spun), 3), " ".join(spun[:2]))
    repeated = [match[0] for match in _REPEATED.finditer(ready.plain)]
    yield from feature("repeated_signs", min(len(repeated), 2) / 2, " ".join(repeated[:2]))
    symbols = _SYMBOLS.findall(ready.plain)
    yield from feature("symbols", min(max(len(symbols) - 2, 0), 6) / 6, "".join(symbols[:8]))
    yield from _capitals(ready.plain)


def _capitals(plain: str) -> Iterator[Feature]:
    upper = sum(char.isupper() for char in plain)
    cased = upper + sum(char.islower() for char in plain)
    if cased >= FEWEST_LETTERS and upper / cased > 0.7:
        yield from feature("capitals", 1.0, plain)


def emptiness(ready: Prepared, *, narrates: bool, named: bool) -> Iterator[Feature]:
    """That a text is tiny, or speaks neither of anything known here nor in sentences."""
    unspaced = len(UNSPACED.findall(ready.plain))
    if len(ready.words) < FEWEST_WORDS and unspaced < FEWEST_SIGNS:
        yield from feature("tiny", 1.0, ready.plain)
    elif not narrates and not named and not unspaced and not _SENTENCE.search(ready.plain):
        yield from feature("unrelated", 1.0, ready.plain)
