"""Find the page that an address copied by hand means: `/tools/DingTalk/`, `/tools//dingtalk/`, `/tools/Any Desk/`."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from django.urls import Resolver404, resolve
from django.utils.text import slugify

from common.text.cleaning import without_unstorable
from directory.models import Feature, Marketplace, Tactic, Tool
from reports.models import Tag, Warning

LONGEST_ADDRESS = 400
# What follows an address in a sentence and is copied with it.
_PUNCTUATION = r"\])}>.,;:!?'\"*|»”’…"
_COPIED = re.compile(rf"[{_PUNCTUATION}]+$|(?<=[^/{_PUNCTUATION}])[{_PUNCTUATION}]+/$")
# Pages of a section that are no entries.
_PAGES = frozenset({"matrix", "compare"})


def _warning(text: str) -> Warning | None:
    # Only what is published: a redirect would tell that another one exists.
    return Warning.objects.published().filter(slug=slugify(text)).first()


# Sections of the site whose entries have names, and what finds an entry by one of them.
NAMED: Mapping[str, Callable[[str], Tool | Feature | Tactic | Marketplace | Tag | None]] = {
    "tools": Tool.objects.named,
    "features": Feature.objects.named,
    "tactics": Tactic.objects.named,
    "marketplaces": Marketplace.objects.named,
    "tags": Tag.objects.named,
}
_SECTIONS: Mapping[str, Callable[[str], Tool | Feature | Tactic | Marketplace | Tag | Warning | None]] = {
    **NAMED,
    "warnings": _warning,
}


def known_address(path: str) -> str | None:
    """Return the address of the page that a path without a page means, or None.

    Case, spaces, doubled slashes, punctuation at the end and any name of an entry are understood; what follows the
    entry is kept.
    """
    if len(path) > LONGEST_ADDRESS:
        return None
    for copied in (path, _COPIED.sub("", path)):
        meant = _meant(copied)
        if meant and meant != quote(path):
            return meant
    return None


def _meant(path: str) -> str | None:
    asked = [part.strip() for part in path.split("/") if part.strip()]
    parts = [left for part in asked if (left := without_unstorable(part).strip())]
    if len(parts) < len(asked):
        # Of the name, nothing is left.
        return None
    section = parts[0].lower() if parts else ""
    if section == "card" and len(parts) == 2:
        return _card(parts[1])
    if section not in _SECTIONS:
        return _in_lower_case(path)
    parts[0] = section
    if len(parts) > 1 and parts[1].lower() in _PAGES:
        parts[1] = parts[1].lower()
    elif len(parts) > 1:
        found = _SECTIONS[section](parts[1])
        if found is None:
            return None
        parts[1] = found.slug
    meant = f"/{'/'.join(quote(part) for part in parts)}/"
    return meant if _exists(meant) else None


def _card(name: str) -> str | None:
    """Return the address of the picture of a tool with any of its names."""
    stem, _, kind = name.rpartition(".")
    tool = Tool.objects.named(stem) if kind.lower() == "png" else None
    return f"/card/{tool.slug}.png" if tool else None


def _in_lower_case(path: str) -> str | None:
    """Return the address of a page with its section, or all of it, in lower case; None if there is none."""
    section, slash, rest = path.lstrip("/").partition("/")
    spellings = (f"/{section.lower()}{slash}{rest}", f"/{section}{slash}{rest}".lower())
    asked = (address for spelling in spellings for address in (spelling, f"{spelling.rstrip('/')}/"))
    return next((quote(address) for address in asked if _exists(address)), None)


def _exists(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True
