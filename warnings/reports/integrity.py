"""Whether what is kept twice agrees: counters with what they count, HTML with its Markdown, tags with their names."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q

from common.folding import fold
from common.markdown import RENDERER_VERSION
from reports.actions import rendered
from reports.models import Comment, Report, Tag, Warning
from reports.words import Status


def problems() -> Iterator[str]:
    """Every disagreement, as a sentence that names the thing."""
    yield from _wrong_counts(Warning, "reports", "report_count", Q(reports__status=Status.PUBLISHED))
    live = Q(comments__status=Status.PUBLISHED, comments__deleted_at__isnull=True)
    yield from _wrong_counts(Warning, "comments", "comment_count", live)
    counting = Q(votes__isnull=False, votes__voided_at__isnull=True)
    for voted in (Warning, Comment):
        yield from _wrong_counts(voted, "votes", "vote_count", counting)
        standing = counting & Q(votes__standing=True)
        yield from _wrong_counts(voted, "votes", "standing_votes", standing, "with standing")
    for model in (Warning, Report, Comment):
        for row in model._default_manager.filter(body_renderer=RENDERER_VERSION).iterator(chunk_size=500):
            if rendered(row.body, model)["body_html"] != row.body_html:
                yield f"The stored HTML of {model._meta.verbose_name} {row.pk} is not what its text renders to."
    for tag in Tag.objects.iterator(chunk_size=500):
        if tag.folded != fold(tag.name):
            yield f"The tag {tag.name!r} is folded as {tag.folded!r}."


def _wrong_counts(model: Any, relation: str, counter: str, condition: Q, which: str = "") -> Iterator[str]:
    counted = model._default_manager.annotate(real=Count(relation, filter=condition, distinct=True))
    for key, stored, real in counted.exclude(real=F(counter)).values_list("pk", counter, "real"):
        words = f"{relation} {which}".strip()
        yield f"{model._meta.verbose_name} {key} says {stored} {words}; there are {real}."
