"""Parse a query: names, links, words to find and words to exclude."""

import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from common.text.folding import fold
from search.names.variants import Forms, forms, plain_letters
from search.terms import Term, terms, unspaced_runs

MAX_QUERY = 500
MAX_WORDS = 80
# "Microsoft Teams" is two words, "GoTo Meeting and GoTo Resolve" five.
LONGEST_NAME = 5
SHORTEST_WORD = 2
MAX_LINKS = 3
MAX_GROUPS = 12
# Single letters in a row from this many on are a word that somebody spaced out.
SPACED_OUT = 3
_QUOTED = re.compile(r'(-?)["“”„«»]([^"“”„«»]*)["“”„«»]')
_OPERATORS = frozenset({"and", "or", "not", "near"})


@dataclass(frozen=True)
class Phrase:
    """A run of words of the query: its text, its name variants, its position, and whether it is the whole query."""

    text: str
    forms: Forms
    start: int
    words: int
    whole: bool


@dataclass(frozen=True)
class Clause:
    """What a text must hold, or must not: terms one behind the other; `others` are words for the same thing."""

    terms: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Query:
    """A cleaned query."""

    text: str
    folded: str
    words: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    runs: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()
    terms: tuple[Term, ...] = field(default=(), repr=False)

    @property
    def exact(self) -> bool:
        """Whether quotes or a minus say exactly what must stand there."""
        return bool(self.unwanted) or any(len(wanted.terms) > 1 for wanted in self.wanted)


def parse(raw: str) -> Query:
    """Clean a query of any length and content; nothing makes it fail, and nonsense folds to nothing."""
    # Control characters would be refused by PostgreSQL (NUL) or hide in the page; a cut surrogate cannot be stored.
    kept = (" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in raw[: MAX_QUERY * 5])
    text = " ".join("".join(kept).split())[:MAX_QUERY].strip()
    wanted, unwanted, plain = _wanted(plain_letters(text))
    words = _words(plain)
    return Query(
        text=text,
        folded=fold(plain),
        words=tuple(fold(word) for word in words),
        phrases=_phrases(words, fold(plain)),
        runs=tuple(fold(run) for run in unspaced_runs(plain)),
        links=_links(text),
        wanted=wanted,
        unwanted=unwanted,
        terms=tuple(terms(plain)),
    )


def _wanted(text: str) -> tuple[tuple[Clause, ...], tuple[Clause, ...], str]:
    """Quoted phrases and minus words, then the other words one by one; and the text without its signs."""
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
                wanted.extend(Clause((term.text,)) for term in found)


def _words(text: str) -> list[str]:
    """The words as typed, cut where `fold_words` cuts; letters that were spaced out are put together."""
    words: list[str] = []
    letters: list[str] = []
    # A sign inside a word may be a disguised letter, so words are cut at spaces first and cleaned by their forms.
    for word in [*text.split()[:MAX_WORDS], ""]:
        if len(fold(word)) == 1 and len(word) == 1 and word.isalpha():
            letters.append(word)
            continue
        words.extend(["".join(letters)] if len(letters) >= SPACED_OUT else letters)
        letters = []
        if word:
            words.extend(_parts(word))
    return words[:MAX_WORDS]


def _parts(word: str) -> list[str]:
    """A word, or its parts where signs tie several together ("teams/zoom"); a disguise such as `wh@tsapp` is one."""
    if re.search(r"[/,;:|()\[\]{}…—–]", word) and "." not in word:
        return [part for part in re.split(r"[/,;:|()\[\]{}…—–]+", word) if fold(part)]
    return [word] if fold(word) else []


def _phrases(words: list[str], folded: str) -> tuple[Phrase, ...]:
    """Every run of up to LONGEST_NAME words, longest runs first; the whole query first of all."""
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
    """Hosts and first parts of the paths of pasted links: `https://t.me/abc` -> `t.me/abc`."""
    found = (_link(word) for word in text.split() if re.search(r"\w\.\w", word))
    return tuple(dict.fromkeys(link for link in found if link))[:MAX_LINKS]


def _link(word: str) -> str:
    word = word.strip("\"'<>()[],;!?").lower()
    try:
        # Only the beginning tells: another link may stand in the query of one that is written without "https".
        parts = urlsplit(word if re.match(r"[a-z]+://", word) else f"//{word}")
        host = parts.hostname or ""
    except ValueError:
        return ""
    return f"{host.removeprefix('www.')}/{parts.path.strip('/').split('/')[0]}".rstrip("/")
