"""Features of texts that evade filters, shout, or say nothing. Pure."""

import re
from collections.abc import Iterator

from moderation.spam.kinds import Feature, feature
from moderation.spam.texts import UNSPACED, Prepared

# A text with fewer words, or fewer characters in a script without spaces, is tiny.
FEWEST_WORDS, FEWEST_SIGNS = 3, 8
# The fewest cased letters for which capitals are counted.
FEWEST_LETTERS = 30
_REPEATED = re.compile(r"([^\s\d.\-_=*#])\1{4,}")
_SPINNING = re.compile(r"\{[^{}|\n]{1,60}(?:\|[^{}|\n]{0,60}){1,9}\}")
_SENTENCE = re.compile(r"\w+(?:[,;:'’-]?\s+['\"“]?\w+){4,}")
_SYMBOLS = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf]")


def tricks(ready: Prepared) -> Iterator[Feature]:
    """Yield features of evading filters or attracting attention."""
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
    """Yield a feature if a text is tiny, or has neither known names nor sentences."""
    unspaced = len(UNSPACED.findall(ready.plain))
    if len(ready.words) < FEWEST_WORDS and unspaced < FEWEST_SIGNS:
        yield from feature("tiny", 1.0, ready.plain)
    elif not narrates and not named and not unspaced and not _SENTENCE.search(ready.plain):
        yield from feature("unrelated", 1.0, ready.plain)
