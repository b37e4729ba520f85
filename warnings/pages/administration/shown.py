"""The tables and fields that administrators can see: an allow-list.

None of them identifies a person who reported, voted, flagged or was subject to a decision, and none is secret.
Anything not listed is hidden; `tests/pages/test_administration.py` checks this list against what must never be shown.
"""

from dataclasses import dataclass
from typing import Any

from audit import models as audit
from directory import models as directory
from moderation import models as moderation
from reports import models as reports


@dataclass(frozen=True)
class Shown:
    """The visible fields of a table. The first `in_list` are shown in lists; some can be searched or filtered."""

    fields: tuple[str, ...]
    in_list: int = 4
    searched: tuple[str, ...] = ()
    filtered: tuple[str, ...] = ()


_ASSESSED = ("grade", "risk", "coverage", "provisional", "assessment_expires_on")
_CITED = ("source", "passage", "confirmed")

SHOWN: dict[Any, Shown] = {
    directory.Vendor: Shown(("name", "country"), searched=("name",)),
    directory.Tool: Shown(
        ("name", "kind", "status", *_ASSESSED, "slug", "vendor", "website", "summary", "created_at", "updated_at"),
        in_list=6,
        searched=("name", "slug"),
        filtered=("kind", "grade", "status"),
    ),
    directory.ToolName: Shown(
        ("text", "tool", "kind", "script", "lang", "ambiguous", "folded"),
        searched=("text",),
        filtered=("kind", "ambiguous"),
    ),
    directory.ToolDomain: Shown(("domain", "tool"), searched=("domain",)),
    directory.ToolAppScheme: Shown(("scheme", "tool"), searched=("scheme",)),
    directory.ToolDescription: Shown(
        ("text", "tool", "lang", "neutral"), searched=("text",), filtered=("neutral", "lang")
    ),
    directory.ToolFeature: Shown(
        (
            *("tool", "feature", "present", "reviewed", "checked_on"),
            *("control", "can_disable", "platform", "plan", "role", "region", "detail"),
        ),
        in_list=5,
        searched=("tool__name", "feature__name"),
        filtered=("present", "reviewed"),
    ),
    directory.ToolFeatureCitation: Shown(("fact", *_CITED), searched=("passage",)),
    directory.Protection: Shown(("tool", "name", "checked_on", "detail"), in_list=3, searched=("name",)),
    directory.Feature: Shown(
        ("name", "family", "severity", "slug", "summary", "replaced_by"), searched=("name",), filtered=("family",)
    ),
    directory.Tactic: Shown(("name", "family", "severity", "checked_on", "slug", "summary"), searched=("name",)),
    directory.Marketplace: Shown(("name", "slug"), searched=("name",)),
    directory.MarketplaceRule: Shown(
        ("marketplace", "topic", "reviewed", "checked_on", "rule"), filtered=("topic", "reviewed")
    ),
    directory.Source: Shown(
        ("title", "publisher", "confirmed", "last_checked_on", "reported_changed_on", "url"),
        in_list=5,
        searched=("title", "url"),
        filtered=("confirmed",),
    ),
    reports.Warning: Shown(
        (
            *("title", "status", "report_count", "published_at"),
            *("slug", "locked", "disputed", "summary", "created_at", "updated_at"),
        ),
        searched=("title", "slug"),
        filtered=("status", "locked", "disputed"),
    ),
    reports.Tag: Shown(("name", "slug", "folded", "description"), searched=("name",)),
    reports.TagSynonym: Shown(("name", "tag", "slug"), searched=("name",)),
    moderation.Reason: Shown(("label", "slug", "retired", "position", "rule", "acts", "kinds", "text")),
    moderation.Case: Shown(
        ("kind", "state", "opened_at", "due_at", "closed_at", "spam"), in_list=5, filtered=("kind", "state")
    ),
    moderation.Decision: Shown(
        ("act", "kind", "basis", "reason", "at", "automatic", "opened_at", "undone_at", "public_id"),
        in_list=6,
        filtered=("act", "kind", "automatic"),
    ),
    audit.Entry: Shown(
        ("seq", "at", "verb", "target", "reason", "previous_digest", "digest"), searched=("verb", "target")
    ),
    audit.Head: Shown(("day", "seq", "digest")),
}
