"""Count, link, tag, version and render warnings. Each action is one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.text.markdown import RENDERER_VERSION, MarkdownError, render
from directory.models import Marketplace, Tactic, Tool
from reports.locks import lock_warnings
from reports.models import Comment, Report, TaggedWarning, Vote, Warning
from reports.models.text import RenderedText
from reports.participants import participants
from reports.ranking import helpfulness
from reports.signals import posts_changed
from reports.summaries import summary_of
from reports.tag_rows import drop_unused, tags_for
from reports.version_text import links_of
from reports.workflow import OPEN

_RERENDER_BATCH = 200
_VERSION_TEXTS = ("title", "summary", "body", "what_to_do")


@transaction.atomic
def save_first_version(*, warning: Warning) -> None:
    """Store the current text as the warning's first version, by its author, if none is stored."""
    if warning.version and not warning.revisions.applied().exists():
        _save_version(warning, "")


@transaction.atomic
def save_next_version(*, warning: Warning, comment: str) -> None:
    """Store a text that its author changed as a new version, if earlier versions are stored."""
    if warning.revisions.applied().exists():
        warning.version += 1
        warning.save(update_fields=["version"])
        _save_version(warning, comment)


@transaction.atomic
def put_version_back(*, warning: Warning, was_public: bool) -> None:
    """Bring the stored versions into line with a text that an undone decision changed.

    If the decision made the warning public for the first time, the version of that day goes; else there is a new one.
    """
    versions = list(warning.revisions.applied().order_by("number"))
    if len(versions) == 1 and not was_public:
        versions[0].delete()
    elif versions and any(getattr(versions[-1], name) != getattr(warning, name) for name in _VERSION_TEXTS):
        save_next_version(warning=warning, comment="A decision was undone")


def _save_version(warning: Warning, comment: str) -> None:
    text = {name: getattr(warning, name) for name in ("author", *_VERSION_TEXTS)}
    number = warning.version
    warning.revisions.create(number=number, based_on=number - 1, links=links_of(warning), comment=comment, **text)


@transaction.atomic
def set_links(*, warning: Warning, tools: Iterable[str], tactics: Iterable[str], marketplaces: Iterable[str]) -> None:
    """Set the tools, tactics and marketplaces of a warning, by slug."""
    warning.tools.set(Tool.objects.filter(slug__in=tools))
    warning.tactics.set(Tactic.objects.filter(slug__in=tactics))
    warning.marketplaces.set(Marketplace.objects.filter(slug__in=marketplaces))
    posts_changed.send(sender=Warning, keys=[warning.pk], below=True)


@transaction.atomic
def set_tags(*, warning: Warning, names: Iterable[str]) -> None:
    """Set the tags of a warning; a name that folds to an existing tag or synonym selects that tag.

    Deletes tags that are no longer used. Raises TooManyTagsError.
    """
    before = list(warning.tagged.values_list("tag", flat=True))
    wanted = tags_for(names, instead_of=before)
    lost = set(before) - {tag.pk for tag in wanted}
    warning.tagged.filter(tag__in=lost).delete()
    for tag in wanted:
        TaggedWarning.objects.get_or_create(tag=tag, content_object=warning)
    if lost:
        drop_unused(lost)
    posts_changed.send(sender=Warning, keys=[warning.pk], below=True)


@transaction.atomic
def recount(*, warning: Warning) -> None:
    """Recount a warning's reports, comments and votes."""
    reports = warning.reports.published()
    warning.report_count = reports.count()
    warning.recent_reporters = _recent_reporters(warning, timezone.now())
    warning.comment_count = warning.comments.published().filter(deleted_at__isnull=True).count()
    warning.save(update_fields=["report_count", "recent_reporters", "comment_count"])
    recount_votes(post=warning)


@transaction.atomic
def recount_votes(*, post: Warning | Comment) -> None:
    """Recount the votes and participants of a post, and update its sort value."""
    votes = Vote.objects.on(post).counting()
    post.vote_count, post.standing_votes = votes.count(), votes.filter(standing=True).count()
    post.participants = participants(post)
    post.helpfulness = helpfulness_of(post)
    post.save(update_fields=["vote_count", "standing_votes", "participants", "helpfulness"])
    posts_changed.send(sender=type(post), keys=[post.pk])


@transaction.atomic
def refresh_recent_reporters(*, now: datetime) -> int:
    """Recount the reporters of the last twelve months; return how many warnings changed."""
    changed = 0
    for warning in Warning.objects.filter(recent_reporters__gt=0).order_by("pk").iterator(chunk_size=500):
        if _recent_reporters(warning, now) != warning.recent_reporters:
            row = Warning.objects.select_for_update(no_key=True).get(pk=warning.pk)
            changed += Warning.objects.filter(pk=row.pk).update(recent_reporters=_recent_reporters(row, now))
    return changed


def _recent_reporters(warning: Warning, now: datetime) -> int:
    return warning.reports.published().of_the_year_before(now).independent()


def helpfulness_of(post: Warning | Comment) -> float:
    """Return the sort value of a post, from its votes, participants and age."""
    if post.published_at is None:
        return 0.0
    return helpfulness(votes=post.standing_votes, people=post.participants, published_at=post.published_at)


@dataclass(frozen=True)
class Rerendered:
    """The result of one batch: texts rendered, texts the renderer refused, and the last primary key."""

    done: int
    refused: int
    last: int


@transaction.atomic
def rerender(*, model: type[RenderedText], after: int, everything: bool = False) -> Rerendered | None:
    """Render the next batch of a model's texts made by another renderer, after the primary key `after`.

    Returns None if nothing is left. With `everything`, renders the texts of this renderer too. A text that the
    renderer refuses keeps its HTML. The summary that an undecided warning takes from its report follows the report's
    HTML.
    """
    outdated: Any = to_render(model, everything=everything).filter(pk__gt=after).order_by("pk")
    if model is Report:
        lock_warnings(outdated.values_list("warning", flat=True)[:_RERENDER_BATCH])
    batch = list(outdated.select_for_update()[:_RERENDER_BATCH])
    if not batch:
        return None
    fresh = [row for row in batch if _render_again(row)]
    model._default_manager.bulk_update(fresh, ["body_html", "body_renderer"])
    return Rerendered(done=len(fresh), refused=len(batch) - len(fresh), last=batch[-1].pk)


def to_render(model: type[RenderedText], *, everything: bool) -> Any:
    """Return a model's texts that another renderer made, or all of them."""
    rows = model._default_manager.all()
    return rows if everything else rows.exclude(body_renderer=RENDERER_VERSION)


def _render_again(row: RenderedText) -> bool:
    try:
        fields = rendered(row.body, type(row))
    except MarkdownError:
        return False
    before = row.body_html
    for name, value in fields.items():
        setattr(row, name, value)
    if isinstance(row, Report):
        _summarise_again(row, before)
    return True


def _summarise_again(report: Report, before: str) -> None:
    old, new = summary_of(before), summary_of(report.body_html)
    if old != new:
        Warning.objects.filter(pk=report.warning_id, status__in=OPEN, summary=old).update(summary=new)


def rendered(body: str, model: type[RenderedText]) -> dict[str, Any]:
    """Return the three stored fields of a Markdown text. Raises MarkdownError if it cannot be rendered."""
    html = str(render(body, anchors=model.HEADINGS_HAVE_ANCHORS)) if body else ""
    return {"body": body, "body_html": html, "body_renderer": RENDERER_VERSION}
