"""Write an entry's new content and send the signals."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any

from common.errors import ForewarnedError
from common.templatetags.site import host
from common.text.folding import fold
from common.urls import validate_web_url
from directory.actions import assessments
from directory.catalogue.rows import sync_citations, sync_rows
from directory.choices import EntryKind, NameKind
from directory.descriptions import descriptions_of_lines
from directory.entries import FIELDS, SOURCED, Content, Entry, scope_of
from directory.models import Marketplace, MarketplaceRule, Source, Tactic, Tool, ToolFeature, ToolName
from directory.signals import entries_changed
from directory.tool_names import GivenName, content_of_names, name_of_line, write_names


class SourceMissingError(ForewarnedError):
    """The content has no source for its claims; the message says what is missing."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NameTakenError(ForewarnedError):
    """Another entry already has this scope or name; the message says which."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


def require_sources(kind: str, content: Content, today: date) -> None:
    """Raise SourceMissingError unless all sources have URL and title, one has a passage, and the check is dated."""
    if kind not in SOURCED:
        return
    for source in content["sources"]:
        try:
            validate_web_url(source["url"])
        except ValueError as problem:
            raise SourceMissingError(f"A source has no usable address: {problem}.", "no-address") from None
        if not source["title"]:
            raise SourceMissingError("A source has no title.", "no-title")
    if not any(source["passage"] for source in content["sources"]):
        raise SourceMissingError(
            "Nothing is stored without a source: its address, title, and what it says in a few words.",
            "source-missing",
        )
    if not content["checked_on"] or date.fromisoformat(content["checked_on"]) > today:
        raise SourceMissingError("Say on which day you checked the sources; it cannot lie ahead.", "no-day")


def write(entry: Entry, content: Content, today: date) -> None:
    """Write content to the directory. The caller has locked the entry's owner. Raises NameTakenError."""
    if entry.kind == EntryKind.TOOL:
        _write_tool(entry, content)
    elif entry.kind == EntryKind.FACT:
        _write_fact(entry, content)
    elif entry.kind == EntryKind.TACTIC:
        _write_tactic(entry, content)
    else:
        _write_rule(entry, content)
    if isinstance(entry.owner, Tool) and entry.kind == EntryKind.FACT:
        # Also sends `entries_changed` for the tool.
        assessments.refresh_assessment(tool=entry.owner, today=today)
    else:
        entries_changed.send(sender=type(entry.owner), keys=[entry.owner.pk])


def _set(row: Any, entry: Entry, content: Content) -> None:
    """Set changed fields only, so that the others keep the exact characters of the catalogue files."""
    for name in FIELDS[entry.kind]:
        if row.pk is None or content[name] != entry.content[name]:
            setattr(row, name, content[name])
    if entry.kind in SOURCED:
        row.checked_on = date.fromisoformat(content["checked_on"])


def _write_tool(entry: Entry, content: Content) -> None:
    tool = entry.row
    if any(content[name] != entry.content[name] for name in ("names", "ambiguous")):
        _write_names(tool, [name_of_line(line) for line in content["names"]], ambiguous=content["ambiguous"])
    domains = [{"domain": domain} for domain in content["domains"]]
    sync_rows(tool.domains.all(), {"tool": tool}, ("domain",), domains)
    schemes = [{"scheme": scheme} for scheme in content["app_schemes"]]
    sync_rows(tool.app_schemes.all(), {"tool": tool}, ("scheme",), schemes)
    described = descriptions_of_lines(content["recognised_by"], content["searched_as"])
    sync_rows(tool.descriptions.all(), {"tool": tool}, ("lang", "text"), described)
    _set(tool, entry, content)
    tool.save()


def _write_names(tool: Tool, names: Sequence[GivenName], *, ambiguous: bool) -> None:
    """Set the names of a tool; a known one keeps its kind. Raises NameTakenError."""
    known = {name.folded: NameKind(name.kind) for name in tool.names.all()}
    others = ToolName.objects.exclude(tool=tool).select_related("tool")
    taken = others.filter(folded__in=[fold(name.text) for name in names]).first()
    if taken is not None:
        raise NameTakenError(f"“{taken.text}” is a name of {taken.tool.name} here.", "name-taken")
    with_kinds = [replace(name, kind=known.get(fold(name.text))) for name in names]
    write_names(tool, content_of_names(GivenName(tool.name, ambiguous=ambiguous), with_kinds))


def _write_fact(entry: Entry, content: Content) -> None:
    tool = entry.owner
    assert isinstance(tool, Tool)
    others = ToolFeature.objects.filter(tool=tool, feature=entry.feature)
    row = entry.row or ToolFeature(tool=tool, feature=entry.feature, position=_end(tool.facts))
    scope = dict(zip(("platform", "plan", "role", "region"), scope_of(content), strict=True))
    if others.filter(**scope).exclude(pk=row.pk).exists():
        raise NameTakenError(
            "There is another fact on the same feature for the same platform, plan, role and region.", "fact-taken"
        )
    _set(row, entry, content)
    row.save()
    row.reviewed = _cite(row, {"fact": row}, entry, content)
    row.save(update_fields=["reviewed"])


def _write_rule(entry: Entry, content: Content) -> None:
    marketplace = entry.owner
    assert isinstance(marketplace, Marketplace)
    topic = entry.key.partition("/")[2]
    row = entry.row or MarketplaceRule(marketplace=marketplace, topic=topic, position=_end(marketplace.rules))
    _set(row, entry, content)
    row.save()
    row.reviewed = _cite(row, {"rule": row}, entry, content)
    row.save(update_fields=["reviewed"])


def _write_tactic(entry: Entry, content: Content) -> None:
    tactic = entry.owner
    assert isinstance(tactic, Tactic)
    _set(tactic, entry, content)
    tactic.save()
    if content["reply"] != entry.content["reply"]:
        tactic.replies.update_or_create(marketplace=None, defaults={"text": content["reply"]})
    _cite(tactic, {"tactic": tactic}, entry, content)


def _end(rows: Any) -> int:
    last = rows.order_by("-position").first()
    return last.position + 1 if last else 0


def _cite(row: Any, owner: dict[str, Any], entry: Entry, content: Content) -> bool:
    """Set the citations; return whether one is confirmed.

    Adding a source or updating the date of the check confirms that the page was opened.
    """
    checked_anew = content["checked_on"] != entry.content["checked_on"]
    unopened = {
        (citation.source.url, citation.passage)
        for citation in row.citations.select_related("source")
        if not citation.confirmed and not checked_anew
    }
    _add_sources(content["sources"], content["checked_on"])
    wanted = [
        {
            "url": source["url"],
            "passage": source["passage"],
            "confirmed": (source["url"], source["passage"]) not in unopened,
        }
        for source in content["sources"]
    ]
    sync_citations(row.citations.all(), owner, wanted)
    return any(citation["confirmed"] for citation in wanted)


def _add_sources(sources: Sequence[Content], checked_on: str) -> None:
    """Create unknown sources; known ones keep their title, since other facts cite them too."""
    for source in sources:
        new = {"title": source["title"], "publisher": host(source["url"])[:200]}
        Source.objects.get_or_create(
            url=source["url"], defaults=new | {"confirmed": True, "last_checked_on": checked_on}
        )
