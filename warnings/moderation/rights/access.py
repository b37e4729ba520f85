"""Finding a notice by its code, and statements: 404 for what is not there."""

import uuid

from django.http import Http404

from directory.models import Tool
from directory.policies.access import get_tool_for_feed
from moderation.models import LegalNotice, Statement
from reports.tracking_codes import hash_of, normalised


def get_notice_by_code(typed: str) -> LegalNotice:
    """The notice that a code belongs to. Raises Http404. The look-up is by a hash, as long for a wrong code."""
    rows = LegalNotice.objects.select_related("case", "decision__reason", "decision__person")
    found = rows.filter(code_hash=hash_of(normalised(typed))).first()
    if found is None:
        raise Http404("There is no notice with this code.")
    return found


def get_tool(slug: str) -> Tool:
    """A tool that something is stated about. Raises Http404."""
    return get_tool_for_feed(slug)


def get_statement(public_id: uuid.UUID) -> Statement:
    """A statement, for whoever has its address. Raises Http404."""
    found = Statement.objects.select_related("tool", "case").filter(public_id=public_id).first()
    if found is None:
        raise Http404("There is no such statement.")
    return found
