"""The synthetic corpus is whole, repeatable, and never mixed with people's warnings."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from common.db.row_checks import all_checks, dangling_references, no_progress, problems_of
from directory.models import Tool
from reports import integrity as reports
from reports.models import Comment, Report, Vote, Warning
from search.corpus import load, text
from search.corpus.entries import PEOPLE
from search.corpus.generator import CorpusError, deal
from search.corpus.posts import Posts
from search.index.documents import title_labels
from search.integrity import problems
from search.query import parse
from search.service import find
from search.terms import index_terms
from tests.factories import CommentFactory, ReportFactory, WarningFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("WORDS", 2_000), ("SENTENCES", 300), ("TITLES", 300)):
        monkeypatch.setattr(text, name, size)


def generate(**options: int) -> str:
    said = StringIO()
    call_command("generate_corpus", stdout=said, **options)
    return said.getvalue()


def assert_refused(**options: int) -> None:
    with pytest.raises(CommandError) as caught:
        generate(**options)
    assert isinstance(caught.value.__context__, CorpusError)


def schema() -> list[Any]:
    """The indexes, triggers and constraints of all tables, and how SQLite writes the full text."""
    if connection.vendor == "sqlite":
        usual = {"hashsize": 1 << 20, "automerge": 4, "crisismerge": 16}
        indexes = rows("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')")
        return [indexes, usual | dict(rows("SELECT k, v FROM search_fulltext_config"))]
    return [
        rows("SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()"),
        rows("SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"),
        rows("SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal"),
    ]


def rows(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return sorted(cursor.fetchall(), key=str)


def test_it_makes_content_and_index_that_agree() -> None:
    said = generate(warnings=150, tools=20)
    assert "150 of 150 warnings" in said
    assert Warning.objects.published().count() == 151
    assert Report.objects.count() > 20
    assert Comment.objects.filter(author__isnull=False).count() == 45
    assert Vote.objects.count() == 75
    assert list(problems()) == []
    assert list(reports.problems()) == []


@pytest.mark.both_databases
def test_it_makes_as_many_as_asked_and_nothing_is_wrong() -> None:
    """More of them than warnings, so that there are threads with replies; in two parts that share them."""
    tools = Tool.objects.count()
    generate(warnings=30, tools=7, comments=101, votes=203)
    assert Warning.objects.filter(founding=False).count() == 30
    assert Tool.objects.count() == tools + 7
    comments = Comment.objects.filter(warning__founding=False)
    assert comments.count() == 101
    assert 0 < comments.filter(parent__isnull=False).count() < 101
    assert Vote.objects.count() == 203
    assert list(problems_of(all_checks())) == list(dangling_references(no_progress)) == []


@pytest.mark.both_databases
def test_it_leaves_indexes_and_triggers_as_they_were() -> None:
    before = schema()
    generate(warnings=3)
    assert schema() == before


@pytest.mark.both_databases
def test_what_is_interrupted_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: Posts) -> None:
        assert schema() != before
        raise KeyboardInterrupt

    before, tools = schema(), Tool.objects.count()
    monkeypatch.setattr(Posts, "move_sequences", interrupt)
    with pytest.raises(KeyboardInterrupt):
        generate(warnings=3, tools=2)
    assert schema() == before
    assert Tool.objects.count() == tools
    assert not Warning.objects.filter(founding=False).exists()
    assert list(problems()) == list(reports.problems()) == []


def test_its_warnings_and_tools_are_found() -> None:
    generate(warnings=50, tools=5)
    made = Warning.objects.exclude(founding=True)[0]
    assert made.pk in [post.key for post in find(parse(f'"{made.title}"'), limit=5).posts]
    tool = Tool.objects.get(slug="synthetic-tool-3")
    assert tool in [match.tool for match in find(parse(tool.name), limit=5).tools]


@pytest.mark.both_databases
@pytest.mark.parametrize("seeds", [(1, 2), (1, 1), (0, 0, 0), (-5, -5), (1, 2, 1)])
def test_running_it_again_adds_more(seeds: tuple[int, ...]) -> None:
    for seed in seeds:
        generate(warnings=10, tools=2, seed=seed)
    assert Warning.objects.filter(founding=False).count() == 10 * len(seeds)
    assert Tool.objects.filter(slug__startswith="synthetic").count() == 2 * len(seeds)
    assert list(problems()) == list(reports.problems()) == []


def test_it_refuses_without_a_catalogue_and_without_names(empty_site: None) -> None:
    for options in ({"warnings": 1}, {"warnings": 1, "tools": 1}, {"warnings": 0, "tools": 40_001}):
        assert_refused(**options)


@pytest.mark.parametrize(
    "options", [{"warnings": 0, "comments": 1}, {"warnings": 0, "votes": 1}, {"warnings": 2, "votes": 2 * PEOPLE + 1}]
)
def test_it_refuses_more_than_there_is_room_for(options: dict[str, int]) -> None:
    assert_refused(**options)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A cursor on an SQLite file with a write-ahead log, which the load takes for the site's database."""
    settings = connections.settings["default"] | {
        "ENGINE": "common.db.sqlite_busy_retry",
        "NAME": tmp_path / "site.sqlite3",
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL", "timeout": 0.1},
    }
    opened = ConnectionHandler({"default": settings})["default"]
    monkeypatch.setattr(load, "connection", opened)
    with opened.cursor() as cursor:
        cursor.execute("CREATE TABLE notes (text)")
        yield cursor
    opened.close()


