"""What the tests copy is what the migrations make, is never stale, and is built once however many ask at once."""

import multiprocessing
import os
import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from config import BASE_DIR
from tests.prepared import inputs, postgres, sqlite, store
from tests.prepared.inputs import digest_of
from tests.prepared.processes import run_steps
from tests.services.postgres import program


def schema_of(file: Path) -> list[tuple[str, ...]]:
    """Tables, indexes, triggers and virtual tables of an SQLite database, each with its definition."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        ).fetchall()


def dump_of(address: str) -> str:
    """The schema of a PostgreSQL database in statements: tables, indexes, constraints, triggers and functions."""
    command = [str(program("pg_dump")), "--schema-only", "--no-owner", f"--dbname={address}"]
    dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # A key against injected commands, which is another one each time.
    return re.sub(r"^\\(un)?restrict .*$", "", dump, flags=re.MULTILINE)


@pytest.mark.both_databases
def test_a_database_migrated_from_scratch_has_the_schema_of_the_copy(tmp_path: Path) -> None:
    """It takes seconds: every migration runs, as on a new site."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        run_steps("migrate", folder=tmp_path)
        fresh = schema_of(tmp_path / sqlite.FILE)
        assert fresh == schema_of(sqlite.bare()) == schema_of(sqlite.loaded())
        assert {"table", "index", "trigger"} <= {kind for kind, *_ in fresh}
        return
    name = f"from_scratch_{os.getpid()}"
    postgres.copy_database(server, "template0", name)
    try:
        run_steps("migrate", folder=tmp_path, database=postgres.address_of(server, name))
        fresh_dump = dump_of(postgres.address_of(server, name))
    finally:
        postgres.drop_database(server, name)
    assert fresh_dump == dump_of(postgres.address_of(server, postgres.bare(server)))
    assert fresh_dump == dump_of(postgres.address_of(server, postgres.loaded(server)))
    for part in ("CREATE TABLE", "CREATE INDEX", "CREATE TRIGGER", "CREATE FUNCTION"):
        assert part in fresh_dump


@pytest.mark.parametrize(
    ("decides", "file"),
    [
        (inputs.schema_inputs, "warnings/audit/migrations/0002_append_only.py"),
        (inputs.schema_inputs, "warnings/common/db/online_index.py"),
        (inputs.catalogue_inputs, "catalogue/tools/dingtalk.yaml"),
        (inputs.catalogue_inputs, "warnings/common/text/folding.py"),
        (inputs.catalogue_inputs, "warnings/search/backends/postgresql.py"),
        (inputs.catalogue_inputs, "warnings/reports/models/warnings.py"),
        (inputs.static_inputs, "static/css/site.css"),
    ],
)
def test_a_change_of_what_decides_makes_another_state(decides: Callable[[], set[Path]], file: str) -> None:
    files = decides()
    assert BASE_DIR / file in files
    assert digest_of(files) != digest_of(files - {BASE_DIR / file})


def test_the_content_of_a_file_decides_and_not_its_age(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "BASE_DIR", tmp_path)
    digests = []
    for name, text in [("one", "a"), ("two", "b")]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(text, encoding="utf-8")
        monkeypatch.setattr(inputs, "BASE_DIR", tmp_path / name)
        digests.append(digest_of([tmp_path / name / "file"]))
    os.utime(tmp_path / "one/file", (0, 0))
    monkeypatch.setattr(inputs, "BASE_DIR", tmp_path / "one")
    assert digest_of([tmp_path / "one/file"]) == digests[0] != digests[1]


def ask(folder: Path) -> None:
    """Ask for a state, and leave a line for each time that it was built."""

    def build(unfinished: Path) -> None:
        with (folder / "built").open("a") as lines:
            lines.write("built\n")
        (unfinished / "whole").touch()

    store.FOLDER = folder / "store"
    assert (store.prepared("kind", "digest", build) / "whole").exists()


def test_many_that_ask_at_once_get_one_state_that_was_built_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=ask, args=[tmp_path]) for _ in range(6)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=60)
    assert [process.exitcode for process in processes] == [0] * 6
    assert (tmp_path / "built").read_text() == "built\n"


def test_a_build_that_fails_leaves_nothing_that_looks_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "FOLDER", tmp_path)

    def fail(unfinished: Path) -> None:
        (unfinished / "half").touch()
        raise RuntimeError("The disk is full.")

    with pytest.raises(RuntimeError):
        store.prepared("kind", "digest", fail)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_states_that_nobody_used_for_days_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "FOLDER", tmp_path)
    old, recent = (store.prepared("kind", digest, lambda folder: None) for digest in ("old", "recent"))
    os.utime(old, (0, 0))
    store.prepared("kind", "new", lambda folder: None)
    assert (old.exists(), recent.exists()) == (False, True)
