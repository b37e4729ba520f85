"""Resolve addresses of this site to what they are about, for legal notices."""

import posixpath
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve

from accounts.models import User
from common.text.cleaning import without_unstorable
from common.text.folding import fold
from common.urls import absolute_url, ascii_host, split_url
from directory.models import Tool
from reports.choices import Status
from reports.known_addresses import NAMED, known_address
from reports.models import Comment, Evidence, Report, Warning
from reports.policies.access import find_warning_of_gone_comment

_REPORT = re.compile(r"report-([0-9a-f-]{36})\Z")
_COMMENT = re.compile(r"/comments/([0-9a-f-]{36})/")
_ON_PAGE = re.compile(r"comment-([0-9a-f-]{36})\Z")
_WARNING = re.compile(r"/warnings/([-\w]+)/")
_PICTURE = re.compile(r"/evidence/([0-9a-f-]{36})/")
_PROFILE = re.compile(r"/u/([^/]+)/")
_TOOL = re.compile(r"/tools/([-\w]+)/")
# What people copy along with an address, or type instead of the slashes of one.
_AROUND = " \t<>()[]\"'“”‘’«»,;"
_WEB = re.compile("https?:/*", re.IGNORECASE)
_USUAL_PORTS = frozenset({None, 80, 443})


def own_parts(typed: str) -> SplitResult | None:
    """Return the parts of an address of this site in whatever spelling, or None if it is another site's.

    The scheme and even the host may be missing: `/tools/zoom/`, `example.org/tools/zoom` and `tools/zoom`.
    """
    address = typed.strip(_AROUND).replace("\\", "/")
    if web := _WEB.match(address):
        parts = split_url(f"//{address[web.end() :]}")
        return parts if _is_our_host(parts) else None
    if address.startswith("/") and not address.startswith("//"):
        return split_url(address)
    address = address.lstrip("/")
    first, parts = address.partition("/")[0], split_url(f"//{address}")
    if "@" not in first and _is_our_host(parts):
        return parts
    # Without a host it begins with a section of the site, in which there is none of these.
    return split_url(f"/{address}") if first and not set(".:@").intersection(first) else None


def own_address(parts: SplitResult) -> str:
    """Return the absolute address of the public page that an address of this site leads to; empty if to none."""
    typed = unquote(parts.path)
    if without_unstorable(typed) != typed:
        return ""
    path = posixpath.normpath(f"/{typed.strip().lstrip('/')}")
    spellings = (path, f"{path.rstrip('/')}/")
    found = next((one for one in spellings if _is_page(one)), "") or known_address(path) or ""
    if not found or not _is_page(unquote(found)):
        return ""
    query, fragment = f"?{parts.query}" if parts.query else "", f"#{parts.fragment}" if parts.fragment else ""
    return absolute_url(f"{quote(unquote(found))}{query}{fragment}")


def subject_at(url: str) -> Any:
    """Return the warning, report, comment or account at a URL of this site, or None.

    A picture's URL resolves to its report, and one with an unknown fragment to what the page is about.
    """
    parts = split_url(url)
    found: Any = None
    if match := _REPORT.search(parts.fragment):
        found = Report.objects.filter(public_id=_uuid(match.group(1))).first()
    elif match := _ON_PAGE.search(parts.fragment) or _COMMENT.match(parts.path):
        found = Comment.objects.filter(public_id=_uuid(match.group(1))).first()
    return found or _subject_of_page(parts.path)


def tool_at(url: str) -> Tool | None:
    """Return the tool whose page is at a URL of this site, or None."""
    match = _TOOL.match(split_url(url).path)
    return Tool.objects.filter(slug=without_unstorable(match.group(1))).first() if match else None


def _subject_of_page(path: str) -> Any:
    found: Any = None
    if match := _WARNING.match(path):
        found = Warning.objects.filter(slug=without_unstorable(match.group(1))).first()
    elif match := _PICTURE.match(path):
        picture = Evidence.objects.filter(public_id=_uuid(match.group(1))).select_related("report").first()
        found = picture.report if picture is not None else None
    elif match := _PROFILE.match(path):
        found = _profile(unquote(match.group(1)))
    return found


def _is_our_host(parts: SplitResult) -> bool:
    """Return whether this is the host of the site, with or without `www.`, a port that is usual, a dot at the end."""
    ours = urlsplit(settings.PUBLIC_URL)
    try:
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return False
    same = host.removeprefix("www.") == ascii_host(ours.hostname or "").removeprefix("www.")
    return same and (port == ours.port or (port in _USUAL_PORTS and ours.port in _USUAL_PORTS))


def _warning(slug: str) -> Warning | None:
    # What is not published has no page, and its existence is nobody's business.
    shown = Q(status=Status.PUBLISHED) | Q(merged_into__status=Status.PUBLISHED)
    return Warning.objects.filter(shown, slug=slug).first()


def _comment(key: str) -> Comment | Warning | None:
    found = Comment.objects.readable().filter(public_id=_uuid(key)).first()
    return found or find_warning_of_gone_comment(_uuid(key))


def _picture(key: str) -> Evidence | None:
    shown = Evidence.objects.filter(published=True, report__in=Report.objects.readable())
    return shown.filter(public_id=_uuid(key)).first()


def _profile(handle: str) -> User | None:
    return User.objects.filter(handle_folded=fold(handle), erased_at__isnull=True).first()


# Sections of the site with public pages, and what finds the one that a page is about by a part of its address.
_SECTIONS: Mapping[str, Callable[[str], Any]] = {
    "warnings": _warning,
    "comments": _comment,
    "evidence": _picture,
    "u": _profile,
    **NAMED,
}


def _is_page(path: str) -> bool:
    """Return whether a path leads to a page that a visitor can see."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if not match.kwargs:
        return True
    section, _, key = path.strip("/").partition("/")
    found = _SECTIONS[section](key.partition("/")[0]) if section in _SECTIONS else None
    number = match.kwargs.get("number")
    return found is not None and (number is None or found.revisions.applied().filter(number=number).exists())


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
