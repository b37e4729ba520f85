"""The section `tools/`."""

from collections.abc import Collection, Mapping
from typing import Any

from directory.catalogue.reader import Reading
from directory.catalogue.rows import citations_of, day_of, sync_citations, sync_rows
from directory.catalogue.schemas import AliasEntry, FactEntry, ProtectionEntry, ToolEntry
from directory.catalogue.sections import Content, Context, Section
from directory.catalogue.sources import canonical_citations, is_confirmed
from directory.descriptions import content_of_description
from directory.models import Feature, Tool, Vendor
from directory.tool_names import GivenName, content_of_name, content_of_names, write_names

FOLDER = "tools"
_PLAIN = ("name", "kind", "status", "status_note", "website", "platforms", "common_where", "summary", "safer_use")
_AS_GIVEN = ("slug", "domains", "app_schemes", "vendor", "vendor_country")


_FACT_PLAIN = ("present", "control", "can_disable", "platform", "plan", "role", "region", "detail")


_FACT_STATE = ("reviewed", "checked_on")


def canonical(entry: ToolEntry, context: Context) -> Content:
    """Return a validated entry as plain JSON, with kinds of names, dates and review states filled in."""
    data = entry.model_dump(mode="json", include={*_PLAIN, *_AS_GIVEN})
    data["platforms"] = list(dict.fromkeys(data["platforms"]))
    data["names"] = content_of_names(GivenName(entry.name, ambiguous=entry.ambiguous), _aliases(entry))
    data["descriptions"] = [
        {"text": text, "lang": lang, "neutral": neutral}
        for neutral, by_lang in ((True, entry.described_as.neutral), (False, entry.described_as.searched))
        for lang, texts in by_lang.items()
        for text in texts
    ]
    data["features"] = [_canonical_fact(fact, context) for fact in entry.features]
    data["protections"] = [_canonical_protection(part, context) for part in entry.protections]
    data["alternatives"] = list(entry.alternatives)
    return data


def current(slugs: Collection[str]) -> dict[str, Content]:
    """Return tools from the database in canonical form, by slug; missing ones are left out."""
    found = Tool.objects.for_page().prefetch_related("descriptions").in_bulk(slugs, field_name="slug")
    return {slug: _current(tool) for slug, tool in found.items()}


def _current(tool: Tool) -> Content:
    return {
        "slug": tool.slug,
        **{name: getattr(tool, name) for name in _PLAIN},
        "vendor": tool.vendor.name if tool.vendor else "",
        "vendor_country": tool.vendor.country if tool.vendor else "",
        "domains": [domain.domain for domain in tool.domains.all()],
        "app_schemes": [link.scheme for link in tool.app_schemes.all()],
        "descriptions": [content_of_description(row) for row in tool.descriptions.all()],
        "names": [content_of_name(name) for name in tool.names.all()],
        "features": [_current_fact(fact) for fact in tool.facts.all()],
        "protections": [_current_protection(protection) for protection in tool.protections.all()],
        "alternatives": [link.alternative.slug for link in tool.alternative_links.all()],
    }


def write(content: Content) -> None:
    """Write the canonical content of a tool to the database, except its alternatives."""
    tool, _ = Tool.objects.update_or_create(
        slug=content["slug"], defaults={name: content[name] for name in _PLAIN} | {"vendor": _vendor(content)}
    )
    write_names(tool, content["names"])
    sync_rows(tool.domains.all(), {"tool": tool}, ("domain",), [{"domain": d} for d in content["domains"]])
    schemes = [{"scheme": scheme} for scheme in content["app_schemes"]]
    sync_rows(tool.app_schemes.all(), {"tool": tool}, ("scheme",), schemes)
    sync_rows(tool.descriptions.all(), {"tool": tool}, ("lang", "text"), content["descriptions"])
    _write_facts(tool, content["features"])
    plain = [{name: part[name] for name in ("name", "detail", "checked_on")} for part in content["protections"]]
    rows = sync_rows(tool.protections.all(), {"tool": tool}, ("name",), plain)
    for row, part in zip(rows, content["protections"], strict=True):
        sync_citations(row.citations.all(), {"protection": row}, part["sources"])


