"""Editable entries with their current content, found by kind and key."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common.text.cleaning import normalise_line
from directory import descriptions
from directory.catalogue.rows import day_of
from directory.choices import EntryKind, NameKind, RuleTopic
from directory.models import Citation, Feature, Marketplace, MarketplaceRule, Tactic, Tool, ToolFeature
from directory.tool_names import given

Content = dict[str, Any]

SCOPE = ("platform", "plan", "role", "region")
FIELDS: Mapping[str, tuple[str, ...]] = {
    EntryKind.TOOL: ("summary", "status_note", "website", "common_where", "safer_use"),
    EntryKind.FACT: ("present", "control", "can_disable", *SCOPE, "detail"),
    EntryKind.TACTIC: ("summary", "how_it_works", "signs", "phrases", "what_to_do", "severity", "severity_reason"),
    EntryKind.RULE: ("rule", "exceptions", "consequence"),
}
# Factual claims, which require a source.
SOURCED = frozenset({EntryKind.FACT, EntryKind.TACTIC, EntryKind.RULE})


@dataclass(frozen=True)
class Entry:
    """An editable entry of the directory.

    `owner` is the object that it belongs to; its own row is None if it does not exist yet.
    """

    kind: EntryKind
    key: str
    name: str
    owner: Tool | Tactic | Marketplace
    row: Any
    content: Content
    page: str
    feature: Feature | None = None

    @property
    def tools(self) -> list[str]:
        """The slugs of the tools it is about; users connected to one of them may not decide."""
        return [self.owner.slug] if isinstance(self.owner, Tool) else []

    @property
    def digest(self) -> str:
        """A digest of the content, to detect changes since it was read."""
        return hashlib.sha256(json.dumps(self.content, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def address(self) -> str:
        """The common prefix of the URLs of its form and its history."""
        return address_of(self.kind, self.key)


def address_of(kind: str, key: str) -> str:
    """Return the URL prefix of an entry: `/tools/dingtalk/`, `/tools/dingtalk/facts/read-receipts/`."""
    slug, _, part = key.partition("/")
    if kind == EntryKind.TACTIC:
        return reverse("tactic", args=[slug])
    if kind == EntryKind.RULE:
        return f"{reverse('marketplace', args=[slug])}rules/{part}/"
    return reverse("tool", args=[slug]) + (f"facts/{part}/" if part else "")


def find(kind: str, key: str, scope: tuple[str, ...] | None = None, *, lock: bool = False) -> Entry | None:
    """Return an entry as it is now, or None; with `lock`, lock its owner.

    A tool may have several facts on a feature; `scope` selects one.
    """
    slug, _, part = key.partition("/")
    if kind in {EntryKind.TOOL, EntryKind.FACT}:
        tool = _owner(Tool, slug, lock)
        return None if tool is None else _of_tool(tool) if kind == EntryKind.TOOL else _fact(tool, part, scope)
    if kind == EntryKind.TACTIC:
        tactic = _owner(Tactic, slug, lock)
        return None if tactic is None else _of_tactic(tactic)
    marketplace = _owner(Marketplace, slug, lock)
    return None if marketplace is None or part not in RuleTopic.values else _rule(marketplace, part)


def scope_of(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the scope of a fact, which distinguishes it from others on the same feature."""
    return tuple(content.get(name, "") for name in SCOPE)


def _owner(model: Any, slug: str, lock: bool) -> Any:
    rows = model.objects.select_for_update() if lock else model.objects
    return rows.filter(slug=slug).first()


def _of_tool(tool: Tool) -> Entry:
    content = {name: getattr(tool, name) for name in FIELDS[EntryKind.TOOL]}
    names, described = list(tool.names.all()), list(tool.descriptions.all())
    content["names"] = [given(name).line for name in names if name.kind != NameKind.OFFICIAL]
    content["ambiguous"] = any(name.ambiguous for name in names if name.kind == NameKind.OFFICIAL)
    content["domains"] = [domain.domain for domain in tool.domains.all()]
    content["app_schemes"] = [link.scheme for link in tool.app_schemes.all()]
    content["recognised_by"] = descriptions.lines(described, neutral=True)
    content["searched_as"] = descriptions.lines(described, neutral=False)
    return Entry(EntryKind.TOOL, tool.slug, tool.name, tool, tool, content, reverse("tool", args=[tool.slug]))


def _fact(tool: Tool, part: str, scope: tuple[str, ...] | None) -> Entry | None:
    feature = Feature.objects.filter(slug=part).first()
    if feature is None:
        return None
    rows = list(ToolFeature.objects.for_tools([tool]).filter(feature=feature))
    exact = [row for row in rows if scope == tuple(getattr(row, name) for name in SCOPE)]
    row = exact[0] if exact else rows[0] if len(rows) == 1 or (rows and scope is None) else None
    content = _content(row, EntryKind.FACT) | _sources(row)
    page = f"{reverse('tool', args=[tool.slug])}#can-do"
    return Entry(
        EntryKind.FACT, f"{tool.slug}/{part}", f"{tool.name}: {feature.name}", tool, row, content, page, feature
    )


def _of_tactic(tactic: Tactic) -> Entry:
    general = tactic.replies.filter(marketplace=None).first()
    content = (
        _content(tactic, EntryKind.TACTIC) | {"reply": general.text.strip() if general else ""} | _sources(tactic)
    )
    page = reverse("tactic", args=[tactic.slug])
    return Entry(EntryKind.TACTIC, tactic.slug, tactic.name, tactic, tactic, content, page)


def _rule(marketplace: Marketplace, topic: str) -> Entry:
    row = MarketplaceRule.objects.filter(marketplace=marketplace, topic=topic).first()
    content = _content(row, EntryKind.RULE) | _sources(row)
    page = f"{reverse('marketplace', args=[marketplace.slug])}#{topic if row else 'rules'}"
    name = f"{marketplace.name}: {RuleTopic(topic).label}"
    return Entry(EntryKind.RULE, f"{marketplace.slug}/{topic}", name, marketplace, row, content, page)


def _content(row: Any, kind: EntryKind) -> Content:
    if row is None:
        return {name: None if name == "present" else "" for name in FIELDS[kind]}
    return {name: _tidy(getattr(row, name)) for name in FIELDS[kind]}


def _tidy(value: Any) -> Any:
    """Normalize a value as a form does, so that submitting an unchanged form changes nothing."""
    if isinstance(value, list):
        return [normalise_line(line) for line in value]
    return value.strip() if isinstance(value, str) else value


def _sources(row: Any) -> Content:
    if row is None:
        return {"checked_on": None, "sources": []}
    cited = [_source(citation) for citation in row.citations.select_related("source")]
    return {"checked_on": day_of(row.checked_on), "sources": cited}


def _source(citation: Citation) -> Content:
    title, passage = normalise_line(citation.source.title), normalise_line(citation.passage)
    return {"url": citation.source.url, "title": title, "passage": passage}
