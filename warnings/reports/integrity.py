"""Whether what is kept twice agrees: counters with what they count, HTML with its Markdown, tags with their names."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from common.folding import fold
from common.markdown import RENDERER_VERSION
from reports.actions import rendered
from reports.models import Comment, Report, Tag, Warning
from reports.words import Status


def problems() -> Iterator[str]:
    """Every disagreement, as a sentence that names the thing."""
    yield from _wrong_counts("reports", "report_count", Q(reports__status=Status.PUBLISHED))
    live = Q(comments__status=Status.PUBLISHED, comments__deleted_at__isnull=True)
    yield from _wrong_counts("comments", "comment_count", live)
    yield from _wrong_counts("votes", "vote_count", Q(votes__isnull=False, votes__voided_at__isnull=True))
    for model in (Warning, Report, Comment):
        for row in model._default_manager.filter(body_renderer=RENDERER_VERSION).iterator(chunk_size=500):
            if rendered(row.body, model)["body_html"] != row.body_html:
                yield f"The stored HTML of {model._meta.verbose_name} {row.pk} is not what its text renders to."
    for tag in Tag.objects.iterator(chunk_size=500):
        if tag.folded != fold(tag.name):
            yield f"The tag {tag.name!r} is folded as {tag.folded!r}."


def _wrong_counts(relation: str, counter: str, condition: Q) -> Iterator[str]:
    counted = Warning.objects.annotate(real=Count(relation, filter=condition, distinct=True)).exclude(real=F(counter))
    for slug, stored, real in counted.values_list("slug", counter, "real"):
        yield f"{slug} says {stored} {relation}; there are {real}."
