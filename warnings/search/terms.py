"""Split text into index terms, with the same pure function for the index and the query.

Words are folded (case, accents, width) and stemmed as English; scripts without spaces are split into overlapping
pairs of characters, with traditional Han converted to simplified. Terms are ASCII, so that both databases store them
unchanged: other terms are encoded as the hexadecimal of their UTF-8 with the prefix `x`.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from Stemmer import Stemmer

from common.text import han
from common.text.folding import fold

# Longer words are noise (base64, keys), and both databases limit the length.
LONGEST_TERM = 40
SHORTEST_BEGINNING, LONGEST_BEGINNING = 3, 8
_STEMMER = Stemmer("english", 0)
# Scripts without spaces between words: Han, kana, Thai, Lao, Myanmar, Khmer.
_UNSPACED = (
    r"\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)


def _marks() -> str:
    """Return combining marks, which belong to the preceding letter, as ranges for a character class."""
    marks = dict.fromkeys(code for code in range(0x300, 0x10000) if unicodedata.category(chr(code)) in {"Mn", "Mc"})
    ends = [code for code in marks if code + 1 not in marks]
    starts = [code for code in marks if code - 1 not in marks]
    return "".join(f"\\u{start:04x}-\\u{end:04x}" for start, end in zip(starts, ends, strict=True))


# Invisible characters inside a word: joiners, as in Persian and Hindi, soft hyphens and directional marks.
_JOINERS = re.compile("[\u00ad\u061c\u200b-\u200f\u2060\ufeff]+")
_JOINED = rf"(?:{_JOINERS.pattern}(?=[^\W_]))?"
_PIECE = re.compile(
    rf"[{_UNSPACED}]+(?:{_JOINERS.pattern}[{_UNSPACED}]+)*"
    rf"|(?:(?![{_UNSPACED}])[^\W_](?:['’](?=[a-z]))?[{_marks()}]*{_JOINED})+"
)
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
# Stop words, left out of queries but kept in the index for phrases.
COMMON = frozenset(
    "a about after again all also am an and any are as at be because been before being but by can could did do "
    "does doing don dont down during each few for from further had has have having he her here hers him his "
    "how i if in into is it its itself just me more most my no nor not now of off on once only or other our "
    "out over own same she should so some such t than that thats the their them then there these they this "
    "those through to too under until up very was we were what when where which while who whom why will with "
    "would you your yours s ll re ve m d im".split()
)


@dataclass(frozen=True)
class Term:
    """A term and its position in the text: from `start` up to, but not including, `end`, in characters.

    `common` terms are stop words; `parts` are those of a word that is also written with spaces where it has joiners.
    """

    text: str
    start: int
    end: int
    common: bool = False
    parts: tuple[str, ...] = ()


def terms(text: str) -> list[Term]:
    """Return the terms of `text`, in order."""
    found: list[Term] = []
    for match in _PIECE.finditer(text):
        piece = match.group()
        if _IS_UNSPACED.match(piece):
            found.extend(_pairs(piece, match.start()))
        else:
            term, common = _term(piece)
            if term:
                found.append(Term(term, match.start(), match.end(), common, _parts(piece)))
    return found


def unspaced_runs(text: str) -> list[str]:
    """Return the runs of `text` in scripts without spaces, which may contain names."""
    return [piece for piece in _PIECE.findall(text) if _IS_UNSPACED.match(piece)]


def index_terms(text: str) -> list[str]:
    """Return the terms of `text` for the index, including the single characters of each unspaced run.

    The parts of words with joiners come last, where they separate no words of a phrase.
    """
    found: list[str] = []
    parts: list[str] = []
    for match in _PIECE.finditer(text):
        piece = match.group()
        if _IS_UNSPACED.match(piece):
            run = _simplified(unicodedata.normalize("NFKC", _JOINERS.sub("", piece)))
            found.extend(encoded(part) for part in (*_cut(run), *dict.fromkeys(run if len(run) > 1 else "")))
        elif term := _term(piece)[0]:
            found.append(term)
            parts.extend(_parts(piece))
    return found + parts


def beginnings(text: str) -> list[str]:
    """Return prefixes of words with SHORTEST_BEGINNING to LONGEST_BEGINNING letters, for suggestions."""
    words = (fold(match.group()) for match in _PIECE.finditer(text))
    lengths = range(SHORTEST_BEGINNING, LONGEST_BEGINNING + 1)
    return list(dict.fromkeys(word[:n] for word in words if word.isascii() for n in lengths if n <= len(word)))


def _parts(word: str) -> tuple[str, ...]:
    parts = [part for part in _JOINERS.split(word) if part]
    return tuple(term for part in parts if (term := _term(part)[0])) if len(parts) > 1 else ()


@lru_cache(maxsize=200_000)
def _term(word: str) -> tuple[str, bool]:
    folded = fold(word.replace("'", "").replace("’", ""))[:LONGEST_TERM]
    if not folded.isascii():
        return encoded(folded), False
    return _STEMMER.stemWord(folded), folded in COMMON


def _pairs(run: str, start: int) -> list[Term]:
    simplified = _simplified(unicodedata.normalize("NFKC", _JOINERS.sub("", run)))
    if len(simplified) != len(run):
        # A compatibility character expanded to several, or joiners are gone, so use the offsets of the whole run.
        return [Term(encoded(pair), start, start + len(run)) for pair in _cut(simplified)]
    return [Term(encoded(pair), start + at, start + at + len(pair)) for at, pair in enumerate(_cut(simplified))]


def _cut(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(max(1, len(run) - 1))]


@lru_cache(maxsize=20_000)
def _simplified(run: str) -> str:
    return han.simplified(run)


def encoded(text: str) -> str:
    """Return a term as ASCII; prefixes of the term give prefixes of the result."""
    return "x" + text.encode("utf-8", "ignore").hex()[: 2 * LONGEST_TERM]
