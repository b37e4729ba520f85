"""Ways to write, and whether a web process would notice each as a change of the public content."""

import asyncio
import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from common.db.content_notifications import PostgresVersions
from common.db.content_version import SqliteVersions, content_versions
from pages.content_triggers import install_triggers
from reports.models import Draft, Tag
from tests.factories import UserFactory

DROP = {
    "sqlite": "DROP TRIGGER content_changed_reports_tag_insert",
    "postgresql": "DROP TRIGGER forewarned_content_changed ON reports_tag",
}


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _drop_trigger() -> None:
    _run(DROP[connection.vendor])
    _tag("unseen").save()


def _tag(name: str) -> Tag:
    return Tag(name=name, slug=name, folded=name)


def _roll_back() -> None:
    with transaction.atomic():
        _tag("gone").save()
        Tag.objects.filter(name="gone").delete()
        transaction.set_rollback(True)


def _sign_in() -> None:
    person = User.objects.get(handle="Paul")
    Client().force_login(person)
    User.objects.filter(pk=person.pk).update(last_login=person.joined_at, password="x")


def _make_again() -> None:
    install_triggers(using="default")
    _tag("again").save()


STEPS: dict[str, Callable[[], Any]] = {
    "nothing": lambda: None,
    "insert": lambda: _tag("new").save(),
    "update": lambda: Tag.objects.filter(name="new").update(description="More"),
    "bulk insert": lambda: Tag.objects.bulk_create([_tag("a"), _tag("b")]),
    "delete": lambda: Tag.objects.filter(name="new").delete(),
    "raw SQL": lambda: _run("UPDATE reports_tag SET description = 'x' WHERE name = 'a'"),
    "read": lambda: list(Tag.objects.all()),
    "roll back": _roll_back,
    "sign in": _sign_in,
    "rename somebody": lambda: User.objects.filter(handle="Paul").update(handle="Paula"),
    "save a draft": lambda: Draft.objects.create(owner=User.objects.get(handle="Paula"), public_id=uuid.uuid4()),
    "trigger dropped": _drop_trigger,
    "triggers made again": _make_again,
}


def walk() -> dict[str, bool]:
    """Take all steps; return for each whether the content has another version than before it."""
    loop, found = asyncio.new_event_loop(), {}
    versions: SqliteVersions | PostgresVersions = content_versions(stale=0)

    def current() -> int | None:
        return loop.run_until_complete(versions.current())

    UserFactory(handle="Paul")
    for name, step in STEPS.items():
        before = current()
        assert before is not None
        step()
        found[name] = current() != before
    before = current()
    _cut_off(versions)
    found["unknown while cut off"] = current() is None
    if isinstance(versions, PostgresVersions):
        versions.retry_at = 0.0
    found["cut off"] = current() not in {None, before}
    return found


def _cut_off(versions: SqliteVersions | PostgresVersions) -> None:
    """Let the connection fail that tells the version, and something change before there is another."""
    if isinstance(versions, PostgresVersions):
        _run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'forewarned pages'")
    elif versions.connection is not None:
        versions.connection.close()
    _tag("meanwhile").save()
