"""A report that its author wants to change: held against others meanwhile, and only before it was decided on."""

from reports.models import Report
from reports.workflow import OPEN


class NotOpen(Exception):
    """The report was decided on, or taken back: it cannot be changed any more."""


def held(report: Report) -> Report:
    """The report as it is now, locked until the transaction ends. Raises NotOpen."""
    row: Report = Report.objects.select_for_update(of=("self",)).select_related("warning").get(pk=report.pk)
    if row.status not in OPEN:
        raise NotOpen
    return row
