"""A score of response headers by the rules of the MDN HTTP Observatory (start 100; extra credit from 90 on).

Source: https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import Morsel

Headers = Mapping[str, str]
SIX_MONTHS = 15_768_000


@dataclass(frozen=True)
class Score:
    """The points, and what each came from."""

    points: int
    parts: dict[str, int]


def score(headers: Headers, *, cookies: "list[Morsel[str]]", scripts: list[str]) -> Score:
    """Score one HTML answer: its headers, the cookies it sets, its `<script ...>` tags as text."""
    parts = {
        "csp": _csp(headers.get("Content-Security-Policy", "")),
        "cookies": _cookies(cookies),
        "cors": _cors(headers),
        "referrer": _referrer(headers.get("Referrer-Policy", "")),
        "hsts": _hsts(headers.get("Strict-Transport-Security", "")),
        "sri": _sri(scripts),
        "nosniff": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "frames": _frames(headers),
        "corp": _corp(headers.get("Cross-Origin-Resource-Policy", "")),
    }
    base = 100 + sum(part for part in parts.values() if part < 0)
    bonus = sum(part for part in parts.values() if part > 0) if base >= 90 else 0
    return Score(base + bonus, parts)


def directives(policy: str) -> dict[str, list[str]]:
    """A Content-Security-Policy as its directives."""
    found = [part.split() for part in policy.split(";") if part.strip()]
    return {words[0].lower(): words[1:] for words in found}


def _csp(policy: str) -> int:
    if not policy:
        return -25
    parts = directives(policy)
    for name in ("script-src", "object-src", "style-src"):
        sources = parts.get(name, parts.get("default-src", ["*"]))
        if any(bad in sources for bad in ("'unsafe-inline'", "data:", "*", "https:", "http:")):
            return -20
    if "'unsafe-eval'" in policy:
        return -10
    limited = parts.get("form-action") in (["'none'"], ["'self'"]) and parts.get("base-uri") == ["'none'"]
    return 10 if parts.get("default-src") == ["'none'"] and limited and "frame-ancestors" in parts else 5


def _cookies(cookies: "list[Morsel[str]]") -> int:
    if not cookies:
        return 0
    if any(not cookie["secure"] for cookie in cookies):
        return -20
    if any(not cookie["httponly"] for cookie in cookies):
        return -30
    return 5 if all(cookie["samesite"] in ("Lax", "Strict") for cookie in cookies) else 0


def _cors(headers: Headers) -> int:
    open_to_all = headers.get("Access-Control-Allow-Origin") == "*"
    return -50 if open_to_all and headers.get("Access-Control-Allow-Credentials") == "true" else 0


def _referrer(policy: str) -> int:
    if policy in ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"):
        return 5
    return -5 if policy == "unsafe-url" else 0


def _hsts(value: str) -> int:
    found = re.search(r"max-age=(\d+)", value)
    if not found:
        return -20
    if int(found.group(1)) < SIX_MONTHS:
        return -10
    return 5 if "preload" in value else 0


def _sri(scripts: list[str]) -> int:
    if not scripts:
        return 0
    foreign = re.compile(r"""src=["']?(?:https?:)?//""")
    return 5 if all("integrity=" in script and not foreign.search(script) for script in scripts) else 0


def _frames(headers: Headers) -> int:
    if "frame-ancestors" in directives(headers.get("Content-Security-Policy", "")):
        return 5
    return 0 if headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def _corp(value: str) -> int:
    return 10 if value in ("same-origin", "same-site") else 0