def journal(cursor: Any) -> str:
    return str(cursor.execute("PRAGMA journal_mode").fetchone()[0])


def test_it_writes_without_the_log_and_returns_to_it(file: Any) -> None:
    with pytest.raises(KeyboardInterrupt), load.bulk_load():
        assert journal(file) == "delete"
        raise KeyboardInterrupt
    assert journal(file) == "wal"


def test_it_keeps_the_log_while_another_process_has_the_database_open(file: Any, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "site.sqlite3")) as other:
        other.execute("SELECT * FROM notes").fetchall()
        with load.bulk_load():
            assert journal(file) == "wal"
    assert journal(file) == "wal"


@pytest.mark.parametrize(("total", "number", "most"), [(0, 3, 5), (15, 3, 5), (7, 100, 500), (900, 20, 900)])
def test_it_deals_all_and_nobody_gets_too_many(total: int, number: int, most: int) -> None:
    dealt = deal(total, number, most=most, shape=1.5, draw=random.Random(1))
    assert (len(dealt), sum(dealt)) == (number, total)
    assert max(dealt) <= most


def test_the_terms_of_its_words_are_those_of_its_texts() -> None:
    language = text.Language(1)
    for passage in (*language.titles, *language.sentences):
        assert passage.terms.split() == index_terms(passage.text)
    for title in language.titles:
        assert title.begins.split() == sorted(title_labels(title.text))


def test_the_same_seed_gives_the_same_words() -> None:
    assert text.Language(4).sentences == text.Language(4).sentences
    assert text.Language(4).sentences != text.Language(5).sentences


def test_common_words_are_common() -> None:
    language = text.Language(1)
    words = " ".join(sentence.text.lower() for sentence in language.sentences).replace(".", "").split()
    assert words.count(language.words[0]) > 5 * words.count(language.words[20])


@pytest.mark.parametrize("factory", [WarningFactory, ReportFactory, CommentFactory])
def test_it_refuses_beside_posts_by_people(factory: Any) -> None:
    factory(**({} if factory is WarningFactory else {"warning": Warning.objects.get(founding=True)}))
    before = Warning.objects.count()
    assert_refused(warnings=1)
    assert Warning.objects.count() == before


@pytest.mark.parametrize("name", ["warnings", "tools", "comments", "votes"])
def test_it_refuses_a_negative_number(name: str) -> None:
    with pytest.raises(CommandError, match="negative"):
        generate(**{"warnings": 1, name: -1})
