"""Two thousand labelled texts, half of them spam, put together from hand-written parts with a seed.

The parts in `*_held_out.yaml` were written before the phrases and weights were chosen, and are for judging alone.
"""

import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from common.text.folding import fold
from moderation.spam.kinds import Context

PARTS = Path(__file__).parent / "parts"
SEED = 24
TUNED, HELD_OUT = 700, 300

TOOLS = [
    "DingTalk",
    "Hubstaff",
    "Time Doctor",
    "Zoom",
    "AnyDesk",
    "Slack",
    "Lark",
    "Teramind",
    "TeamViewer",
    "an app of theirs",
]
MARKETS = ["Upwork", "Fiverr", "Freelancer.com", "the marketplace", "PeoplePerHour", "Workana"]
MESSENGERS = ["WhatsApp", "Telegram", "Signal", "WeChat", "Skype"]
MONTHS = ["January", "March", "summer 2025", "May", "October"]
HEROES = [
    "Cyber Genie",
    "Wizard Hilton",
    "Asset Rescue Specialist",
    "Tech Reclaim",
    "Captain Web Genesis",
    "Alpha Recovery Experts",
]
NAMES = ["brief-files", "upwork-verify", "jobportal", "acme-hiring", "cloud-docs", "taskpay"]
SPAM_NAMES = [
    "luckywin",
    "topdeals",
    "bestseo4u",
    "fastcash",
    "megabet",
    "quickessay",
    "promarket",
    "shopverified",
    "rankboost",
    "pillstore",
]
ENDINGS = ["com", "net", "top", "xyz", "site", "online", "club", "info", "shop"]
DISPOSABLE = ["mailinator.com", "yopmail.com", "guerrillamail.com"]
USUAL = ["gmail.com", "outlook.com", "web.de", "example.org", ""]
KNOWN = frozenset(fold(name) for name in [*TOOLS[:-1], *MARKETS])


@dataclass(frozen=True)
class Labelled:
    """A text with what is known of its sender, whether it is spam, and the family of its parts."""

    text: str
    context: Context
    spam: bool
    family: str


@cache
def tuned() -> list[Labelled]:
    """What phrases and weights were chosen by: 700 of each kind."""
    return _made("spam", TUNED, spam=True) + _made("fair", TUNED, spam=False)


@cache
def held_out() -> list[Labelled]:
    """What they were judged by: 300 of each kind, of other parts."""
    return _made("spam_held_out", HELD_OUT, spam=True) + _made("fair_held_out", HELD_OUT, spam=False)


def _made(name: str, count: int, *, spam: bool) -> list[Labelled]:
    families = yaml.safe_load((PARTS / f"{name}.yaml").read_text(encoding="utf-8"))
    chance = random.Random(f"{SEED} {name}")
    texts: dict[str, Labelled] = {}
    tries = 0
    while len(texts) < count and (tries := tries + 1) < count * 200:
        family = families[tries % len(families)]
        text = _filled(chance.choice(family["patterns"]), family["slots"], chance)
        text = (_disguised if family.get("obfuscate") else _styled)(text, chance, spam=spam)
        texts.setdefault(text, Labelled(text, _context(chance, spam=spam), spam, family["name"]))
    assert len(texts) == count
    return list(texts.values())


def _filled(pattern: str, slots: dict[str, list[str]], chance: random.Random) -> str:
    """The pattern with its slots filled; what stands in <{a|b}> stays as a robot forgot it."""

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        return _filled(chance.choice(slots[name]), slots, chance) if name in slots else _common(name, chance)

    return re.sub(r"\{(\w+)\}", fill, pattern).replace("<{", "{").replace("}>", "}")


