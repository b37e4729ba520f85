"""Search results for pages: titles and snippets with highlighted words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from common.text.plain_text import text_of
from reports.models import Comment, Report, Warning
from search.forms import MODELS, NarrowingForm
from search.kinds import SUBJECTS, Kind
from search.query import Query
from search.service import Post
from search.snippets import marked, snippet

MOST_VALUES = 8
_KIND_WORDS = {Kind.WARNING: "Warning", Kind.REPORT: "Report on", Kind.COMMENT: "Comment on"}


@dataclass(frozen=True)
class PostResult:
    """A post in a list of results."""

    kind: str
    title: SafeString
    address: str
    excerpt: SafeString
    date: datetime | None


@dataclass(frozen=True)
class Value:
    """A value to filter by: how it is shown, the number of results that have it, and what the filter is set to."""

    name: str
    count: int
    value: str


@dataclass(frozen=True)
class Facet:
    """A filter with its values, most frequent first; `parameter` is its name in the query string."""

    name: str
    parameter: str
    values: list[Value]


def warnings(posts: Sequence[Post], limit: int) -> list[Warning]:
    """Return the warnings among posts, in order."""
    keys = [post.key for post in posts if post.kind == Kind.WARNING][:limit]
    rows = Warning.objects.published().in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def post_results(posts: Sequence[Post], query: Query) -> list[PostResult]:
    """Return posts with their snippets, without those unpublished since they were indexed."""
    wanted = {term for group in query.wanted for term in group.terms}
    below = {
        Kind.WARNING: Warning.objects.published(),
        Kind.REPORT: Report.objects.published().select_related("warning"),
        Kind.COMMENT: Comment.objects.published().select_related("warning"),
    }
    rows = {kind: source.in_bulk([post.key for post in posts if post.kind == kind]) for kind, source in below.items()}
    return [_result(post.kind, rows[post.kind][post.key], wanted) for post in posts if post.key in rows[post.kind]]


def facets(subjects: Counter[tuple[str, int]], form: NarrowingForm) -> list[Facet]:
    """Return the subjects by which results can be filtered further."""
    chosen = form.chosen()
    found = []
    for what in SUBJECTS:
        counts = {key: count for (sort, key), count in subjects.most_common() if sort == what}
        top = dict(list(counts.items())[:MOST_VALUES])
        if chosen[what] or not top:
            continue
        rows = MODELS[what].objects.in_bulk(list(top))
        values = [Value(rows[key].name, count, rows[key].slug) for key, count in top.items() if key in rows]
        found.append(Facet(str(form.fields[what].label), what, values))
    return found


def _result(kind: Kind, row: Any, wanted: set[str]) -> PostResult:
    warning = row if kind == Kind.WARNING else row.warning
    address = reverse("warning", kwargs={"slug": warning.slug})
    if kind != Kind.WARNING:
        address += f"#{kind}-{row.public_id}"
    words = text_of(row.body_html)
    text = f"{row.summary} {words}" if kind == Kind.WARNING else words
    title = marked(warning.title, wanted)
    return PostResult(_KIND_WORDS[kind], title, address, snippet(text, wanted), row.published_at)
