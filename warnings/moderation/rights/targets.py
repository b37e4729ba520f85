"""What an address of this site leads to, for somebody who notifies of it."""

import re
import uuid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from common.people_text import storable
from reports.models import Comment, Report, Warning

_REPORT = re.compile(r"report-([0-9a-f-]{36})\Z")
_COMMENT = re.compile(r"/comments/([0-9a-f-]{36})/")
_ON_PAGE = re.compile(r"comment-([0-9a-f-]{36})\Z")
_WARNING = re.compile(r"/warnings/([-\w]+)/")


def is_ours(url: str) -> bool:
    """Whether an address is one of this site."""
    parts = urlsplit(url)
    return parts.path.startswith("/") and parts.netloc in ("", urlsplit(settings.PUBLIC_URL).netloc)


def thing_at(url: str) -> Any:
    """The warning, report or comment that an address of this site leads to; None for any other page."""
    parts = urlsplit(url)
    found: Any = None
    if match := _REPORT.search(parts.fragment):
        found = Report.objects.filter(public_id=_uuid(match.group(1))).first()
    elif match := _ON_PAGE.search(parts.fragment) or _COMMENT.match(parts.path):
        found = Comment.objects.filter(public_id=_uuid(match.group(1))).first()
    elif match := _WARNING.match(parts.path):
        found = Warning.objects.filter(slug=storable(match.group(1))).first()
    return found


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
