"""`manage.py serve`: prepare and start the production server."""

import errno
import os
import socket
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from accounts.actions.accounts import offer_first_administrator
from accounts.addresses import Address
from common.db.migrations import pending_migrations
from common.db.one_at_a_time import one_at_a_time
from common.urls import absolute_url
from directory.actions.assessments import refresh_assessments
from directory.catalogue.loader import is_loaded, load
from directory.catalogue.problems import CatalogueError
from directory.models import Tool
from pages import content_triggers
from pages.static_files import prepare_static_files
from reports import count_triggers

HOST = "127.0.0.1"
# These errors are about the port: it is in use, or only the administrator may listen there.
_OF_THE_PORT = frozenset({errno.EADDRINUSE, errno.EACCES})


class Command(BaseCommand):
    """Prepare everything and become the production server. `make run` calls this."""

    help = "Migrate, load the catalogue, prepare the static files, and serve on loopback."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the address option. The default is loopback, because a TLS proxy belongs in front."""
        parser.add_argument("--host", default=HOST, help=f"address to listen on (default {HOST})")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, then serve."""
        _require_address(options["host"], settings.PORT)
        try:
            connection.ensure_connection()
            with one_at_a_time(connection):
                self._prepare_database()
        except DatabaseError as error:
            name = "DATABASE_URL" if os.environ.get("DATABASE_URL") else "DATA_DIR"
            raise CommandError(f"{name}: the database does not work: {_first_line(error)}") from None
        try:
            prepare_static_files()
        except OSError as error:
            raise CommandError(f"DATA_DIR: cannot write {settings.STATIC_ROOT} ({error.strerror}).") from None
        token = offer_first_administrator()
        connection.close()
        # By its name: browsers refuse passkeys for a network address.
        name = "localhost" if options["host"] == HOST else _in_url(options["host"])
        self.stdout.write(self.style.SUCCESS(f"Serving on http://{name}:{settings.PORT}"))
        if problem := Address(settings.PUBLIC_URL, settings.PUBLIC_URL).cookie_problem:
            self.stderr.write(self.style.WARNING(f"PUBLIC_URL: {settings.PUBLIC_URL}: {problem}"))
        if token:
            address = absolute_url(reverse("first_administrator", kwargs={"token": token}))
            self.stdout.write(f"To make the first administrator, open this once, within a day: {address}")
        self.stdout.flush()
        _become_server(options["host"])

    def _prepare_database(self) -> None:
        if pending_migrations(connection):
            call_command("migrate", verbosity=0, interactive=False)
        else:
            count_triggers.install_triggers(using=connection.alias)
            content_triggers.install_triggers(using=connection.alias)
        if Tool.objects.assessment_expired(timezone.localdate()).exists():
            refresh_assessments(today=timezone.localdate())
        self._load_catalogue()
        call_command("rebuild_search", if_needed=True, stdout=self.stdout)
        if connection.vendor == "sqlite":
            # Without statistics, SQLite guesses which index to use. PostgreSQL collects its own.
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA optimize = 0x10002")

    def _load_catalogue(self) -> None:
        if is_loaded(settings.CATALOGUE_DIR):
            return
        self.stdout.write("Loading the catalogue ...")
        try:
            outcome = load(settings.CATALOGUE_DIR, today=timezone.localdate(), progress=_silent)
        except CatalogueError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Catalogue: {outcome.added} added, {outcome.updated} updated.")


def _silent(section: str, done: int, total: int) -> None:
    """Report no progress, because the first load takes only seconds."""


def _require_address(host: str, port: int) -> None:
    """Raise CommandError, naming the option or the setting that is wrong, unless the server can listen there."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host or "?", port, type=socket.SOCK_STREAM)[0]
        # UnicodeError and ValueError: what no host can be called.
    except (OSError, UnicodeError, ValueError):
        raise CommandError(f"--host: {host!r} is not an address of this computer.") from None
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno not in _OF_THE_PORT:
                raise CommandError(
                    f"--host: {host!r} is not an address of this computer ({error.strerror})."
                ) from None
            raise CommandError(
                f"PORT: cannot listen on {host}:{port} ({error.strerror}). Stop what runs there or set PORT=."
            ) from None


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0] or type(error).__name__


def _become_server(host: str) -> None:
    """Serve from this process: all is loaded already, so the site answers in half the time after a crash."""
    os.chdir(settings.PROJECT_DIR)
    os.environ["FOREWARNED_PROCESS"] = "web"
    import_module("config.server").main(host, settings.PORT)
