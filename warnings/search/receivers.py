"""Update the index when content changes, in the same transaction."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from directory.models import Feature, Marketplace, Tactic, Tool, ToolFeature
from directory.signals import entries_changed
from reports.models import Comment, Report, Warning
from reports.signals import passages_removed, posts_changed, posts_erased
from search import actions
from search.kinds import Kind
from search.models import IndexedDocument
from search.tasks import forget_removed_words

KINDS = {
    Tool: Kind.TOOL,
    Feature: Kind.FEATURE,
    Tactic: Kind.TACTIC,
    Marketplace: Kind.MARKETPLACE,
    Warning: Kind.WARNING,
    Report: Kind.REPORT,
    Comment: Kind.COMMENT,
}


@receiver(entries_changed, dispatch_uid="search.entries")
def index_entries(sender: Any, keys: list[int], **_: Any) -> None:
    """Index directory entries, and the documents of facts about tools and features."""
    actions.refresh(kind=KINDS[sender], keys=keys)
    there: Iterable[int] = ()
    if sender is Tool:
        # Its links and descriptions are found in memory, and have no document that would show the change.
        actions.renew_names_token()
        there = ToolFeature.objects.filter(tool__in=keys).values_list("pk", flat=True)
    elif sender is Feature:
        there = ToolFeature.objects.filter(feature__in=keys).values_list("pk", flat=True)
    known = IndexedDocument.objects.keys_below(keys, Kind.FACT) if sender is Tool else ()
    actions.refresh(kind=Kind.FACT, keys=sorted({*there, *known}))


@receiver(posts_changed, dispatch_uid="search.posts")
def index_posts(sender: Any, keys: list[int], below: bool = False, **_: Any) -> None:
    """Index posts; with `below`, also all reports and comments of the warnings."""
    actions.refresh(kind=KINDS[sender], keys=keys)
    if below:
        for model, kind in ((Report, Kind.REPORT), (Comment, Kind.COMMENT)):
            there = model._default_manager.filter(warning__in=keys).values_list("pk", flat=True)
            known = IndexedDocument.objects.keys_below(keys, kind)
            actions.refresh(kind=kind, keys=sorted({*there, *known}))


@receiver((passages_removed, posts_erased), dispatch_uid="search.removed")
def forget(sender: Any, **_: Any) -> None:
    """Have the words forgotten that were removed or erased."""
    forget_removed_words.enqueue()
