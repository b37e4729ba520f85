"""The names that reports propose."""

from collections import defaultdict
from dataclasses import dataclass, field

from common.text.cleaning import normalise_line
from common.text.folding import fold
from reports.models import Report

# Of the newest reports so many are looked through.
LOOKED_THROUGH = 2_000


@dataclass
class Proposed:
    """A name as it was typed first, how it folds, and the reports that name it, the newest first."""

    name: str
    folded: str
    reports: list[Report] = field(default_factory=list)


def names_in(proposed_tool: str) -> list[str]:
    """The names in what a report proposes."""
    return [name for part in proposed_tool.split(",") if (name := normalise_line(part))]


def proposed() -> list[Proposed]:
    """Every name that reports propose, in any spelling once: that of the most reports first."""
    found: dict[str, Proposed] = {}
    named: dict[str, list[str]] = defaultdict(list)
    for report in Report.objects.proposing().select_related("warning").order_by("-pk")[:LOOKED_THROUGH]:
        for name in names_in(report.proposed_tool):
            folded = fold(name)
            if folded:
                found.setdefault(folded, Proposed(name, folded)).reports.append(report)
                named[folded].append(name)
    for folded, row in found.items():
        row.name = named[folded][-1]
    return sorted(found.values(), key=lambda row: (-len(row.reports), row.folded))
