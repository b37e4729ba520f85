"""Whether a database is up to date, found without loading the migrations."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from common.db.migrations import pending_migrations

pytestmark = pytest.mark.django_db


def test_nothing_is_pending_in_a_database_that_is_up_to_date() -> None:
    assert pending_migrations(connection) == set()


def test_each_migration_that_was_not_applied_is_pending() -> None:
    MigrationRecorder(connection).flush()
    assert pending_migrations(connection) == set(MigrationLoader(None).disk_migrations)


def test_what_a_later_version_applied_is_not_pending() -> None:
    MigrationRecorder(connection).record_applied("reports", "9999_of_a_later_version")
    assert pending_migrations(connection) == set()
