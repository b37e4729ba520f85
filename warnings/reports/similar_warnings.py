"""Find published warnings that a draft may belong to ("Is it one of these?")."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from reports.models import Warning
from reports.similarity import Subject, most_similar

# The most candidates that are compared: those about the same tools or tactics, most reported first.
MOST_LOOKED_AT = 60


def similar_warnings(fields: Mapping[str, Any]) -> list[Warning]:
    """Return up to three published, open warnings that are most similar to a draft, best first.

    `fields` are the cleaned fields of the form, which may be incomplete.
    """
    tools, _ = fields.get("tools") or ([], "")
    report = Subject(
        frozenset(tool.pk for tool in tools),
        frozenset(tactic.pk for tactic in fields.get("tactics") or ()),
        f"{fields.get('title', '')} {fields.get('body', '')}",
    )
    if not (report.tools or report.tactics):
        return []
    rows = Warning.objects.published().filter(locked=False)
    rows = rows.filter(Q(tools__in=report.tools) | Q(tactics__in=report.tactics)).distinct().for_likeness()
    found = {row.pk: row for row in rows[:MOST_LOOKED_AT]}
    return [found[key] for key in most_similar(report, [(key, _subject(row)) for key, row in found.items()])]


def _subject(warning: Warning) -> Subject:
    return Subject(
        frozenset(tool.pk for tool in warning.tools.all()),
        frozenset(tactic.pk for tactic in warning.tactics.all()),
        f"{warning.title} {warning.summary}",
    )
