"""Machines that start together prepare their database one after the other."""

import time
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from common.db.one_at_a_time import PREPARING, one_at_a_time

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def another_machine() -> Iterator[BaseDatabaseWrapper]:
    other = connection.copy()
    yield other
    other.close()


def may_enter(other: BaseDatabaseWrapper, key: int = PREPARING) -> bool:
    """Whether another machine need not wait. On SQLite there is none."""
    if other.vendor != "postgresql":
        return False
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s), pg_advisory_unlock(%s)", [key, key])
        return bool(cursor.fetchone()[0])


def test_another_machine_waits_until_the_first_is_done(another_machine: BaseDatabaseWrapper) -> None:
    there_is_one = connection.vendor == "postgresql"
    assert may_enter(another_machine) == there_is_one
    with one_at_a_time(connection):
        assert not may_enter(another_machine)
        assert may_enter(another_machine, PREPARING + 1) == there_is_one
    assert may_enter(another_machine) == there_is_one


def test_what_fails_lets_the_next_machine_in(another_machine: BaseDatabaseWrapper) -> None:
    with pytest.raises(RuntimeError), one_at_a_time(connection):
        raise RuntimeError
    assert may_enter(another_machine) == (connection.vendor == "postgresql")


def test_who_waits_holds_no_snapshot_so_that_indexes_can_be_made(
    another_machine: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    if another_machine.vendor != "postgresql":
        # Nobody waits there.
        with one_at_a_time(another_machine):
            return
    waits: list[bool] = []

    def look_and_leave(_: float) -> None:
        with another_machine.cursor() as cursor:
            cursor.execute(
                "SELECT bool_and(backend_xmin IS NULL) FROM pg_stat_activity"
                " WHERE state = 'idle in transaction' AND query LIKE '%pg_try_advisory_xact_lock%'"
            )
            waits.append(cursor.fetchone()[0])
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])

    monkeypatch.setattr(time, "sleep", look_and_leave)
    with another_machine.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
    with one_at_a_time(connection):
        assert waits == [True]
