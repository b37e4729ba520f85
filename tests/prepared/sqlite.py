"""SQLite databases: `bare` is migrated, `loaded` holds the catalogue too."""

import shutil
from functools import cache
from pathlib import Path

from tests.prepared.inputs import catalogue_inputs, digest_of, schema_inputs
from tests.prepared.processes import run_steps
from tests.prepared.store import prepared

FILE = "forewarned.sqlite3"
"""What the site calls its database, in its own folder."""


@cache
def bare() -> Path:
    """Return the file of a database in which every migration has run."""
    return prepared("sqlite-bare", digest_of(schema_inputs()), _build_bare) / FILE


@cache
def loaded() -> Path:
    """Return the file of a database that holds the catalogue and its index."""
    return prepared("sqlite-loaded", digest_of(catalogue_inputs()), _build_loaded) / FILE


def _build_bare(folder: Path) -> None:
    run_steps("migrate", folder=folder)


def _build_loaded(folder: Path) -> None:
    shutil.copyfile(bare(), folder / FILE)
    run_steps("load_catalogue", folder=folder)
