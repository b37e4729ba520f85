"""The data of the page of proposed tools."""

from dataclasses import dataclass

from directory.models import Tool, ToolName
from moderation.models import Case, Proposal
from reports.actions.proposed_tools import Proposed, proposed

SHOWN, REPORTS_SHOWN, LATELY = 50, 3, 20


@dataclass(frozen=True)
class Waiting:
    """A proposed name, the tool that already has this name, if any, and titles and URLs of some of its reports."""

    proposed: Proposed
    known: Tool | None
    places: list[tuple[str, str]]


def waiting() -> list[Waiting]:
    """Return the undecided names, the most frequently reported first."""
    aside = set(Proposal.objects.filter(tool=None).values_list("folded", flat=True))
    rows = [row for row in proposed() if row.folded not in aside][:SHOWN]
    names = ToolName.objects.filter(folded__in=[row.folded for row in rows]).select_related("tool")
    known = {name.folded: name.tool for name in names}
    first = [report for row in rows for report in row.reports[:REPORTS_SHOWN]]
    cases = {case.report_id: case for case in Case.objects.filter(report__in=first).order_by("pk")}
    return [
        Waiting(
            row,
            known.get(row.folded),
            [
                (report.warning.title, case.get_absolute_url() if case else report.get_absolute_url())
                for report in row.reports[:REPORTS_SHOWN]
                for case in [cases.get(report.pk)]
            ],
        )
        for row in rows
    ]


def lately() -> list[Proposal]:
    """Return the latest decisions on proposed names."""
    return list(Proposal.objects.select_related("tool", "by")[:LATELY])
