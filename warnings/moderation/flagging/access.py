"""What can be flagged, and one's own flags: 404 for what is not shown."""

import re
import uuid
from typing import Any

from django.http import Http404

from common.text.cleaning import without_unstorable
from directory.models import Source
from moderation.flagging.sources import places_of
from moderation.models import Flag
from reports.models import Comment, Report, Warning


def get_flaggable(kind: str, key: str) -> Any:
    """A published warning, report or comment, or a source that is cited, by its kind and key. Raises Http404."""
    if kind == "source":
        found: Any = _cited(key)
    elif kind == "warning":
        found = Warning.objects.published().filter(slug=without_unstorable(key)).first()
    else:
        rows: Any = {"report": Report.objects.published(), "comment": Comment.objects.readable()}.get(kind)
        shown = rows.filter(warning__status="published") if rows is not None else None
        found = shown.filter(public_id=_uuid(key)).first() if shown is not None else None
    if found is None:
        raise Http404("There is nothing here that could be flagged.")
    return found


def get_own_flag(user: Any, public_id: uuid.UUID) -> Flag:
    """A flag that somebody raised. Raises Http404."""
    rows = Flag.objects.select_related("decision", "warning", "report__warning", "comment__warning", "source")
    found = rows.filter(flagger=user, public_id=public_id).first()
    if found is None:
        raise Http404("You have no such flag.")
    return found


def _cited(key: str) -> Source | None:
    source = Source.objects.filter(pk=int(key)).first() if re.fullmatch("[0-9]{1,9}", key) else None
    return source if source is not None and places_of(source) else None


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404("There is nothing here that could be flagged.") from None
