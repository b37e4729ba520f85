"""Estimate the review time from recent decisions."""

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
    """The median review time in words, and the number of decisions it is based on."""

    words: str
    decisions: int


def review_time(now: datetime) -> ReviewTime | None:
    """Return the median review time of recent reports; None with fewer than five in the last 90 days.

    Only the first decision on each report counts. Reports that were published automatically do not.
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
