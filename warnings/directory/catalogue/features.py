"""The section `features/`."""

from collections.abc import Collection, Mapping
from typing import Any

from directory.catalogue.reader import Reading
from directory.catalogue.schemas import FeatureEntry
from directory.catalogue.sections import Content, Context, Section
from directory.models import Feature

FOLDER = "features"
_PLAIN = ("name", "family", "summary", "harm", "defence", "severity", "severity_reason", "applies_to")


def canonical(entry: FeatureEntry, context: Context) -> Content:
    """Return a validated entry as plain JSON."""
    return entry.model_dump(mode="json")


def current(slugs: Collection[str]) -> dict[str, Content]:
    """Return features from the database in canonical form, by slug; missing ones are left out."""
    found = Feature.objects.select_related("replaced_by").in_bulk(slugs, field_name="slug")
    return {slug: _current(feature) for slug, feature in found.items()}


def _current(feature: Feature) -> Content:
    floor = {"grade": feature.floor, "kinds": feature.floor_kinds, "reason": feature.floor_reason}
    return {
        "slug": feature.slug,
        **{name: getattr(feature, name) for name in _PLAIN},
        "floor": floor if feature.floor else None,
        "replaced_by": feature.replaced_by.slug if feature.replaced_by else None,
    }


def write(content: Content) -> None:
    """Write the canonical content of a feature to the database."""
    floor = content["floor"] or {"grade": "", "kinds": [], "reason": ""}
    Feature.objects.update_or_create(
        slug=content["slug"],
        defaults={name: content[name] for name in _PLAIN}
        | {"floor": floor["grade"], "floor_kinds": floor["kinds"], "floor_reason": floor["reason"]},
    )


def link(content: Content) -> None:
    """Set the replacement of a feature."""
    replacement = Feature.objects.get(slug=content["replaced_by"]) if content["replaced_by"] else None
    Feature.objects.filter(slug=content["slug"]).update(replaced_by=replacement)


def check(reading: Reading, known: Mapping[str, set[str]]) -> None:
    """Report replacements that do not exist or are the feature itself."""
    for slug, entry in reading.entries[FOLDER].items():
        replacement: Any = getattr(entry, "replaced_by", None)
        if replacement is not None and (replacement not in known[FOLDER] or replacement == slug):
            reading.complain(FOLDER, slug, "replaced_by", f"there is no other feature {replacement!r}")


SECTION = Section(
    folder=FOLDER,
    schema=FeatureEntry,
    canonical=canonical,
    current=current,
    write=write,
    link=link,
    check=check,
    known_slugs=lambda: set(Feature.objects.values_list("slug", flat=True)),
    model=Feature,
)
