"""What somebody changes about their own report once it was sent; each action is one transaction."""

from django.db import transaction

from reports.holding import hold
from reports.models import Report


@transaction.atomic
def leave_handle_out(*, report: Report, unnamed: bool) -> None:
    """Leave its author's handle out of a report, or show it again, whatever became of the report.

    It holds for everything that the author reported on the same warning, and for the warning itself where it began
    with them. The memory says nothing of it: that would lead to the account.
    """
    row = hold(report)
    if row.author_id is not None:
        Report.objects.filter(warning=row.warning_id, author=row.author_id).update(unnamed=unnamed)
