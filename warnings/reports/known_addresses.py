"""Find the page that an address copied by hand means: `/tools/DingTalk/`, `/tools//dingtalk/`, `/tools/Any Desk/`."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from django.urls import Resolver404, resolve
from django.utils.text import slugify

from common.text.cleaning import without_unstorable
from directory.models import Feature, Marketplace, Tactic, Tool
from reports.models import Tag, Warning

LONGEST_ADDRESS = 400
# Pages of a section that are no entries.
_PAGES = frozenset({"matrix", "compare"})


def _warning(text: str) -> Warning | None:
    # Only what is published: a redirect would tell that another one exists.
    return Warning.objects.published().filter(slug=slugify(text)).first()


_SECTIONS: Mapping[str, Callable[[str], Tool | Feature | Tactic | Marketplace | Tag | Warning | None]] = {
    "tools": Tool.objects.named,
    "features": Feature.objects.named,
    "tactics": Tactic.objects.named,
    "marketplaces": Marketplace.objects.named,
    "tags": Tag.objects.named,
    "warnings": _warning,
}


def known_address(path: str) -> str | None:
    """Return the address of the page that a path without a page means, or None.

    Case, spaces, doubled slashes and any name of an entry are understood; what follows the entry is kept.
    """
    asked = [part.strip() for part in path.split("/") if part.strip()]
    parts = [left for part in asked if (left := without_unstorable(part).strip())]
    if len(parts) < len(asked):
        # Of the name, nothing is left.
        return None
    section = parts[0].lower() if parts else ""
    if section not in _SECTIONS or len(path) > LONGEST_ADDRESS:
        return None
    parts[0] = section
    if len(parts) > 1 and parts[1].lower() in _PAGES:
        parts[1] = parts[1].lower()
    elif len(parts) > 1:
        found = _SECTIONS[section](parts[1])
        if found is None:
            return None
        parts[1] = found.slug
    meant = f"/{'/'.join(quote(part) for part in parts)}/"
    return meant if meant != quote(path) and _exists(meant) else None


def _exists(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True
