"""Registry of catalogue sections; each app registers its own in a module `catalogue`."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.module_loading import autodiscover_modules
from pydantic import BaseModel

from directory.catalogue.reader import Reading

Content = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """Data on the whole catalogue for converting an entry to its canonical form."""

    compiled_on: date
    sources: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Section:
    """A kind of entry: how to validate its files and convert them to and from the database.

    `canonical` converts a validated file to plain JSON. `current` returns existing entries in the same form by slug.
    `write` stores it, and `link` sets references to other entries once all are written. `known_slugs` returns the
    slugs in the database. The loader sends `entries_changed` for `model`; without a model, the section's own actions
    send their signals.
    """

    folder: str
    schema: type[BaseModel]
    canonical: Callable[[Any, Context], Content]
    current: Callable[[Collection[str]], dict[str, Content]]
    write: Callable[[Content], None]
    known_slugs: Callable[[], set[str]]
    check: Callable[[Reading, Mapping[str, set[str]]], None]
    link: Callable[[Content], None] | None = None
    model: type[Model] | None = None


_SECTIONS: dict[str, Section] = {}


def register(section: Section) -> None:
    """Register a section after the existing ones. Idempotent."""
    _SECTIONS.setdefault(section.folder, section)


def registered() -> tuple[Section, ...]:
    """Return the sections of all apps in writing order: lower apps first."""
    autodiscover_modules("catalogue")
    return tuple(_SECTIONS.values())
