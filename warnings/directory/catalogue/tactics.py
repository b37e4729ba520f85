"""The section `tactics/`."""

from collections.abc import Mapping

from common.folding import fold, without_repeats
from directory.catalogue.reading import Reading
from directory.catalogue.rows import citations_of, sync_citations, sync_rows
from directory.catalogue.schemas import TacticEntry
from directory.catalogue.sections import Content, Context, Section
from directory.catalogue.sources import canonical_citations
from directory.models import Tactic

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
    """A checked file as plain JSON; names that fold alike are one name."""
    data = entry.model_dump(mode="json", include=set(_PLAIN) | {"slug", "reply_template"})
    data["names"] = without_repeats([entry.name, *entry.aliases])
    data["checked_on"] = (entry.checked_on or context.compiled_on).isoformat()
    data["sources"] = canonical_citations(entry.sources, context.sources)
    return data


def current(slug: str) -> Content | None:
    """A tactic as it stands in the database, in canonical form."""
    tactic = Tactic.objects.for_page().filter(slug=slug).first()
    if tactic is None:
        return None
    general = next((reply.text for reply in tactic.replies.all() if reply.marketplace is None), "")
    return {
        "slug": slug,
        **{name: getattr(tactic, name) for name in _PLAIN},
        "names": [name.text for name in tactic.names.all()],
        "reply_template": general,
        "checked_on": tactic.checked_on.isoformat() if tactic.checked_on else None,
        "sources": citations_of(tactic.citations.all()),
    }


def write(content: Content) -> None:
    """Make the database agree with the canonical content of a tactic."""
    plain = {name: content[name] for name in _PLAIN}
    tactic, _ = Tactic.objects.update_or_create(
        slug=content["slug"], defaults=plain | {"checked_on": content["checked_on"]}
    )
    names = [{"text": name, "folded": fold(name)} for name in content["names"]]
    sync_rows(tactic.names.all(), {"tactic": tactic}, ("folded",), names)
    tactic.replies.update_or_create(marketplace=None, defaults={"text": content["reply_template"]})
    sync_citations(tactic.citations.all(), {"tactic": tactic}, content["sources"])


def check(reading: Reading, known: Mapping[str, set[str]]) -> None:
    """A tactic's file refers to nothing else."""


SECTION = Section(
    folder=FOLDER,
    schema=TacticEntry,
    canonical=canonical,
    current=current,
    write=write,
    check=check,
    known_slugs=lambda: set(Tactic.objects.values_list("slug", flat=True)),
)
