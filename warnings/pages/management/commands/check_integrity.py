"""`manage.py check_integrity`: check the database and the audit log."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from audit.log import first_broken_entry, holds_head, unproved_names
from directory import integrity as directory
from moderation import integrity as moderation
from reports import integrity as reports
from search import integrity as search


class Command(BaseCommand):
    """Check that the database is intact and that duplicated data agrees. Reads only, so it is safe while serving."""

    help = "Check the database file, the audit chain, and everything that is stored twice. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option for a head copied from /transparency/."""
        parser.add_argument("--head", metavar="NUMBER:DIGEST", help="a head of the log that was copied earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every check, print the results, and exit with status 1 if anything is wrong."""
        checks: dict[str, Callable[[], Iterable[str]]] = {
            "database": _database,
            "audit chain": lambda: _audit_chain(options["head"]),
            "directory": lambda: directory.problems(timezone.localdate()),
            "warnings": reports.problems,
            "cases": moderation.problems,
            "search index": search.problems,
        }
        wrong = 0
        for name, check in checks.items():
            found = list(check())
            wrong += len(found)
            self.stdout.write(f"{name}: {'ok' if not found else f'{len(found)} wrong'}")
            for problem in found:
                self.stderr.write(f"  {problem}")
        if wrong:
            sys.exit(1)


def _database() -> Iterator[str]:
    """Yield the results of SQLite's checks of its file and foreign keys. PostgreSQL ensures both itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from (str(row[0]) for row in cursor.fetchall() if row[0] != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        yield from (
            f"{table} row {row} points to a missing row of {parent}." for table, row, parent, _ in cursor.fetchall()
        )


def _audit_chain(head: str | None) -> Iterator[str]:
    broken = first_broken_entry()
    if broken is not None:
        yield f"Entry {broken.seq} ({broken.verb}, {broken.target}) does not fit the one before it."
    yield from (f"Name {key} in the log was changed by somebody without the site's key." for key in unproved_names())
    if head:
        number, _, digest = head.partition(":")
        if not number.isdigit() or not holds_head(int(number), digest):
            yield f"Entry {number} is not the one whose digest was copied: it, or one before it, was changed."
