"""The synthetic corpus is whole, repeatable, and never mixed with people's warnings."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.models import Tool
from reports import integrity as reports
from reports.models import Comment, Report, Vote, Warning
from search.corpus import text
from search.corpus.generator import CorpusError
from search.integrity import problems
from search.query import parse
from search.service import find
from tests.factories import WarningFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("WORDS", 2_000), ("SENTENCES", 300), ("TITLES", 300)):
        monkeypatch.setattr(text, name, size)


def generate(**options: int) -> str:
    said = StringIO()
    call_command("generate_corpus", stdout=said, **options)
    return said.getvalue()


def test_it_makes_content_and_index_that_agree() -> None:
    said = generate(warnings=150, tools=20)
    assert "150 of 150 warnings" in said
    assert Warning.objects.published().count() == 151
    assert Report.objects.count() > 20
    assert Comment.objects.count() > 20
    assert Vote.objects.exists()
    assert list(problems()) == []
    assert list(reports.problems()) == []


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
        with pytest.raises(CommandError) as caught:
            generate(**options)
        assert isinstance(caught.value.__context__, CorpusError)


def test_the_same_seed_gives_the_same_words() -> None:
    assert text.Language(4).sentences == text.Language(4).sentences
    assert text.Language(4).sentences != text.Language(5).sentences


def test_common_words_are_common() -> None:
    language = text.Language(1)
    words = " ".join(sentence.text.lower() for sentence in language.sentences).replace(".", "").split()
    assert words.count(language.words[0]) > 5 * words.count(language.words[20])


def test_it_refuses_beside_warnings_by_people() -> None:
    WarningFactory()
    before = Warning.objects.count()
    with pytest.raises(CommandError) as caught:
        generate(warnings=1)
    assert isinstance(caught.value.__context__, CorpusError)
    assert Warning.objects.count() == before


def test_it_refuses_a_negative_number() -> None:
    with pytest.raises(CommandError, match="negative"):
        generate(warnings=-1)
