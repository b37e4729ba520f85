"""The catalogue section `warnings/`: founding warnings, published with their discussion."""

from collections.abc import Collection, Mapping

from common.text.folding import without_repeats
from common.text.markdown import MarkdownError, render
from directory.catalogue.reader import Reading
from directory.catalogue.rows import citations_of, sync_citations
from directory.catalogue.sections import Content, Context, Section, register
from directory.catalogue.sources import canonical_citations
from reports.actions.founding import (
    apply_founding_text,
    create_founding_warning,
    set_founding_discussion,
    set_founding_report,
)
from reports.actions.status import change_status
from reports.actions.warnings import set_links, set_tags
from reports.choices import Status
from reports.models import Warning
from reports.schemas import WarningEntry
from reports.tag_names import fold_tag

FOLDER = "warnings"
_PLAIN = ("title", "summary", "what_to_do")


def canonical(entry: WarningEntry, context: Context) -> Content:
    """Return a validated entry as plain JSON."""
    data = entry.model_dump(mode="json", include={*_PLAIN, "slug"})
    data["body"] = entry.body_markdown
    data["tools"] = [entry.tool] if entry.tool else []
    data["marketplaces"] = [entry.marketplace] if entry.marketplace else []
    data["tactics"] = sorted(set(entry.tactics))
    data["tags"] = sorted(without_repeats(entry.tags, key=fold_tag))
    data["replies"] = [
        {"voice": reply.author_handle, "stance": str(reply.stance), "body": reply.body_markdown}
        for reply in entry.replies
    ]
    data["sources"] = canonical_citations(entry.sources, context.sources)
    return data


def current(slugs: Collection[str]) -> dict[str, Content]:
    """Return the stored warnings in canonical form, by slug, limited to what catalogue files can express."""
    found = Warning.objects.for_page().in_bulk(slugs, field_name="slug")
    return {slug: _current(warning) for slug, warning in found.items()}


def _current(warning: Warning) -> Content:
    voices = warning.comments.exclude(voice="").order_by("published_at", "id")
    return {
        "slug": warning.slug,
        **{name: getattr(warning, name) for name in _PLAIN},
        "body": warning.body,
        "tools": sorted(tool.slug for tool in warning.tools.all()),
        "marketplaces": sorted(marketplace.slug for marketplace in warning.marketplaces.all()),
        "tactics": sorted(tactic.slug for tactic in warning.tactics.all()),
        "tags": sorted(tagged.tag.name for tagged in warning.tagged.all()),
        "replies": [{"voice": c.voice, "stance": c.stance, "body": c.body} for c in voices],
        "sources": citations_of(warning.citations.all()),
    }


def write(content: Content) -> None:
    """Write canonical content to the database; publish a new founding warning at once."""
    warning = Warning.objects.filter(slug=content["slug"]).first()
    text = {name: content[name] for name in (*_PLAIN, "body")}
    links = {name: content[name] for name in ("tools", "tactics", "marketplaces", "tags")}
    if warning is None:
        warning = create_founding_warning(slug=content["slug"], title=content["title"])
        change_status(actor="system", post=warning, status=Status.PUBLISHED, reason="founding catalogue")
    subjects = {name: links[name] for name in ("tools", "tactics", "marketplaces")}
    set_links(warning=warning, **subjects)
    set_tags(warning=warning, names=links["tags"])
    apply_founding_text(warning=warning, text=text, links=links)
    set_founding_report(warning=warning)
    set_founding_discussion(warning=warning, replies=content["replies"])
    sync_citations(warning.citations.all(), {"warning": warning}, content["sources"])


def check(reading: Reading, known: Mapping[str, set[str]]) -> None:
    """Report unknown tools, tactics and marketplaces, and text that cannot be rendered."""
    for slug, entry in reading.entries[FOLDER].items():
        if not isinstance(entry, WarningEntry):
            continue
        for name, folder, wanted in (
            ("tool", "tools", entry.tool),
            ("marketplace", "marketplaces", entry.marketplace),
            *((f"tactics[{index}]", "tactics", tactic) for index, tactic in enumerate(entry.tactics)),
        ):
            if wanted is not None and wanted not in known[folder]:
                reading.complain(FOLDER, slug, name, f"there is no {folder[:-1]} {wanted!r}")
        _check_text(reading, slug, "body_markdown", entry.body_markdown)
        for index, reply in enumerate(entry.replies):
            _check_text(reading, slug, f"replies[{index}].body_markdown", reply.body_markdown)


def _check_text(reading: Reading, slug: str, name: str, text: str) -> None:
    try:
        render(text)
    except MarkdownError as refused:
        reading.complain(FOLDER, slug, name, str(refused))


SECTION = Section(
    folder=FOLDER,
    schema=WarningEntry,
    canonical=canonical,
    current=current,
    write=write,
    check=check,
    known_slugs=lambda: set(Warning.objects.values_list("slug", flat=True)),
)
register(SECTION)
