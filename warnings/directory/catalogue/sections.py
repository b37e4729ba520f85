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
    """What is known of the whole catalogue while one entry is brought into its canonical form."""

    compiled_on: date
    sources: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Section:
    """One kind of entry: how its files are checked, and how its content goes to the database and back.

    `canonical` turns a checked file into plain JSON, `current` gives the same shape from the database by slug, for
    those entries that are there, `write` makes the database agree with it, `link` sets what points to other entries
    once all are written. `known_slugs` are those in the database already. The loader itself announces what it wrote
    of `model`; without one, the section's own actions do.
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
    """Add a section behind those there are; registering it again changes nothing."""
    _SECTIONS.setdefault(section.folder, section)


def registered() -> tuple[Section, ...]:
    """All apps' sections in the order in which they have to be written: lower apps first."""
    autodiscover_modules("catalogue")
    return tuple(_SECTIONS.values())
