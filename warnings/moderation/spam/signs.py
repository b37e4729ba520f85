"""What in a text speaks for spam or against it, each with words that say so. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from common.folding import fold
from moderation.spam.phrases import AGAINST, PHRASES

MOST_CHARACTERS = 20_000
_LINK = re.compile(r"(?:https?|hxxps?)://[^\s<>()\"']+|\bwww\.[^\s<>()\"']+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![@\w/.-])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|net|org|shop|xyz|top|biz|info|ru|site|online|club|io)\b",
    re.IGNORECASE,
)
_SPELT = re.compile(r"\b\w{1,63}\s{0,3}(?:\(dot\)|\[dot\]| dot )\s*(?:com|net|org|shop)\b", re.IGNORECASE)
_SHORT = re.compile(
    r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|is\.gd|cutt\.ly|ow\.ly|rb\.gy|shorturl\.at|rebrand\.ly)/\S+",
    re.IGNORECASE,
)
_DEEP = re.compile(r"\b(?:t\.me|wa\.me|telegram\.me|chat\.whatsapp\.com|discord\.gg)/\S+", re.IGNORECASE)
_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s{0,3}(?:@|\(at\)|\[at\])\s{0,3}[\w-]{1,63}\s{0,3}(?:\.|\(dot\))\s{0,3}[a-z]{2,}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\+|00)\d[\d ()./-]{7,20}\d")
_MONEY = re.compile(r"[$€£]\s?\d|\d\s?(?:[$€£]|usd|eur|dollars?|btc|usdt)\b", re.IGNORECASE)
_LOUD = re.compile(r"[!]{2,}|[\U0001F300-\U0001FAFF]{2,}")
_REPEATED = re.compile(r"(.)\1{5,}")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


@dataclass(frozen=True)
class Context:
    """What is known beside the text: days since the account began (None without one), whether its address is one
    that is thrown away, how much the same person sent within an hour, and how like it is to something that was
    removed (0 to 1)."""

    account_days: int | None = None
    throwaway_address: bool = False
    sent_lately: int = 0
    likeness: float = 0.0


@dataclass(frozen=True)
class Sign:
    """Something that speaks for spam (a weight above zero) or against it, in words for moderators."""

    name: str
    words: str
    weight: float


def signs_of(text: str, context: Context) -> list[Sign]:
    """The signs of a text in its context; the text is bounded before any work."""
    text = text[:MOST_CHARACTERS]
    found = [*_links(text), *_contact(text), *_phrases(text), *_shape(text), *_around(context)]
    return [sign for sign in found if sign.weight]


def _links(text: str) -> list[Sign]:
    links = _LINK.findall(text)
    bare = [name for name in _BARE.findall(_LINK.sub(" ", text)) if name]
    words = max(1, len(text.split()))
    parts: list[tuple[str, Sequence[str], float, str]] = [
        ("short links", _SHORT.findall(text), 1.8, "Links that hide where they lead: {}"),
        ("spelt links", _SPELT.findall(text), 1.5, "A link that is spelt out: {}"),
        ("invitations", _DEEP.findall(text), 0.7, "An invitation to a chat: {}"),
        ("links", links, 0.5 if len(links) == 1 else 1.2 if len(links) == 2 else 2.2, "Links: {}"),
        ("names of sites", bare if not links else [], 0.4, "Names of sites: {}"),
    ]
    signs = [Sign(name, words_.format(_some(hits)), weight) for name, hits, weight, words_ in parts if hits]
    if links and words / len(links) < 12:
        signs.append(Sign("link density", "More links than words around them", 1.2))
    return signs


def _contact(text: str) -> list[Sign]:
    signs = []
    mails, numbers = _MAIL.findall(text), _NUMBER.findall(text)
    if mails:
        signs.append(Sign("address", f"An address to write to: {_some(mails)}", 0.9))
    if numbers:
        signs.append(Sign("number", f"A number to call: {_some(numbers)}", 0.8))
    if (mails or numbers or _DEEP.search(text)) and _MONEY.search(text):
        signs.append(Sign("money and contact", "Money is promised beside a way to get in touch", 0.6))
    return signs


def _phrases(text: str) -> list[Sign]:
    folded = f" {fold(text)} "
    words = re.sub(r"[^\w$]+", " ", text.casefold())
    signs = []
    for phrase, weight, why in PHRASES:
        if phrase in words or (len(phrase) > 8 and fold(phrase) in folded):
            signs.append(Sign(f"phrase {phrase}", f"{why}: “{phrase}”", weight))
    own = sum(1 for phrase in AGAINST if phrase in words)
    if own:
        signs.append(Sign("own account", "It tells what happened to its writer", -0.7 * min(own, 4)))
    return signs


def _shape(text: str) -> list[Sign]:
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters) / len(letters) if letters else 0
    checks: list[tuple[str, bool, float, str]] = [
        ("capitals", len(letters) > 20 and capitals > 0.5, 1.0, "Mostly capitals"),
        ("loud", bool(_LOUD.search(text)), 0.7, "Exclamation marks or pictures in a row"),
        ("repeated", bool(_REPEATED.search(text)), 0.6, "The same character many times"),
        ("hidden characters", len(_HIDDEN.findall(text)) > 2, 1.2, "Characters that nobody sees"),
        ("tiny", len(text.split()) < 4, 0.3, "Hardly any words"),
        ("long account", len(text.split()) > 45, -0.6, "A long account"),
    ]
    return [Sign(name, words, weight) for name, holds, weight, words in checks if holds]


def _around(context: Context) -> list[Sign]:
    signs = []
    if context.likeness >= 0.3:
        signs.append(Sign("likeness", "Much like something that was removed", 3.0 * context.likeness))
    if context.sent_lately >= 4:
        signs.append(Sign("burst", f"The {context.sent_lately + 1}th within an hour", 0.9))
    if context.throwaway_address:
        signs.append(Sign("throwaway address", "The account's address is of a service for throwing away", 0.7))
    if context.account_days is not None and context.account_days < 1:
        signs.append(Sign("new account", "The account is of today", 0.3))
    return signs


def _some(hits: Sequence[str]) -> str:
    return ", ".join(hit.strip()[:60] for hit in hits[:3])
