"""Estimate how long a decision takes, from real figures; say nothing without any."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Exists, OuterRef

from reports.choices import Status
from reports.models import Step

DAYS, FEWEST, MOST = 90, 5, 500
DECIDED = (Status.PUBLISHED, Status.DECLINED, Status.CHANGES_ASKED, Status.MERGED)


@dataclass(frozen=True)
class ReviewTime:
    """The median of the last decisions, in words, and of how many."""

    words: str
    decisions: int


def review_time(now: datetime) -> ReviewTime | None:
    """How long the reports waited that were decided on last; None with fewer than five in the last 90 days.

    Counted is the first decision on each. What the software published at once waited for nobody.
    """
    decided = Step.objects.filter(status__in=DECIDED)
    earlier = decided.filter(report=OuterRef("report"), pk__lt=OuterRef("pk"))
    first = decided.filter(~Exists(earlier), automatic=False, report__founding=False)
    newest = first.filter(at__gte=now - timedelta(days=DAYS)).order_by("-at", "-pk")[:MOST]
    waits = [at - created for at, created in newest.values_list("at", "report__created_at")]
    if len(waits) < FEWEST:
        return None
    seconds = median(wait.total_seconds() for wait in waits)
    return ReviewTime(_in_words(seconds / 3_600), len(waits))


def _in_words(hours: float) -> str:
    if hours < 1:
        return "less than an hour"
    if hours < 36:
        whole = round(hours)
        return f"about {whole} hour{'s' if whole != 1 else ''}"
    whole = round(hours / 24)
    return f"about {whole} days"
