"""Create and update the founding warnings of the catalogue."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from directory.choices import RevisionState
from reports.actions.status import change_status
from reports.actions.warnings import recount, rendered
from reports.choices import Status
from reports.models import Comment, Revision, Warning
from reports.signals import posts_changed


@transaction.atomic
def create_founding_warning(*, slug: str, title: str) -> Warning:
    """Create a founding warning, without text and not yet published."""
    return Warning.objects.create(slug=slug, title=title, founding=True, version=0)


@transaction.atomic
def apply_founding_text(
    *, warning: Warning, text: Mapping[str, Any], links: Mapping[str, list[str]]
) -> Revision | None:
    """Apply the catalogue's text to the warning as a new revision; return None if nothing changed."""
    last = warning.revisions.applied().newest_first().first()
    fields = {"title": text["title"], "summary": text["summary"], "body": text["body"]}
    fields |= {"what_to_do": text["what_to_do"], "links": dict(links)}
    if last and all(getattr(last, name) == value for name, value in fields.items()):
        return None
    warning.version += 1
    warning.title, warning.summary, warning.what_to_do = text["title"], text["summary"], text["what_to_do"]
    for name, value in rendered(text["body"], Warning).items():
        setattr(warning, name, value)
    warning.save()
    posts_changed.send(sender=Warning, keys=[warning.pk])
    return warning.revisions.create(
        number=warning.version,
        based_on=warning.version - 1,
        state=RevisionState.APPLIED,
        comment="From the founding catalogue",
        **fields,
    )


@transaction.atomic
def set_founding_report(*, warning: Warning) -> None:
    """Create the report behind a founding warning, with no month, unless it exists."""
    report, created = warning.reports.get_or_create(
        founding=True, defaults={"marketplace": warning.marketplaces.first()}
    )
    if created:
        report.tools.set(warning.tools.all())
        report.tactics.set(warning.tactics.all())
        change_status(actor="system", post=report, status=Status.PUBLISHED, reason="founding catalogue")
        recount(warning=warning)


@transaction.atomic
def set_founding_discussion(*, warning: Warning, replies: Sequence[Mapping[str, str]]) -> None:
    """Synchronize the founding discussion of a warning with the catalogue; users' comments are not changed."""
    here = list(warning.comments.exclude(voice="").order_by("published_at", "id"))
    gone = [row.pk for row in here[len(replies) :]]
    Comment.objects.filter(pk__in=gone).delete()
    posts_changed.send(sender=Comment, keys=gone)
    for index, reply in enumerate(replies):
        fields = {"voice": reply["voice"], "stance": reply["stance"], **rendered(reply["body"], Comment)}
        if index >= len(here):
            comment = Comment.objects.create(warning=warning, **fields)
            change_status(actor="system", post=comment, status=Status.PUBLISHED, reason="founding catalogue")
        elif any(getattr(here[index], name) != value for name, value in fields.items()):
            Comment.objects.filter(pk=here[index].pk).update(**fields)
            posts_changed.send(sender=Comment, keys=[here[index].pk])
    recount(warning=warning)
