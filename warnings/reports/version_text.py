"""A warning's text as fields that can be compared and merged, for the current and for stored versions."""

from collections.abc import Mapping
from typing import Any

from common.text.merge import MergedFields, merge_fields
from directory.models import Marketplace, Tactic, Tool
from reports.models import Revision, Warning

Fields = dict[str, Any]

TEXTS = {"title": "Title", "summary": "In short", "body": "What happened", "what_to_do": "What to do"}
LINKS = {"tools": "Tools", "tactics": "Tactics", "marketplaces": "Marketplaces", "tags": "Tags"}
LABELS = TEXTS | LINKS


def fields_now(warning: Warning) -> Fields:
    """Return the current text of a warning."""
    return _tidy(warning) | links_of(warning)


def fields_of(revision: Revision) -> Fields:
    """Return the text of a stored version."""
    return _tidy(revision) | {name: sorted(revision.links.get(name, [])) for name in LINKS}


def fields_of_version(warning: Warning, number: int) -> Fields | None:
    """Return the text of a version by number; None if it does not exist or its text was removed."""
    revision = warning.revisions.applied().filter(number=number, redacted_at__isnull=True).first()
    return fields_of(revision) if revision else None


def merged_now(warning: Warning, fields: Mapping[str, Any], based_on: int) -> MergedFields:
    """Merge an edit of version `based_on` with the current text of the warning."""
    now = fields_now(warning)
    base = now if based_on == warning.version else fields_of_version(warning, based_on)
    return merge_fields(base, fields, now, sets=LINKS)


def readable(*versions: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return versions with each field as readable text: one line per step, and the names of linked entries."""
    names = {
        "tools": _names(Tool, "tools", versions),
        "tactics": _names(Tactic, "tactics", versions),
        "marketplaces": _names(Marketplace, "marketplaces", versions),
        "tags": {},
    }
    return [
        {field: _lines(value, names.get(field, {})) for field, value in fields.items() if field in LABELS}
        for fields in versions
    ]


def _names(model: Any, field: str, versions: tuple[Mapping[str, Any], ...]) -> dict[str, str]:
    slugs = {slug for fields in versions for slug in fields.get(field, ())}
    return dict(model.objects.filter(slug__in=slugs).values_list("slug", "name"))


def _lines(value: str | list[str], names: Mapping[str, str]) -> str:
    return value if isinstance(value, str) else "\n".join(names.get(line, line) for line in value)


def _tidy(row: Warning | Revision) -> Fields:
    texts = {name: getattr(row, name).strip() for name in ("title", "summary", "body")}
    return texts | {"what_to_do": list(row.what_to_do)}


def links_of(warning: Warning) -> dict[str, list[str]]:
    """Return the links of a warning as stored in revisions: slugs, and the names of tags."""
    return {
        "tools": sorted(tool.slug for tool in warning.tools.all()),
        "tactics": sorted(tactic.slug for tactic in warning.tactics.all()),
        "marketplaces": sorted(marketplace.slug for marketplace in warning.marketplaces.all()),
        "tags": sorted(tagged.tag.name for tagged in warning.tagged.select_related("tag")),
    }
