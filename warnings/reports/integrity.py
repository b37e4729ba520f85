"""Check stored duplicates: counters against rows, HTML against Markdown, folded names against tags."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from common.text.markdown import RENDERER_VERSION
from reports.actions.warnings import helpfulness_of, rendered
from reports.choices import Status
from reports.models import Comment, Report, Tag, Warning
from reports.participants import participants_of
from reports.tag_names import fold_tag

_BATCH = 500
# Recent counts change with the calendar, so allow for the time between two runs of the daily timer.
_TIDIED_WITHIN = timedelta(days=2)


def problems() -> Iterator[str]:
    """Yield a sentence for each inconsistency, naming the object."""
    yield from _wrong_counts(Warning, "reports", "report_count", Q(reports__status=Status.PUBLISHED))
    live = Q(comments__status=Status.PUBLISHED, comments__deleted_at__isnull=True)
    yield from _wrong_counts(Warning, "comments", "comment_count", live)
    counting = Q(votes__isnull=False, votes__voided_at__isnull=True)
    for voted in (Warning, Comment):
        yield from _wrong_counts(voted, "votes", "vote_count", counting)
        standing = counting & Q(votes__standing=True)
        yield from _wrong_counts(voted, "votes", "standing_votes", standing, "with standing")
        yield from _wrong_places(voted)
    yield from _wrong_recent_reporters(timezone.now())
    for model in (Warning, Report, Comment):
        for row in model._default_manager.filter(body_renderer=RENDERER_VERSION).iterator(chunk_size=500):
            if rendered(row.body, model)["body_html"] != row.body_html:
                yield f"The stored HTML of {model._meta.verbose_name} {row.pk} is not what its text renders to."
    for tag in Tag.objects.iterator(chunk_size=500):
        if tag.folded != fold_tag(tag.name):
            yield f"The tag {tag.name!r} is folded as {tag.folded!r}."


def _wrong_counts(model: Any, relation: str, counter: str, condition: Q, which: str = "") -> Iterator[str]:
    counted = model._default_manager.annotate(real=Count(relation, filter=condition, distinct=True))
    for key, stored, real in counted.exclude(real=F(counter)).values_list("pk", counter, "real"):
        words = f"{relation} {which}".strip()
        yield f"{model._meta.verbose_name} {key} says {stored} {words}; there are {real}."


def _wrong_places(model: Any) -> Iterator[str]:
    """Yield wrong participant counts and sort values."""
    for rows in _batches(model._default_manager.all()):
        # A vote may be cast between the two queries, so check mismatches again.
        odd = [row.pk for row, _ in _out_of_place(rows)]
        yield from (words for _, words in _out_of_place(list(model._default_manager.filter(pk__in=odd))))


def _out_of_place(rows: list[Any]) -> Iterator[tuple[Any, str]]:
    real = participants_of(rows)
    for row in rows:
        name, place = f"{row._meta.verbose_name} {row.pk}", helpfulness_of(row)
        if row.participants != real[row.pk]:
            yield row, f"{name} says {row.participants} participants; there are {real[row.pk]}."
        elif not math.isclose(row.helpfulness, place, abs_tol=1e-9):
            yield row, f"{name} stands at {row.helpfulness}; its votes give {place}."


def _wrong_recent_reporters(now: datetime) -> Iterator[str]:
    for rows in _batches(Warning.objects.all()):
        most, least = (_recent_reporters(rows, at) for at in (now - _TIDIED_WITHIN, now))
        for row in rows:
            real = least.get(row.pk, 0)
            if not real <= row.recent_reporters <= most.get(row.pk, 0):
                yield f"warning {row.pk} says {row.recent_reporters} recent reporters; there are {real}."


def _recent_reporters(warnings: list[Warning], at: datetime) -> dict[int, int]:
    reports = Report.objects.published().filter(warning__in=warnings).of_the_year_before(at).order_by()
    counted = reports.values("warning").annotate(
        people=Count("author", distinct=True), strangers=Count("pk", filter=Q(author__isnull=True))
    )
    return {row["warning"]: row["people"] + row["strangers"] for row in counted}


def _batches(rows: Any) -> Iterator[list[Any]]:
    """Yield all rows by primary key, in batches."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk
