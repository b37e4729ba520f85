"""Synonyms for describing tools, as groups of stems."""

from functools import lru_cache

from search.terms import index_terms

GROUPS = (
    "phone call telephone ring dial",
    "boss employer manager supervisor company administrator admin owner",
    "screenshot screencap screengrab capture",
    "picture photo image selfie",
    "record recording log capture",
    "track tracking monitor monitoring spy surveil surveillance watch snoop",
    "location gps whereabouts geolocation position",
    "camera webcam video",
    "microphone mic audio listen",
    "keystroke keylogger typing keyboard keys",
    "delete erase wipe remove vanish disappear unsend recall retract",
    "message chat text dm sms",
    "talk conversation chat contact communication",
    "platform marketplace fiverr upwork",
    "stranger somebody someone anybody other",
    "destroy destruct expire",
    "worker employee freelancer staff",
    "score rating rank",
    "online presence status available",
    "read seen opened receipt unread unanswered ignore",
    "remote control takeover steer",
    "computer pc laptop desktop device machine",
    "hidden hide hides secret invisible stealth covert silently",
    "pay payment money paid wallet",
    "deduct deduction unpaid docked",
    "identity id passport document",
    "number sim",
    "contact contacts addressbook",
    "idle inactive inactivity activity active",
    "mouse cursor",
    "website site url browsing web",
    "wechat weixin",
    "night evening midnight",
    "alert alarm reminder notification urgent notify",
    "late delay response reply answer",
    "file files folder",
    "fake false forged phoney phony",
    "scam fraud trick swindle con",
    "refund chargeback",
    "review rating feedback stars",
    "free unpaid",
    "sample trial test",
    "overpaid overpayment overpay",
    "somebody stranger",
    "passport id identity document",
    "outside external off-platform elsewhere",
)


@lru_cache(maxsize=1)
def _by_term() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for group in GROUPS:
        stems = set(index_terms(group))
        for stem in stems:
            found.setdefault(stem, set()).update(stems)
    return {stem: tuple(sorted(alike - {stem})) for stem, alike in found.items()}


def alike(term: str) -> tuple[str, ...]:
    """Return the synonyms of a term, without itself."""
    return _by_term().get(term, ())
