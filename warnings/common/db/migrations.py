"""Find out whether a database is up to date without loading all migrations, which takes half a second."""

import pkgutil
from importlib.util import find_spec

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder


def pending_migrations(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Return the apps and names of the migrations that have not been applied to the database."""
    return _migrations_of_the_code() - MigrationRecorder(connection).applied_migrations().keys()


def _migrations_of_the_code() -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for app in apps.get_app_configs():
        package = find_spec(f"{app.name}.migrations")
        if package and package.submodule_search_locations:
            modules = pkgutil.iter_modules(package.submodule_search_locations)
            found |= {(app.label, module.name) for module in modules if not module.ispkg}
    return found
