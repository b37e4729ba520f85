"""The section `marketplaces/`."""

from collections.abc import Collection, Mapping
from typing import Any

from common.text.folding import fold
from directory.catalogue.reader import Reading
from directory.catalogue.rows import citations_of, day_of, sync_citations, sync_rows
from directory.catalogue.schemas import MarketplaceEntry, RuleEntry
from directory.catalogue.sections import Content, Context, Section
from directory.catalogue.sources import canonical_citations, is_confirmed
from directory.models import CitationSubject, Marketplace, MarketplaceDomain

FOLDER = "marketplaces"
_PLAIN = (
    "name",
    "report_how",
    "report_url",
    "report_url_confirmed",
    "dispute_url",
    "dispute_url_confirmed",
    "protections",
    "trigger_words",
)
_RULE_PLAIN = ("topic", "rule", "exceptions", "consequence")


def canonical(entry: MarketplaceEntry, context: Context) -> Content:
    """Return a validated entry as plain JSON, with dates and review states filled in."""
    data = entry.model_dump(mode="json", include={*_PLAIN, "slug", "domains"})
    data["conversion_fee"] = entry.conversion_fee or ""
    data["checked_on"] = (entry.checked_on or context.compiled_on).isoformat()
    data["rules"] = [_canonical_rule(rule, context) for rule in entry.rules]
    data["sources"] = canonical_citations(entry.sources, context.sources)
    data["conversion_fee_sources"] = canonical_citations(entry.conversion_fee_sources, context.sources)
    return data


def current(slugs: Collection[str]) -> dict[str, Content]:
    """Return marketplaces from the database in canonical form, by slug; missing ones are left out."""
    found = Marketplace.objects.for_page().in_bulk(slugs, field_name="slug")
    return {slug: _current(marketplace) for slug, marketplace in found.items()}


def _current(marketplace: Marketplace) -> Content:
    citations = list(marketplace.citations.all())
    return {
        "slug": marketplace.slug,
        **{name: getattr(marketplace, name) for name in _PLAIN},
        "domains": [domain.domain for domain in marketplace.domains.all()],
        "conversion_fee": marketplace.conversion_fee,
        "checked_on": day_of(marketplace.checked_on),
        "rules": [_current_rule(rule) for rule in marketplace.rules.all()],
        "sources": citations_of(c for c in citations if c.subject == CitationSubject.GENERAL),
        "conversion_fee_sources": citations_of(c for c in citations if c.subject == CitationSubject.CONVERSION_FEE),
    }


def write(content: Content) -> None:
    """Write the canonical content of a marketplace to the database."""
    plain = {name: content[name] for name in (*_PLAIN, "conversion_fee", "checked_on")}
    marketplace, _ = Marketplace.objects.update_or_create(
        slug=content["slug"], defaults=plain | {"name_folded": fold(content["name"])}
    )
    owner = {"marketplace": marketplace}
    sync_rows(marketplace.domains.all(), owner, ("domain",), [{"domain": domain} for domain in content["domains"]])
    rules = [{name: rule[name] for name in (*_RULE_PLAIN, "reviewed", "checked_on")} for rule in content["rules"]]
    rows = sync_rows(marketplace.rules.all(), owner, ("topic",), rules)
    for row, rule in zip(rows, content["rules"], strict=True):
        sync_citations(row.citations.all(), {"rule": row}, rule["sources"])
    for subject, cited in (
        (CitationSubject.GENERAL, content["sources"]),
        (CitationSubject.CONVERSION_FEE, content["conversion_fee_sources"]),
    ):
        sync_citations(marketplace.citations.filter(subject=subject), owner | {"subject": subject}, cited)


def check(reading: Reading, known: Mapping[str, set[str]]) -> None:
    """Report domains that belong to another marketplace."""
    elsewhere = dict(MarketplaceDomain.objects.values_list("domain", "marketplace__slug"))
    for slug, entry in reading.entries[FOLDER].items():
        for index, domain in enumerate(getattr(entry, "domains", [])):
            holder = elsewhere.setdefault(domain, slug)
            if holder != slug:
                reading.complain(FOLDER, slug, f"domains[{index}]", f"{domain} is the domain of {holder} already")


def _canonical_rule(rule: RuleEntry, context: Context) -> Content:
    return {
        **rule.model_dump(mode="json", include=set(_RULE_PLAIN)),
        "reviewed": is_confirmed(rule.sources) if rule.reviewed is None else rule.reviewed,
        "checked_on": (rule.checked_on or context.compiled_on).isoformat(),
        "sources": canonical_citations(rule.sources, context.sources),
    }


def _current_rule(rule: Any) -> Content:
    return {
        **{name: getattr(rule, name) for name in _RULE_PLAIN},
        "reviewed": rule.reviewed,
        "checked_on": day_of(rule.checked_on),
        "sources": citations_of(rule.citations.all()),
    }


SECTION = Section(
    folder=FOLDER,
    schema=MarketplaceEntry,
    canonical=canonical,
    current=current,
    write=write,
    check=check,
    known_slugs=lambda: set(Marketplace.objects.values_list("slug", flat=True)),
    model=Marketplace,
)
