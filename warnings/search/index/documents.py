"""Index documents: their texts by field, their static quality and their labels.

Only public content has a document: no unpublished warnings, and no reports or comments below them.
"""

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from directory.grade import exposure
from directory.models import Feature, Marketplace, Tactic, Tool, ToolFeature
from reports.choices import Status
from reports.models import Comment, Report, Warning
from search.index.rank_key import DIRECTORY_QUALITY
from search.kinds import DIRECTORY_KINDS, Kind, label, subject_of
from search.terms import beginnings, index_terms

# Increment it when the indexed content or its form changes: `rebuild_search` then writes every document again.
INDEX_VERSION = 2
MOST_TERMS = 5_000
# The quality of posts: the weight of doubling the votes and of a year, and the day from which years count.
QUALITY_OF_A_DOUBLING = 40
QUALITY_OF_A_YEAR = 20
FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
REPORT_WEIGHS = 3


@dataclass(frozen=True)
class Document:
    """An object's index document; texts are terms separated by spaces."""

    kind: Kind
    key: int
    parent: int | None
    title: str
    names: str
    summary: str
    body: str
    labels: str
    quality: int

    @property
    def digest(self) -> str:
        """A digest of the document's content."""
        parts = (INDEX_VERSION, self.title, self.names, self.summary, self.body, self.labels, self.quality)
        return hashlib.blake2b("\n".join(map(str, parts)).encode(), digest_size=12).hexdigest()

    @property
    def head(self) -> str:
        """The data for ranking and counting: title, names, summary and subjects, one per line."""
        subjects = " ".join(name for name in self.labels.split() if subject_of(name))
        return "\n".join((self.title, self.names, self.summary, subjects))


def documents(kind: Kind, keys: Sequence[int]) -> Iterator[Document]:
    """Yield the documents of the objects with these keys; objects that are not public have none."""
    source = _SOURCES[kind]
    for row in source.rows().filter(pk__in=keys):
        yield source.build(row)


def all_keys(kind: Kind, after: int, limit: int) -> list[int]:
    """Return the next keys of objects that have a document, in order."""
    rows = _SOURCES[kind].visible().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def visible_keys(kind: Kind, keys: Sequence[int]) -> set[int]:
    """Return the keys that have a document."""
    return set(_SOURCES[kind].visible().filter(pk__in=keys).values_list("pk", flat=True))


def lock(kind: Kind, keys: Sequence[int]) -> None:
    """Lock objects, so that none changes between reading and indexing it."""
    list(
        _SOURCES[kind].model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk")
    )


def count(kind: Kind) -> int:
    """Return the number of objects of a kind that have a document."""
    return _SOURCES[kind].visible().count()


def post_quality(published_at: datetime, votes: int, reports: int = 0) -> int:
    """Return a post's static quality: higher for newer and more helpful posts, and independent of the current date.

    It grows with the date of publication and with the logarithm of helpful votes, so that a post needs twice the
    votes to rank above one that is two years younger.
    """
    years = max(0.0, (published_at - FIRST_DAY).days / 365.25)
    doublings = math.log2(1 + votes + REPORT_WEIGHS * reports)
    return min(DIRECTORY_QUALITY - 1, int(QUALITY_OF_A_YEAR * years + QUALITY_OF_A_DOUBLING * doublings))


@dataclass(frozen=True)
class _Source:
    """The source of documents of one kind."""

    model: Any
    visible: Callable[[], QuerySet[Any]]
    rows: Callable[[], QuerySet[Any]]
    build: Callable[[Any], Document]


def _document(kind: Kind, row: Any, *, labels: Iterable[str] = (), **fields: Any) -> Document:
    texts = {name: _terms(fields.get(name, "")) for name in ("title", "names", "summary", "body")}
    group = "facts" if kind == Kind.FACT else "entries"
    grouped = [label("group", group)] if kind in DIRECTORY_KINDS else []
    return Document(
        kind=kind,
        key=row.pk,
        parent=fields.get("parent"),
        labels=" ".join([label("kind", kind), *grouped, *sorted(labels)]),
        quality=fields["quality"],
        **texts,
    )


def _terms(text: str | Iterable[str]) -> str:
    joined = text if isinstance(text, str) else " \n ".join(text)
    return " ".join(index_terms(joined)[:MOST_TERMS])


def _tools() -> QuerySet[Tool]:
    return Tool.objects.select_related("vendor").prefetch_related("names", "domains")


def _tool(tool: Tool) -> Document:
    names = [name.text for name in tool.names.all() if name.text != tool.name]
    return _document(
        Kind.TOOL,
        tool,
        title=tool.name,
        names=[*names, *(domain.domain for domain in tool.domains.all())],
        summary=[tool.get_kind_display(), tool.summary],
        body=[tool.vendor.name if tool.vendor else "", *tool.common_where],
        labels=[label("tool", tool.pk)],
        quality=DIRECTORY_QUALITY + min(100, round(tool.risk)),
    )


def _facts() -> QuerySet[ToolFeature]:
    return ToolFeature.objects.filter(present=True, feature__replaced_by__isnull=True)


