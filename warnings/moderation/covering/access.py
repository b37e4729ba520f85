"""Pictures for moderators: 404 for what is not of a report."""

import uuid
from typing import Any

from django.http import Http404

from accounts.models import User
from moderation.cases.access import require_desk
from moderation.deciding.policies import why_not
from moderation.models import Case
from moderation.words import CaseKind
from reports.models import Evidence


def get_picture(user: Any, public_id: uuid.UUID) -> Evidence:
    """A picture of a report that was sent. Raises PermissionDenied or Http404."""
    require_desk(user)
    rows = Evidence.objects.select_related("report__warning", "report__author")
    found = rows.filter(public_id=public_id, report__isnull=False).first()
    if found is None:
        raise Http404("There is no such picture.")
    return found


def why_not_cover(actor: User, picture: Evidence) -> str:
    """Why somebody may not change a picture, as a sentence: what holds for deciding on the report holds here."""
    return why_not(actor, Case(kind=CaseKind.REPORT, report=picture.report))
