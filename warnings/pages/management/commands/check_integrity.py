"""`manage.py check_integrity`: check the database and the audit log."""

import sys
import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from audit.integrity import problem_of_head, what_it_proves
from common.db.row_checks import Check, Progress, all_checks, dangling_references, summary_of

# Seconds between two lines about the progress of one check.
_SAID_EVERY = 10


class Command(BaseCommand):
    """Check that the database is intact and that duplicated data agrees. Reads only, so it is safe while serving."""

    help = "Check the database file, the audit log, and everything that is stored twice. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option for a head copied from /transparency/."""
        parser.add_argument("--head", metavar="NUMBER:DIGEST", help="a head of the log that was copied earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every check, print the results, and exit with status 1 if anything is wrong."""
        head = options["head"]
        wrong = sum(self._run(check) for check in _every_check(head))
        try:
            self.stdout.write(what_it_proves(copied_head=head is not None and not problem_of_head(head)))
        except DatabaseError as error:
            self.stderr.write(f"The audit log cannot be read: {summary_of(error)}")
            wrong += 1
        if wrong:
            sys.exit(1)

    def _run(self, check: Check) -> int:
        """Print what a check finds as soon as it finds it; return the number of problems."""
        wrong = 0
        try:
            for problem in check.find(self._progress(check.name)):
                wrong += 1
                self.stderr.write(f"  {problem}")
        except Exception as error:
            wrong += 1
            self.stderr.write(f"  {check.name} cannot be checked to the end: {summary_of(error)}")
        self.stdout.write(f"{check.name}: {f'{wrong} wrong' if wrong else 'ok'}")
        self.stdout.flush()
        return wrong

    def _progress(self, name: str) -> Progress:
        state = {"rows": 0, "said": time.monotonic()}

        def progress(rows: int) -> None:
            state["rows"] += rows
            if time.monotonic() - state["said"] >= _SAID_EVERY:
                state["said"] = time.monotonic()
                self.stdout.write(f"{name}: {state['rows']:,} checked ...")
                self.stdout.flush()

        return progress


def _every_check(head: str | None) -> Iterator[Check]:
    yield Check("database", _database)
    yield Check("references", dangling_references)
    yield from all_checks()
    if head is not None:
        yield Check("audit log: copied head", lambda _: filter(None, [problem_of_head(head)]))


def _database(_: Progress) -> Iterator[str]:
    """Yield the results of SQLite's check of its file. PostgreSQL has checksums of its own."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from (str(row[0]) for row in cursor.fetchall() if row[0] != "ok")
