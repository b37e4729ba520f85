"""Parse a query: names, links, words to find and words to exclude."""

import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from common.text.commas import COMMAS
from common.text.folding import fold
from search.names.variants import Forms, forms, plain_letters
from search.terms import Term, terms, unspaced_runs

MAX_QUERY = 500
MAX_WORDS = 80
# "Microsoft Teams" has two words, "GoTo Meeting and GoTo Resolve" five.
LONGEST_NAME = 5
SHORTEST_WORD = 2
MAX_LINKS = 3
MAX_GROUPS = 12
# This many single letters in a row are a spaced-out word.
SPACED_OUT = 3
# What people write between names, in any script; a sign within a word only between two names (`DingTalk+WeChat`), and
# the full stop of Chinese not before a Latin letter, where it belongs to a domain.
_BETWEEN = re.compile(
    r"[/|()\[\]{}…—–:;；：（）【】「」『』《》〈〉｜／！？" + COMMAS + r"]+|(?<=\w\w)[+＋·・](?=\w\w)|。(?![A-Za-z])"
)
_QUOTED = re.compile(r'(-?)["“”„«»]([^"“”„«»]*)["“”„«»]')
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,39}):(?:(//)|(?=[^\s:]))", re.ASCII)
_OPERATORS = frozenset({"and", "or", "not", "near"})


@dataclass(frozen=True)
class Phrase:
    """Consecutive words of the query, with name variants, position, and whether they are the whole query."""

    text: str
    forms: Forms
    start: int
    words: int
    whole: bool


@dataclass(frozen=True)
class Clause:
    """A required or excluded sequence of terms; `others` are synonyms."""

    terms: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Query:
    """A parsed query.

    `schemes` begin its links to apps, each with whether `//` follows: `tg://resolve` is one, `note:this` may be none.
    """

    text: str
    folded: str
    words: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    runs: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    schemes: tuple[tuple[str, bool], ...] = ()
    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()
    terms: tuple[Term, ...] = field(default=(), repr=False)
    # Characters in the middle of a very long text that are not searched for.
    left_out: int = 0

    @property
    def exact(self) -> bool:
        """Whether the query has quotes or exclusions."""
        return bool(self.unwanted) or any(len(wanted.terms) > 1 for wanted in self.wanted)


def parse(raw: str) -> Query:
    """Parse a query of any length and content. Never raises; meaningless text folds to an empty string.

    Of a very long text, such as a pasted message, the beginning and the end are searched for: what its sender wants
    stands at the end.
    """
    # PostgreSQL rejects NUL, control characters are invisible, and lone surrogates cannot be stored.
    kept = (" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in _ends(raw, MAX_QUERY * 5))
    typed = " ".join("".join(kept).split())
    text = _ends(typed, MAX_QUERY)
    wanted, unwanted, plain = _wanted(plain_letters(text))
    words = _words(plain)
    return Query(
        text=text,
        folded=fold(plain),
        words=tuple(fold(word) for word in words),
        phrases=_phrases(words, fold(plain)),
        runs=tuple(fold(run) for run in unspaced_runs(plain)),
        links=_links(text),
        schemes=_schemes(text),
        wanted=wanted,
        unwanted=unwanted,
        terms=tuple(terms(plain)),
        left_out=max(len(typed), len(raw.strip()) if len(raw) > MAX_QUERY * 5 else 0) - len(text),
    )


def _ends(text: str, most: int) -> str:
    """Return a text, or its beginning and its end if it is longer than `most`, cut between words."""
    if len(text) <= most:
        return text
    half = (most - 1) // 2
    beginning, end = text[:half], text[-half:]
    if " " in beginning and " " in end:
        beginning, end = beginning.rpartition(" ")[0], end.partition(" ")[2]
    return f"{beginning} {end}".strip()


def _wanted(text: str) -> tuple[tuple[Clause, ...], tuple[Clause, ...], str]:
    """Return required and excluded clauses, quoted phrases first, and the text without operators."""
    wanted: list[Clause] = []
    unwanted: list[Clause] = []
    plain: list[str] = []
    position = 0
    for match in _QUOTED.finditer(text):
        _single(text[position : match.start()], wanted, unwanted, plain)
        position = match.end()
        found = tuple(term.text for term in terms(match.group(2)))
        if found:
            (unwanted if match.group(1) else wanted).append(Clause(found))
        if not match.group(1):
            plain.append(match.group(2))
    _single(text[position:], wanted, unwanted, plain)
    once, never = (tuple(dict.fromkeys(found))[:MAX_GROUPS] for found in (wanted, unwanted))
    return once, never, " ".join(" ".join(plain).split())


def _single(text: str, wanted: list[Clause], unwanted: list[Clause], plain: list[str]) -> None:
    for word in text.split():
        minus = len(word) > 1 and word[0] == "-" and word[1].isalnum()
        found = [term for term in terms(word) if not term.common]
        if minus:
            unwanted.extend(Clause((term.text,)) for term in found)
        else:
            plain.append(word)
            if word.casefold() not in _OPERATORS:
                wanted.extend(_clause(term) for term in found)


def _clause(term: Term) -> Clause:
    """Return a clause for a term; a word with joiners may be written with spaces instead."""
    return Clause((term.text,), (term.parts,) if term.parts else ())


def _words(text: str) -> list[str]:
    """Split text into words as `fold_words` does, joining spaced-out letters."""
    words: list[str] = []
    letters: list[str] = []
    # A symbol in a word may be a disguised letter, so split at spaces first and normalize afterwards.
    for word in [*_at_both_ends(text.split()), ""]:
        if len(fold(word)) == 1 and len(word) == 1 and word.isalpha():
            letters.append(word)
            continue
        words.extend(["".join(letters)] if len(letters) >= SPACED_OUT else letters)
        letters = []
        if word:
            words.extend(_parts(word))
    return _at_both_ends(words)


def _at_both_ends(words: list[str]) -> list[str]:
    return words if len(words) <= MAX_WORDS else words[: MAX_WORDS // 2] + words[-(MAX_WORDS // 2) :]


def _parts(word: str) -> list[str]:
    """Return a word, or its parts if symbols join several ("teams/zoom").

    A disguise such as `wh@tsapp` is one word.
    """
    if _BETWEEN.search(word) and "." not in word:
        return [part for part in _BETWEEN.split(word) if fold(part)]
    return [word] if fold(word) else []


def _phrases(words: list[str], folded: str) -> tuple[Phrase, ...]:
    """Return the whole query, then every run of up to LONGEST_NAME words, longest first."""
    found: dict[tuple[str, str], Phrase] = {}
    for length in range(len(words), 0, -1):
        if LONGEST_NAME < length < len(words):
            continue
        for start in range(len(words) - length + 1):
            text = " ".join(words[start : start + length])
            has = forms(text)
            if len(has.folded) >= SHORTEST_WORD or (has.folded and not has.folded.isascii()):
                phrase = Phrase(text, has, start, length, has.folded == folded)
                found.setdefault((has.folded, has.look), phrase)
    return tuple(found.values())


def _links(text: str) -> tuple[str, ...]:
    """Return hosts and first path segments of pasted links: `https://t.me/abc` -> `t.me/abc`."""
    found = (_link(word) for word in text.split() if re.search(r"\w\.\w", word))
    return tuple(dict.fromkeys(link for link in found if link))[:MAX_LINKS]


def _schemes(text: str) -> tuple[tuple[str, bool], ...]:
    """Return the schemes of words such as `dingtalk://chat` and `skype:name`, and whether `//` follows."""
    found = (_SCHEME.match(word.strip("\"'<>()[],;!?").lower()) for word in text.split())
    return tuple(dict.fromkeys((match[1], bool(match[2])) for match in found if match))[:MAX_LINKS]


def _link(word: str) -> str:
    word = word.strip("\"'<>()[],;!?").lower()
    try:
        # Only the beginning tells: another link may stand in the query of one that is written without "https".
        parts = urlsplit(word if re.match(r"[a-z]+://", word) else f"//{word}")
        host = parts.hostname or ""
    except ValueError:
        return ""
    return f"{host.removeprefix('www.')}/{parts.path.strip('/').split('/')[0]}".rstrip("/")
