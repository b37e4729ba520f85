"""Resolve URLs of this site to what they are about, for legal notices."""

import re
import uuid
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from accounts.models import User
from common.text.cleaning import without_unstorable
from common.text.folding import fold
from common.urls import split_url
from directory.models import Tool
from reports.models import Comment, Evidence, Report, Warning

_REPORT = re.compile(r"report-([0-9a-f-]{36})\Z")
_COMMENT = re.compile(r"/comments/([0-9a-f-]{36})/")
_ON_PAGE = re.compile(r"comment-([0-9a-f-]{36})\Z")
_WARNING = re.compile(r"/warnings/([-\w]+)/")
_PICTURE = re.compile(r"/evidence/([0-9a-f-]{36})/")
_PROFILE = re.compile(r"/u/([^/]+)/")
_TOOL = re.compile(r"/tools/([-\w]+)/")


def is_ours(url: str) -> bool:
    """Return whether a URL belongs to this site."""
    parts = split_url(url)
    return parts.path.startswith("/") and parts.netloc in ("", urlsplit(settings.PUBLIC_URL).netloc)


def subject_at(url: str) -> Any:
    """Return the warning, report, comment or account at a URL of this site, or None.

    A picture's URL resolves to its report.
    """
    parts = split_url(url)
    found: Any = None
    if match := _REPORT.search(parts.fragment):
        found = Report.objects.filter(public_id=_uuid(match.group(1))).first()
    elif match := _ON_PAGE.search(parts.fragment) or _COMMENT.match(parts.path):
        found = Comment.objects.filter(public_id=_uuid(match.group(1))).first()
    elif match := _WARNING.match(parts.path):
        found = Warning.objects.filter(slug=without_unstorable(match.group(1))).first()
    elif match := _PICTURE.match(parts.path):
        picture = Evidence.objects.filter(public_id=_uuid(match.group(1))).select_related("report").first()
        found = picture.report if picture is not None else None
    elif match := _PROFILE.match(parts.path):
        found = User.objects.filter(handle_folded=fold(unquote(match.group(1))), erased_at__isnull=True).first()
    return found


def tool_at(url: str) -> Tool | None:
    """Return the tool whose page is at a URL of this site, or None."""
    match = _TOOL.match(split_url(url).path)
    return Tool.objects.filter(slug=without_unstorable(match.group(1))).first() if match else None


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