def link(content: Content) -> None:
    """Set the alternatives of a tool."""
    tool = Tool.objects.get(slug=content["slug"])
    others = Tool.objects.in_bulk(content["alternatives"], field_name="slug")
    wanted = [{"alternative_id": others[slug].pk} for slug in content["alternatives"]]
    sync_rows(tool.alternative_links.all(), {"tool": tool}, ("alternative_id",), wanted)


def check(reading: Reading, known: Mapping[str, set[str]]) -> None:
    """Report unknown features and alternatives, vendors with different countries, and shared schemes."""
    countries: dict[str, str] = {}
    schemes: dict[str, str] = {}
    for slug, entry in reading.entries[FOLDER].items():
        if not isinstance(entry, ToolEntry):
            continue
        if entry.vendor and countries.setdefault(entry.vendor, entry.vendor_country) != entry.vendor_country:
            message = f"{entry.vendor} is in {countries[entry.vendor] or 'no country'} in another file"
            reading.complain(FOLDER, slug, "vendor_country", message)
        for index, scheme in enumerate(entry.app_schemes):
            if schemes.setdefault(scheme, slug) != slug:
                message = f"{scheme} opens {schemes[scheme]} already"
                reading.complain(FOLDER, slug, f"app_schemes[{index}]", message)
        for index, fact in enumerate(entry.features):
            if fact.feature not in known["features"]:
                reading.complain(FOLDER, slug, f"features[{index}].feature", f"there is no feature {fact.feature!r}")
        for index, other in enumerate(entry.alternatives):
            if other not in known[FOLDER]:
                reading.complain(FOLDER, slug, f"alternatives[{index}]", f"there is no tool {other!r}")


def _aliases(entry: ToolEntry) -> list[GivenName]:
    return [
        GivenName(a.name, a.kind, a.lang or "", a.ambiguous) if isinstance(a, AliasEntry) else GivenName(a)
        for a in entry.aliases
    ]


def _vendor(content: Content) -> Vendor | None:
    if not content["vendor"]:
        return None
    vendor, _ = Vendor.objects.update_or_create(
        name=content["vendor"], defaults={"country": content["vendor_country"]}
    )
    return vendor


def _write_facts(tool: Tool, facts: list[Content]) -> None:
    features = Feature.objects.in_bulk([fact["feature"] for fact in facts], field_name="slug")
    wanted = [
        {"feature_id": features[fact["feature"]].pk, **{name: fact[name] for name in (*_FACT_PLAIN, *_FACT_STATE)}}
        for fact in facts
    ]
    key = ("feature_id", "platform", "plan", "role", "region")
    rows = sync_rows(tool.facts.all(), {"tool": tool}, key, wanted)
    for row, fact in zip(rows, facts, strict=True):
        sync_citations(row.citations.all(), {"fact": row}, fact["sources"])


def _canonical_fact(fact: FactEntry, context: Context) -> Content:
    return {
        "feature": fact.feature,
        **fact.model_dump(mode="json", include=set(_FACT_PLAIN)),
        "control": fact.control or "",
        "can_disable": fact.can_disable or "",
        "reviewed": is_confirmed(fact.sources) if fact.reviewed is None else fact.reviewed,
        "checked_on": (fact.checked_on or context.compiled_on).isoformat(),
        "sources": canonical_citations(fact.sources, context.sources),
    }


def _current_fact(fact: Any) -> Content:
    return {
        "feature": fact.feature.slug,
        **{name: getattr(fact, name) for name in _FACT_PLAIN},
        "reviewed": fact.reviewed,
        "checked_on": day_of(fact.checked_on),
        "sources": citations_of(fact.citations.all()),
    }


def _canonical_protection(part: ProtectionEntry, context: Context) -> Content:
    return {
        "name": part.name,
        "detail": part.detail,
        "checked_on": (part.checked_on or context.compiled_on).isoformat(),
        "sources": canonical_citations(part.sources, context.sources),
    }


def _current_protection(protection: Any) -> Content:
    return {
        "name": protection.name,
        "detail": protection.detail,
        "checked_on": day_of(protection.checked_on),
        "sources": citations_of(protection.citations.all()),
    }


SECTION = Section(
    folder=FOLDER,
    schema=ToolEntry,
    canonical=canonical,
    current=current,
    write=write,
    link=link,
    check=check,
    known_slugs=lambda: set(Tool.objects.values_list("slug", flat=True)),
    model=Tool,
)