def _fact(fact: ToolFeature) -> Document:
    """Return the document of a fact.

    Facts have separate documents, so that words of several facts do not add up.
    """
    return _document(
        Kind.FACT,
        fact,
        parent=fact.tool_id,
        title=[fact.feature.name, _words(fact.feature.slug)],
        summary=fact.feature.summary,
        body=[fact.detail, fact.tool.name],
        quality=DIRECTORY_QUALITY + round(100 * exposure(fact.feature.severity, fact.control, fact.can_disable)),
    )


def _words(slug: str) -> str:
    return slug.replace("-", " ")


def _feature(feature: Feature) -> Document:
    return _document(
        Kind.FEATURE,
        feature,
        title=[feature.name, _words(feature.slug)],
        names=feature.get_family_display(),
        summary=feature.summary,
        body=[feature.harm, feature.defence],
        quality=DIRECTORY_QUALITY + 10 * feature.severity,
    )


def _tactic(tactic: Tactic) -> Document:
    return _document(
        Kind.TACTIC,
        tactic,
        title=tactic.name,
        names=[_words(tactic.slug), *(name.text for name in tactic.names.all())],
        summary=tactic.summary,
        body=[*tactic.how_it_works, *tactic.signs, *tactic.phrases, *tactic.what_to_do],
        labels=[label("tactic", tactic.pk)],
        quality=DIRECTORY_QUALITY + 10 * tactic.severity,
    )


def _marketplace(marketplace: Marketplace) -> Document:
    rules = [text for rule in marketplace.rules.all() for text in (rule.rule, rule.exceptions, rule.consequence)]
    return _document(
        Kind.MARKETPLACE,
        marketplace,
        title=marketplace.name,
        names=[domain.domain for domain in marketplace.domains.all()],
        body=[*rules, *marketplace.report_how, marketplace.conversion_fee],
        labels=[label("marketplace", marketplace.pk)],
        quality=DIRECTORY_QUALITY,
    )


def _warnings() -> QuerySet[Any]:
    return Warning.objects.published().prefetch_related("tools", "tactics", "marketplaces", "tagged__tag")


def _about(warning: Warning) -> list[str]:
    return [
        *(label("tool", tool.pk) for tool in warning.tools.all()),
        *(label("tactic", tactic.pk) for tactic in warning.tactics.all()),
        *(label("marketplace", marketplace.pk) for marketplace in warning.marketplaces.all()),
        *(label("tag", tagged.tag_id) for tagged in warning.tagged.all()),
    ]


def _warning(warning: Warning) -> Document:
    return _document(
        Kind.WARNING,
        warning,
        parent=warning.pk,
        title=warning.title,
        names=[tagged.tag.name for tagged in warning.tagged.all()],
        summary=warning.summary,
        body=[warning.body, *warning.what_to_do],
        labels=[*_about(warning), *title_labels(warning.title)],
        quality=post_quality(_published(warning), warning.standing_votes, warning.report_count),
    )


def title_labels(title: str) -> list[str]:
    """Return labels by which a warning is suggested while a word of its title is typed."""
    return [label("begins", beginning) for beginning in beginnings(title)]


def _published(row: Any) -> datetime:
    return row.published_at or FIRST_DAY


def _below_a_warning(manager: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = manager.filter(status=Status.PUBLISHED, warning__status=Status.PUBLISHED).exclude(body="")
    return rows


def _with_warning(rows: QuerySet[Any]) -> QuerySet[Any]:
    about = ("tools", "tactics", "marketplaces", "tagged")
    return rows.select_related("warning").prefetch_related(*(f"warning__{name}" for name in about))


def _post(kind: Kind, row: Report | Comment, votes: int) -> Document:
    quality = post_quality(_published(row), votes)
    about = _about(row.warning)
    return _document(kind, row, parent=row.warning_id, body=row.body, labels=about, quality=quality)


def _report(report: Report) -> Document:
    return _post(Kind.REPORT, report, 0)


def _comment(comment: Comment) -> Document:
    return _post(Kind.COMMENT, comment, comment.standing_votes)


def _reports() -> QuerySet[Any]:
    return _below_a_warning(Report.objects)


def _comments() -> QuerySet[Any]:
    return _below_a_warning(Comment.objects).filter(deleted_at__isnull=True)


_SOURCES = {
    Kind.TOOL: _Source(Tool, Tool.objects.all, _tools, _tool),
    Kind.FEATURE: _Source(Feature, Feature.objects.current, Feature.objects.current, _feature),
    Kind.FACT: _Source(ToolFeature, _facts, lambda: _facts().select_related("tool", "feature"), _fact),
    Kind.TACTIC: _Source(Tactic, Tactic.objects.all, lambda: Tactic.objects.prefetch_related("names"), _tactic),
    Kind.MARKETPLACE: _Source(
        Marketplace,
        Marketplace.objects.all,
        lambda: Marketplace.objects.prefetch_related("domains", "rules"),
        _marketplace,
    ),
    Kind.WARNING: _Source(Warning, Warning.objects.published, _warnings, _warning),
    Kind.REPORT: _Source(Report, _reports, lambda: _with_warning(_reports()), _report),
    Kind.COMMENT: _Source(Comment, _comments, lambda: _with_warning(_comments()), _comment),
}
