"""A process keeps its SQLite database open, so that nothing has to be created for the next reader."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from common.db import open_database


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[sqlite3.Connection]]:
    """What this process keeps open."""
    kept: list[sqlite3.Connection] = []
    monkeypatch.setattr(open_database, "_open", kept)
    yield kept
    for connection in kept:
        connection.close()


def test_the_log_stays_when_the_last_reader_leaves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "site.sqlite3"
    used = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": str(path)})
    monkeypatch.setattr(open_database, "connection", used)
    open_database.keep_open()
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("CREATE TABLE note (text)")
    assert path.with_name("site.sqlite3-wal").exists()
    with closing(sqlite3.connect(path, timeout=0)) as writer:
        writer.execute("INSERT INTO note VALUES ('nothing is locked')")


def test_other_databases_are_not_opened(monkeypatch: pytest.MonkeyPatch, opened: list[sqlite3.Connection]) -> None:
    monkeypatch.setattr(open_database, "connection", SimpleNamespace(vendor="postgresql"))
    open_database.keep_open()
    assert opened == []
