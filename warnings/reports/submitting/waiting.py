"""How long a decision usually takes: from real figures, or nothing said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from reports.models import Step
from reports.words import Status

DAYS, FEWEST, MOST = 90, 5, 500
DECIDED = (Status.PUBLISHED, Status.DECLINED, Status.CHANGES_ASKED, Status.MERGED)


@dataclass(frozen=True)
class UsualWait:
    """The median of the last decisions, in words, and of how many."""

    words: str
    decisions: int


def usual_wait(now: datetime) -> UsualWait | None:
    """How long reports of the last 90 days waited for the first decision; None with fewer than five."""
    steps = Step.objects.filter(
        status__in=DECIDED, at__gte=now - timedelta(days=DAYS), report__founding=False
    ).order_by("at")
    waits: dict[int, timedelta] = {}
    for key, at, created in steps.values_list("report_id", "at", "report__created_at")[:MOST]:
        waits.setdefault(key, at - created)
    if len(waits) < FEWEST:
        return None
    seconds = median(wait.total_seconds() for wait in waits.values())
    return UsualWait(_in_words(seconds / 3_600), len(waits))


def _in_words(hours: float) -> str:
    if hours < 1:
        return "less than an hour"
    if hours < 36:
        whole = round(hours)
        return f"about {whole} hour{'s' if whole != 1 else ''}"
    whole = round(hours / 24)
    return f"about {whole} days"
