"""Add and remove tools. Each action is one transaction."""

from datetime import date
from typing import Any

from anyascii import anyascii
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from accounts.permissions import may
from audit import log
from common.errors import ForewarnedError
from common.text.folding import fold
from directory.actions import assessments
from directory.choices import EntryKind, NameKind, RevisionState, ToolKind
from directory.entries import Content, Entry, find
from directory.models import EntryRevision, Tool, ToolName
from directory.signals import entries_changed
from directory.tool_names import write_names
from directory.write_entry import NameTakenError, write

LONGEST_SLUG = 70


class ToolInUseError(ForewarnedError):
    """The tool has recorded facts, so it cannot be removed."""


@transaction.atomic
def add_tool(*, actor: User, name: str, kind: ToolKind, content: Content, comment: str, today: date) -> Tool:
    """Add a tool without facts, which is not assessed. Its history begins with `comment`.

    `content` has some of the fields of a tool edit. Raises NameTakenError if another tool has the name, or
    PermissionDenied.
    """
    if not may("add_tool", actor):
        raise PermissionDenied("Moderators add tools.")
    known = ToolName.objects.select_related("tool").filter(folded=fold(name)).first()
    if known is not None:
        raise NameTakenError(f"“{known.text}” is a name of {known.tool.name} here.", "name-taken")
    tool = Tool.objects.create(slug=_free_slug(name), name=name, kind=kind)
    write_names(tool, [{"name": name, "kind": NameKind.OFFICIAL.value}])
    blank = _entry(tool)
    write(blank, blank.content | content, today)
    assessments.refresh_assessment(tool=tool, today=today)
    last = EntryRevision.objects.of_entry(EntryKind.TOOL, tool.slug).first()
    revision = EntryRevision.objects.create(
        kind=EntryKind.TOOL,
        key=tool.slug,
        number=(last.number or 0) + 1 if last else 1,
        before=blank.content,
        after=_entry(tool).content,
        author=actor,
        comment=comment,
        state=RevisionState.APPLIED,
    )
    log.record(actor=actor.handle, verb="directory.add", target=f"tool {tool.slug}", after={"revision": revision.pk})
    return tool


@transaction.atomic
def remove_tool(*, actor: User, tool: Tool) -> None:
    """Remove a tool without recorded facts. Raises ToolInUseError or PermissionDenied."""
    if not may("add_tool", actor):
        raise PermissionDenied("Moderators take tools out.")
    row = Tool.objects.select_for_update().get(pk=tool.pk)
    if row.facts.exists() or row.protections.exists():
        raise ToolInUseError(f"What {row.name} does is recorded by now, so it stays in the directory.", "in-use")
    slug, key = row.slug, row.pk
    row.delete()
    entries_changed.send(sender=Tool, keys=[key], below=True)
    log.record(actor=actor.handle, verb="directory.remove", target=f"tool {slug}")


def _entry(tool: Tool) -> Entry:
    found: Any = find(EntryKind.TOOL, tool.slug)
    return found  # type: ignore[no-any-return]


def _free_slug(name: str) -> str:
    """Return an unused slug for the name, transliterated to Latin letters."""
    stem = slugify(anyascii(name))[:LONGEST_SLUG].strip("-_") or "tool"
    taken = set(Tool.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)