def _common(name: str, chance: random.Random) -> str:
    domain = f"{chance.choice(NAMES)}-{chance.randint(1, 99)}.{chance.choice(ENDINGS)}"
    spamhost = f"{chance.choice(SPAM_NAMES)}{chance.randint(1, 999)}.{chance.choice(ENDINGS)}"
    digits = str(chance.randint(10**10, 10**11))
    made: dict[str, Any] = {
        "tool": TOOLS, "market": MARKETS, "messenger": MESSENGERS, "month": MONTHS, "hero": HEROES,
        "money": [f"${chance.randint(20, 900)}", f"{chance.randint(1, 9)},{chance.randint(100, 999)} USD", f"{chance.randint(50, 3000)} €", f"₹{chance.randint(2, 90)}000"],
        "domain": [domain], "link": [f"https://{domain}/{chance.randint(1, 9999)}", f"http://{domain}", domain, f"https://bit.ly/{chance.randint(1000, 9999)}"],
        "defanged": [f"hxxps://{domain}", domain.replace(".", "[.]")],
        "spamhost": [spamhost], "spamhost2": [f"www.{spamhost}"], "short": ["bit.ly", "tinyurl.com", "cutt.ly"],
        "obscured": [spamhost.replace(".", " dot "), f"hxxp://{spamhost}", spamhost.replace(".", " . "), f"https://{spamhost}"],
        "mail": [f"{chance.choice(SPAM_NAMES)}{chance.randint(1, 99)}@{chance.choice(['gmail.com', 'consultant.com', 'proton.me'])}"],
        "phone": [f"+1 {digits[:3]} {digits[3:6]} {digits[6:10]}", f"+{digits}", f"+1-{digits[:3]}-{digits[3:6]}-{digits[6:10]}"],
        "digits": [digits], "handle": [f"{chance.choice(SPAM_NAMES)}_{chance.randint(1, 99)}"], "n": [str(chance.randint(1, 9999))],
    }  # fmt: skip
    return str(chance.choice(made[name]))


def _styled(text: str, chance: random.Random, *, spam: bool) -> str:
    """As different people type: without capitals, without stops, loud, with slips, with quotes."""
    style = chance.random()
    if style < 0.12 and "http" not in text:
        return text.lower()
    if style < 0.18:
        return text.replace(". ", " ").rstrip(".")
    if style < 0.24:
        return text + chance.choice(["!!", "!!!", " :(" if not spam else " 💰💰", "..."])
    if style < 0.28:
        return text.upper()
    if style < 0.34:
        return text.replace(". ", ".\n")
    if style < 0.40 and not spam:
        return f"> {text}\n\nThat is what I wrote to support, nothing since."
    return text


LOOKALIKES = str.maketrans({"a": "а", "e": "е", "o": "о", "c": "с", "p": "р"})
LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0"})


def _disguised(text: str, chance: random.Random, *, spam: bool) -> str:
    """With one of the tricks that hide words from filters, or without."""
    words = text.split(" ")
    trick = chance.choice(["zero width", "look-alikes", "leet", "spaced", "full width", "none", "none"])
    for n, word in enumerate(words):
        if not word.isalpha() or len(word) < 4 or chance.random() < 0.4:
            continue
        if trick == "zero width":
            words[n] = word[:2] + "\u200b" + word[2:]
        elif trick == "look-alikes":
            words[n] = word[0] + word[1:].translate(LOOKALIKES)
        elif trick == "leet":
            words[n] = word[0] + word[1:].translate(LEET)
        elif trick == "spaced":
            words[n] = " ".join(word)
        elif trick == "full width":
            words[n] = "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in word)
    return " ".join(words)


def _context(chance: random.Random, *, spam: bool) -> Context:
    """Much alike for both kinds, so that the texts have to tell them apart."""
    anonymous = chance.random() < 0.6
    return Context(
        names=KNOWN,
        anonymous=anonymous,
        account_days=None if anonymous else chance.choice([0, 3, 20, 400] if not spam else [0, 0, 3, 20]),
        sent_lately=chance.choice([0, 0, 0, 1, 2]) if not spam else chance.choice([0, 0, 0, 1, 2, 4, 9]),
        email_domain=chance.choice([*USUAL, *USUAL, *USUAL, *USUAL, *DISPOSABLE]) if spam else chance.choice(USUAL),
    )
