"""What waits, for tests of the desk."""

from typing import Any

from moderation.actions.cases import open_case
from moderation.choices import CaseKind
from moderation.models import Case, Reason
from reports.choices import Status
from reports.models import Report
from tests.factories import ReportFactory, WarningFactory


def waiting_report(*, author: Any = None, title: str = "A report that waits", body: str = "It happened.") -> Report:
    """A report that waits, with the warning that began with it."""
    waits = {"status": Status.PENDING, "published_at": None}
    warning = WarningFactory(author=author, title=title, summary=body, **waits)
    report: Report = ReportFactory(warning=warning, author=author, body=body, body_html=f"<p>{body}</p>", **waits)
    return report


def case_of(target: Any) -> Case:
    """The open case about something."""
    column = {"entryrevision": "entry", "user": "account"}.get(target._meta.model_name, target._meta.model_name)
    case: Case = Case.objects.open().get(**{column: target})
    return case


def flagged(target: Any) -> Case:
    """A case about something that is public."""
    return open_case(kind=CaseKind.FLAGS, target=target)


def reason(slug: str) -> Reason:
    """One of the reasons that moderators begin with."""
    found: Reason = Reason.objects.get(slug=slug)
    return found
