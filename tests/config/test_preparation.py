"""A command on a site that was never prepared says so in one sentence, and creates nothing."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from config import BASE_DIR
from config.environment import WrongSetting
from config.preparation import require_prepared

OURS = sorted(
    name
    for name, app in get_commands().items()
    if app in {"accounts", "common", "directory", "moderation", "pages", "reports", "search"}
)
WITHOUT = {"serve", "collect_ordinary_words", "collect_pinyin_phrases"}


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the data would be."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "never"))
    return tmp_path / "never"


@pytest.mark.parametrize(
    "command", sorted({*OURS, "createsuperuser", "changepassword", "dumpdata", "flush"} - WITHOUT)
)
def test_every_command_refuses(command: str, folder: Path) -> None:
    with pytest.raises(WrongSetting, match=r"^DATA_DIR: .* never prepared\. Run") as refused:
        require_prepared([command])
    assert "\n" not in str(refused.value)
    assert not folder.exists()


@pytest.mark.parametrize(
    "arguments", [[], ["help"], ["serve"], ["migrate"], ["check"], ["tidy", "--help"], ["--version"]]
)
def test_what_prepares_or_needs_no_site_is_run(arguments: list[str], folder: Path) -> None:
    require_prepared(arguments)
    assert not folder.exists()


def test_the_command_ends_with_one_line(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check_integrity"],
        cwd=BASE_DIR, env=os.environ | {"DATA_DIR": str(folder)}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith("forewarned: DATA_DIR: ")
    assert not folder.exists()


def test_an_empty_or_foreign_database_is_not_prepared(folder: Path) -> None:
    folder.mkdir()
    path = folder / "forewarned.sqlite3"
    path.touch()
    with pytest.raises(WrongSetting, match="never prepared"):
        require_prepared(["tidy"])
    assert path.stat().st_size == 0
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE other (id)")
    with pytest.raises(WrongSetting, match="never prepared"):
        require_prepared(["tidy"])
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE django_migrations (id)")
    require_prepared(["tidy"])
    assert [file.name for file in folder.iterdir()] == [path.name]


def test_what_is_no_database_is_named(folder: Path) -> None:
    folder.mkdir()
    (folder / "forewarned.sqlite3").write_text("This is a text, and not a database at all.")
    with pytest.raises(WrongSetting, match=r"^DATA_DIR: cannot read"):
        require_prepared(["tidy"])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:////nowhere/at/all.sqlite3", "^DATABASE_URL: this database was never prepared"),
        ("sqlite://:memory:", "^DATABASE_URL: this database was never prepared"),
        ("postgres://nobody@127.0.0.1:1/none", "^DATABASE_URL: the database does not work"),
        ("mysql://a/b", "^DATABASE_URL: only"),
        ("nonsense", "^DATABASE_URL: "),
    ],
)
def test_a_database_of_its_own_is_named(url: str, said: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(WrongSetting, match=said):
        require_prepared(["tidy"])
    assert not folder.exists()


def test_a_prepared_database_is_used(bare_site: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA_DIR", "DATABASE_URL"):
        if name in bare_site:
            monkeypatch.setenv(name, bare_site[name])
    require_prepared(["tidy"])
