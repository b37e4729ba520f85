"""Fixtures that every test may use."""

import gc
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db.models import Model
from django.test import Client
from whitenoise.middleware import WhiteNoiseMiddleware

from common.http import rate_limits
from directory.models import CatalogueEntry, CatalogueLoad, Feature, Marketplace, Source, Tactic, Tool, Vendor
from directory.signals import entries_changed
from moderation.chosen_limits import remembered as limits
from reports.models import Tag, Warning
from reports.signals import posts_changed
from tests.prepared.databases import database_of_its_own
from tests.prepared.static import static_files
from tests.services.processes import site_of_its_own

# The same examples every time and no clock: a property test fails because of the code or not at all.
# `HYPOTHESIS_PROFILE=search` looks for new ones.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_collection_finish() -> None:
    """Leave what was imported alone from now on: looking through it for garbage costs a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def served_files() -> None:
    """Pages name fingerprinted files, so these have to exist."""
    settings.STATIC_ROOT = static_files()


@pytest.fixture(scope="session", autouse=True)
def files_found_once() -> Iterator[None]:
    """Every test client sets up the middleware anew: the static files need not be looked for each time."""
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    look = WhiteNoiseMiddleware.add_files

    def add_files(self: WhiteNoiseMiddleware, root: str, prefix: str | None = None) -> None:
        if (str(root), prefix) not in found:
            look(self, root, prefix)
            found[str(root), prefix] = dict(self.files)
        self.files.update(found[str(root), prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files", add_files)
        yield


@pytest.fixture(autouse=True)
def nothing_in_mind() -> None:
    """What a process keeps in mind for seconds would outlive a test: each begins with nothing chosen."""
    limits.set({})


@pytest.fixture(autouse=True)
def windows_begin_with_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits count from the beginning of their windows on: none ends in the middle of a test, nor does the day."""
    since = time.time() % rate_limits.DAY
    monkeypatch.setattr(rate_limits, "time", SimpleNamespace(time=lambda: time.time() - since))


@pytest.fixture(scope="session", autouse=True)
def time_for_pictures() -> Iterator[None]:
    """On a busy machine, reading a picture takes longer by the clock, though not in processor time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("common.images.clean.MOST_SECONDS", 60)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings: None, django_db_blocker: Any) -> Iterator[None]:
    """Every test database holds the real starter catalogue, as every new site does."""
    with django_db_blocker.unblock(), database_of_its_own():
        yield


@pytest.fixture
def empty_site(db: None) -> None:
    """A site before its catalogue is loaded."""
    models: list[type[Model]] = [Warning, Tag, Tool, Vendor, Feature, Tactic, Marketplace, Source]
    models += [CatalogueEntry, CatalogueLoad]
    for model in models:
        keys = list(model._default_manager.values_list("pk", flat=True))
        model._default_manager.all().delete()
        if model in {Warning, Tool, Feature, Tactic, Marketplace}:
            signal = posts_changed if model is Warning else entries_changed
            signal.send(sender=model, keys=keys, below=True)


@pytest.fixture(autouse=True)
def fast_passwords(settings: Any) -> None:
    """Hashing that is slow on purpose is tested where it is the subject."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.Argon2PasswordHasher",
    ]


@pytest.fixture(autouse=True)
def kept_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Background work that is done within a test must not close the test's own connection."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    monkeypatch.setattr("common.schedule.close_old_connections", lambda: None)


@pytest.fixture
def visitor() -> Client:
    """Somebody who is not signed in."""
    return Client()


@pytest.fixture
def variables(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a site of its own with the catalogue loaded, for tests with several processes."""
    with site_of_its_own(tmp_path) as found:
        yield found


@pytest.fixture
def bare_site(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The same without the catalogue."""
    with site_of_its_own(tmp_path, with_catalogue=False) as found:
        yield found


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for a place outside this machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and host not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to connect to {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
