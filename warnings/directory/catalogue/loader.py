"""Load the catalogue: read and validate everything, then merge and write it in one transaction."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from audit import log
from directory.actions import assessments
from directory.catalogue import sources
from directory.catalogue.merge import merge
from directory.catalogue.problems import CatalogueError
from directory.catalogue.reader import Reading, digest_of_folder, read_folder
from directory.catalogue.sections import Content, Context, Section, registered
from directory.models import CatalogueEntry, CatalogueLoad
from directory.signals import entries_changed

# Part of the digest: increment it if a change of the loader requires loading the files again.
LOADER_VERSION = 2

Progress = Callable[[str, int, int], None]


@dataclass
class Outcome:
    """The result of a load: numbers of added, updated and unchanged entries, and entries that kept a local edit."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept_local: list[str] = field(default_factory=list)


def is_loaded(folder: Path) -> bool:
    """Return whether exactly these files were loaded last."""
    last = CatalogueLoad.objects.first()
    return last is not None and last.digest == _digest(folder)


def load(folder: Path, *, today: date, progress: Progress) -> Outcome:
    """Load the catalogue in `folder` atomically. Raises CatalogueError with every problem found.

    `progress` is called with a section's name, the number of its entries done, and their total.
    """
    digest = _digest(folder)
    sections = registered()
    reading = read_folder(folder, {section.folder: section.schema for section in sections})
    _check_references(sections, reading)
    if reading.problems:
        raise CatalogueError(reading.problems)
    return _write(reading, digest, today=today, progress=progress)


def _digest(folder: Path) -> str:
    return hashlib.sha256(f"{LOADER_VERSION}\0{digest_of_folder(folder)}".encode()).hexdigest()


def _check_references(sections: tuple[Section, ...], reading: Reading) -> None:
    known = {s.folder: s.known_slugs() | set(reading.entries[s.folder]) for s in sections}
    # Entries with errors exist too, so references to them are not reported as missing.
    for problem in list(reading.problems):
        folder, _, name = problem.file.partition("/")
        if folder in known:
            known[folder].add(Path(name).stem)
    for section in sections:
        section.check(reading, known)


@transaction.atomic
def _write(reading: Reading, digest: str, *, today: date, progress: Progress) -> Outcome:
    compiled_on = _compiled_on(reading, today)
    outcome = Outcome()
    shared = sources.shared_sources(reading, compiled_on)
    merging = _Merging(sources.FOLDER, sources.write, sources.current(shared))
    for done, (url, content) in enumerate(shared.items(), start=1):
        merging.merge_in(url, content)
        if done % 100 == 0 or done == len(shared):
            progress(sources.FOLDER, done, len(shared))
    context = Context(compiled_on=compiled_on, sources=shared)
    written = [
        (section, content)
        for section in registered()
        for content in _write_section(section, reading, context, outcome, progress)
    ]
    for section, content in written:
        if section.link:
            section.link(content)
    assessments.refresh_assessments(today=today)
    _announce(written)
    CatalogueLoad.objects.create(
        digest=digest,
        compiled_on=compiled_on,
        added=outcome.added,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
    )
    counts = {"added": outcome.added, "updated": outcome.updated, "unchanged": outcome.unchanged}
    log.record(actor="system", verb="catalogue.load", target="catalogue", after=counts)
    return outcome


def _announce(written: list[tuple[Section, Content]]) -> None:
    """Send `entries_changed` for each section, after everything is written."""
    for section in registered():
        slugs = [content["slug"] for wrote, content in written if wrote is section]
        if section.model and slugs:
            keys = section.model._default_manager.filter(slug__in=slugs).values_list("pk", flat=True)
            entries_changed.send(sender=section.model, keys=list(keys))


def _write_section(
    section: Section, reading: Reading, context: Context, outcome: Outcome, progress: Progress
) -> list[Content]:
    """Merge and write a section's entries; return the merged content of those that changed."""
    entries = reading.entries[section.folder]
    merging = _Merging(section.folder, section.write, section.current(entries))
    changed = []
    for done, (slug, entry) in enumerate(entries.items(), start=1):
        content = section.canonical(entry, context)
        here = merging.here.get(slug)
        merged = merging.merge_in(slug, content)
        if merged == here:
            outcome.unchanged += 1
        else:
            outcome.added += here is None
            outcome.updated += here is not None
            changed.append(merged)
        if merged != content:
            outcome.kept_local.append(f"{section.folder}/{slug}")
        if done % 10 == 0 or done == len(entries):
            progress(section.folder, done, len(entries))
    return changed


class _Merging:
    """Merges the files of a section with the database, which is read once for all of them."""

    def __init__(self, folder: str, write: Callable[[Content], None], here: Mapping[str, Content]) -> None:
        self.folder, self.write, self.here = folder, write, here
        self._remembered = {row.slug: row for row in CatalogueEntry.objects.filter(section=folder)}

    def merge_in(self, key: str, content: Content) -> Content:
        """Merge a file's content with the database, write it if it differs, and store the file's version."""
        here, remembered = self.here.get(key), self._remembered.get(content["slug"])
        merged = content if here is None else merge(remembered.content if remembered else None, here, content)
        if merged != here:
            self.write(merged)
        if remembered is None:
            CatalogueEntry.objects.create(section=self.folder, slug=content["slug"], content=content)
        elif remembered.content != content:
            remembered.content = content
            remembered.save(update_fields=["content"])
        return merged


def _compiled_on(reading: Reading, today: date) -> date:
    """Return the date of facts without their own: that of the files, or else of the first load."""
    if reading.settings:
        return reading.settings.compiled_on
    first = CatalogueLoad.objects.last()
    return first.compiled_on if first else today
