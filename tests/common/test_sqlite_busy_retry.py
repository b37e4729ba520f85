"""Writers on SQLite wait for each other, and none of them for ever."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError

from common.db.sqlite_busy_retry.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


def opened(path: Path, seconds: float) -> DatabaseWrapper:
    """A connection to a file that waits so many seconds."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": seconds, "init_command": "PRAGMA journal_mode=WAL;"}
    chosen: dict[str, Any] = settings.DATABASES["default"] | {
        "ENGINE": "common.db.sqlite_busy_retry",
        "NAME": str(path),
        "OPTIONS": options,
        "TIME_ZONE": None,
        "AUTOCOMMIT": True,
        "ATOMIC_REQUESTS": False,
        "CONN_HEALTH_CHECKS": False,
    }
    return DatabaseWrapper(chosen, DEFAULT_DB_ALIAS)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    """A connection that holds the right to write."""
    first = opened(tmp_path / "site", 1)
    first.inc_thread_sharing()
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE counted (number INTEGER)")
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    yield first
    first.rollback()
    first.close()


def count(connection: DatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("SELECT COUNT(*) FROM counted").fetchone()[0])


@pytest.mark.parametrize("many", [False, True])
def test_a_writer_waits_until_the_other_one_is_done(writer: DatabaseWrapper, tmp_path: Path, many: bool) -> None:
    second = opened(tmp_path / "site", 60)
    begun = threading.Event()

    def end() -> None:
        begun.wait(60)
        writer.commit()

    ending = threading.Thread(target=end)
    ending.start()
    with second.cursor() as cursor:
        begun.set()
        if many:
            cursor.executemany("INSERT INTO counted VALUES (%s)", [[number] for number in range(3)])
        else:
            cursor.execute("INSERT INTO counted VALUES (%s)", [1])
    ending.join(60)
    assert count(second) == (3 if many else 1)
    second.close()


def test_it_gives_up_after_its_time(writer: DatabaseWrapper, tmp_path: Path) -> None:
    second = opened(tmp_path / "site", 0.05)
    since = time.monotonic()
    with second.cursor() as cursor, pytest.raises(OperationalError, match="locked"):
        cursor.execute("INSERT INTO counted VALUES (1)")
    assert time.monotonic() - since >= 0.05
    assert count(second) == 0
    second.close()


def test_another_mistake_is_told_at_once(tmp_path: Path) -> None:
    alone = opened(tmp_path / "site", 60)
    with alone.cursor() as cursor, pytest.raises(OperationalError, match="no such table"):
        cursor.execute("INSERT INTO nowhere VALUES (1)")
    alone.close()


def test_eight_writers_without_a_pause_all_get_their_turn(writer: DatabaseWrapper, tmp_path: Path) -> None:
    writer.commit()
    problems: list[str] = []

    def write() -> None:
        own = opened(tmp_path / "site", 60)
        try:
            for number in range(50):
                with own.cursor() as cursor:
                    cursor.execute("INSERT INTO counted VALUES (%s)", [number])
        except OperationalError as problem:
            problems.append(str(problem))
        finally:
            own.close()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert problems == []
    assert count(writer) == 400
