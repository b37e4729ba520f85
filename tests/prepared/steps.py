"""The steps that make a state, run in a process of its own, whose environment says which database and which folder.

`python -c "import config, django; django.setup(); from tests.prepared import steps; steps.run('migrate')"`
"""

import sys

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from directory.catalogue.loader import load
from pages.static_files import prepare_static_files
from search.rebuild import rebuild
from tests.prepared import TODAY


def migrate() -> None:
    """Make the tables."""
    call_command("migrate", verbosity=0, interactive=False)


def load_catalogue() -> None:
    """Load the starter catalogue, as every new site does, and index it."""
    load(settings.CATALOGUE_DIR, today=TODAY, progress=lambda *_: None)
    rebuild(lambda *_: None)


STEPS = {"migrate": migrate, "load_catalogue": load_catalogue, "static_files": prepare_static_files}


def run(*names: str) -> None:
    """Run steps in their order."""
    for name in names or sys.argv[1:]:
        STEPS[name]()
    connection.close()
