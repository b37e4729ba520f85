"""The section `tactics/`."""

from collections.abc import Collection, Mapping

from common.text.folding import fold, without_repeats
from directory.catalogue.reader import Reading
from directory.catalogue.rows import citations_of, day_of, sync_citations, sync_rows
from directory.catalogue.schemas import MarketplaceEntry, TacticEntry
from directory.catalogue.sections import Content, Context, Section
from directory.catalogue.sources import canonical_citations
from directory.models import Marketplace, Tactic
from directory.replies import trigger_words_in

FOLDER = "tactics"
_PLAIN = (
    "name",
    "family",
    "summary",
    "how_it_works",
    "signs",
    "phrases",
    "what_to_do",
    "severity",
    "severity_reason",
)


def canonical(entry: TacticEntry, context: Context) -> Content:
    """Return a validated entry as plain JSON, without names that fold to an earlier one."""
    data = entry.model_dump(mode="json", include=set(_PLAIN) | {"slug", "reply_template"})
    data["names"] = without_repeats([entry.name, *entry.aliases])
    data["checked_on"] = (entry.checked_on or context.compiled_on).isoformat()
    data["sources"] = canonical_citations(entry.sources, context.sources)
    return data


def current(slugs: Collection[str]) -> dict[str, Content]:
    """Return tactics from the database in canonical form, by slug; missing ones are left out."""
    found = Tactic.objects.for_page().in_bulk(slugs, field_name="slug")
    return {slug: _current(tactic) for slug, tactic in found.items()}


def _current(tactic: Tactic) -> Content:
    general = next((reply.text for reply in tactic.replies.all() if reply.marketplace is None), "")
    return {
        "slug": tactic.slug,
        **{name: getattr(tactic, name) for name in _PLAIN},
        "names": [name.text for name in tactic.names.all()],
        "reply_template": general,
        "checked_on": day_of(tactic.checked_on),
        "sources": citations_of(tactic.citations.all()),
    }


def write(content: Content) -> None:
    """Write the canonical content of a tactic to the database."""
    plain = {name: content[name] for name in _PLAIN}
    tactic, _ = Tactic.objects.update_or_create(
        slug=content["slug"], defaults=plain | {"checked_on": content["checked_on"]}
    )
    names = [{"text": name, "folded": fold(name)} for name in content["names"]]
    sync_rows(tactic.names.all(), {"tactic": tactic}, ("folded",), names)
    tactic.replies.update_or_create(marketplace=None, defaults={"text": content["reply_template"]})
    sync_citations(tactic.citations.all(), {"tactic": tactic}, content["sources"])


def check(reading: Reading, known: Mapping[str, set[str]]) -> None:
    """Report replies that a marketplace's message filter would block."""
    triggers = dict(Marketplace.objects.values_list("name", "trigger_words"))
    for marketplace in reading.entries.get("marketplaces", {}).values():
        if isinstance(marketplace, MarketplaceEntry):
            triggers[marketplace.name] = marketplace.trigger_words
    for slug, entry in reading.entries[FOLDER].items():
        reply = entry.reply_template if isinstance(entry, TacticEntry) else ""
        for name, words in triggers.items():
            for word in trigger_words_in(reply, words):
                reading.complain(
                    FOLDER, slug, "reply_template", f"holds {word!r}, which {name}'s message filter holds back"
                )


SECTION = Section(
    folder=FOLDER,
    schema=TacticEntry,
    canonical=canonical,
    current=current,
    write=write,
    check=check,
    known_slugs=lambda: set(Tactic.objects.values_list("slug", flat=True)),
    model=Tactic,
)
