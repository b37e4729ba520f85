"""The index says what the content says: after every change, after a failure, after a rebuild that was broken off."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from directory.actions.assessments import refresh_assessments
from directory.models import Feature, Tool, ToolName
from reports.actions.founding import apply_founding_text, set_founding_discussion
from reports.actions.status import change_status
from reports.actions.warnings import set_links, set_tags
from reports.choices import Status
from reports.models import Comment, Warning
from search import actions, backends
from search.index.rank_key import FIRST_DIRECTORY_PLACE, rank_key_of
from search.integrity import NOT_HELD, problems
from search.kinds import Kind
from search.models import IndexedDocument, IndexState
from search.names.store import current
from search.query import parse
from search.rebuild import is_built, rebuild
from search.service import find
from tests.factories import CommentFactory, FactFactory, ReportFactory, ToolFactory, WarningFactory, announce
from tests.prepared import TODAY

pytestmark = pytest.mark.django_db


def silent(name: str, done: int, total: int) -> None:
    """No progress is shown."""


CHANGES: dict[str, Callable[[], object]] = {
    "a new tool": ToolFactory,
    "a new fact": FactFactory,
    "a new warning": WarningFactory,
    "a new report": lambda: ReportFactory(body="It happened."),
    "a comment": CommentFactory,
    "a founding text": lambda: apply_founding_text(
        warning=Warning.objects.get(), text={"title": "T", "summary": "S", "body": "B", "what_to_do": []}, links={}),
    "a founding discussion cut short": lambda: set_founding_discussion(
        warning=Warning.objects.get(), replies=[{"voice": "a", "stance": "advice", "body": "Only this"}]),
    "tags": lambda: set_tags(warning=Warning.objects.get(), names=["one", "two"]),
    "links": lambda: set_links(warning=Warning.objects.get(), tools=["zoom"], tactics=[], marketplaces=[]),
    "a warning taken back": lambda: change_status(
        actor="mona", post=Warning.objects.get(), status=Status.UNPUBLISHED, reason="test"),
    "a comment taken back": lambda: change_status(
        actor="mona", post=Comment.objects.first() or CommentFactory(), status=Status.UNPUBLISHED, reason="test"),
    "a grade that changed": lambda: (Tool.objects.update(risk=1.0), refresh_assessments(today=TODAY)),
    "a feature renamed": lambda: rename_a_feature(),
}  # fmt: skip


def rename_a_feature() -> None:
    feature = Feature.objects.get(slug="screen-capture")
    feature.name = "Pictures of your screen"
    feature.save()
    announce(feature)


@pytest.mark.parametrize("change", CHANGES)
def test_the_index_follows(change: str) -> None:
    CHANGES[change]()
    assert list(problems()) == []


def test_a_change_that_fails_leaves_the_index_as_it_was() -> None:
    before = list(IndexedDocument.objects.order_by("place").values_list("place", "digest"))
    with pytest.raises(IntegrityError), transaction.atomic():
        WarningFactory(title="The heron invoice")
        WarningFactory(slug=Warning.objects.earliest("pk").slug)
    assert list(IndexedDocument.objects.order_by("place").values_list("place", "digest")) == before
    assert find(parse("heron"), limit=5).posts == []
    assert list(problems()) == []


def test_names_are_read_again_after_a_change_and_not_before() -> None:
    first = current()
    assert current() is first
    ToolFactory(name="Quokkachat")
    assert current() is not first
    assert find(parse("quokkachat"), limit=5).tools[0].tool.name == "Quokkachat"


def test_names_of_a_change_that_failed_are_forgotten() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ToolFactory(name="Quokkachat")
        assert find(parse("quokkachat"), limit=5).tools
        ToolFactory(slug="dingtalk")
    assert find(parse("quokkachat"), limit=5).tools == []


def test_a_rebuild_that_is_broken_off_leaves_the_index_whole() -> None:
    class PowerCutError(Exception):
        """The rebuild ends here."""

    def cut(name: str, done: int, total: int) -> None:
        if name == Kind.TACTIC.label:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        rebuild(cut)
    assert list(problems()) == []


def test_a_rebuild_repairs_everything() -> None:
    WarningFactory(title="The heron invoice")
    index = backends.current()
    lost, stale, ghost, *others = IndexedDocument.objects.order_by("pk")[:7]
    index.remove([lost.place])
    IndexedDocument.objects.filter(pk=lost.pk).delete()
    IndexedDocument.objects.filter(pk=stale.pk).update(digest="x")
    IndexedDocument.objects.filter(pk=ghost.pk).update(key=9_999_999)
    changes: list[dict[str, Any]] = [{"head": "x"}, {"parent": 7}, {"place": 7}, {"tier": 2}]
    for row, other in zip(others, changes, strict=True):
        IndexedDocument.objects.filter(pk=row.pk).update(**other)
    assert len(list(problems())) >= 8
    rebuild(silent)
    assert list(problems()) == []
    assert find(parse("heron"), limit=5).posts


def test_the_full_text_is_checked_against_what_should_be_in_it() -> None:
    place = IndexedDocument.objects.get(kind=Kind.TOOL, key=Tool.objects.get(slug="zoom").pk).place
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE search_indexeddocument SET terms = NULL WHERE place = %s", [place])
    else:
        backends.current().remove([place])
    found = list(problems())
    assert NOT_HELD.format(row=IndexedDocument.objects.get(place=place)) in found
    assert any("holds" in problem and "there are" in problem for problem in found)


def test_the_command_says_how_far_it_is_and_can_be_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    IndexState.objects.filter(pk=1).update(version=0)
    assert not is_built()
    call_command("rebuild_search", if_needed=True)
    assert "Tools: 76 of 76" in capsys.readouterr().out
    assert is_built()
    call_command("rebuild_search", if_needed=True)
    assert capsys.readouterr().out == ""


def test_documents_are_sorted_into_tiers_by_quality(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BEST_DOCUMENTS", 3)
    monkeypatch.setattr(actions, "GOOD_DOCUMENTS", 9)
    rebuild(silent)
    for half in (Q(place__gte=FIRST_DIRECTORY_PLACE), Q(place__lt=FIRST_DIRECTORY_PLACE)):
        tiers = list(IndexedDocument.objects.filter(half).order_by("-place").values_list("tier", flat=True))
        assert (tiers[:3], tiers[3:9], set(tiers[9:])) == ([0] * 3, [1] * 6, {2})
    assert [post.kind for post in find(parse("buyer dingtalk"), limit=5).posts][:1] == [Kind.WARNING]
    low = CommentFactory(text="A heron", published_at="2019-01-01T00:00:00Z")
    assert IndexedDocument.objects.get(kind=Kind.COMMENT, key=low.pk).tier == 2
    assert find(parse("heron"), limit=5).posts


def test_what_is_found_among_the_best_hides_nothing_of_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BEST_DOCUMENTS", 1)
    best = WarningFactory(title="The heron", standing_votes=5_000)
    low = CommentFactory(text="A heron", published_at="2019-01-01T00:00:00Z")
    rebuild(silent)
    tiers = [IndexedDocument.objects.get(kind=kind, key=row.pk).tier for kind, row in ((Kind.WARNING, best), (Kind.COMMENT, low))]  # fmt: skip
    assert tiers == [0, 1]
    assert {post.kind for post in find(parse("heron"), limit=5).posts} == {Kind.WARNING, Kind.COMMENT}


def test_places_are_one_documents_own() -> None:
    assert rank_key_of(Kind.REPORT, 7, 3) != rank_key_of(Kind.COMMENT, 7, 3)
    assert rank_key_of(Kind.REPORT, 7, 4) > rank_key_of(Kind.COMMENT, 2**39, 3)


def test_a_deleted_tool_is_forgotten_with_its_facts() -> None:
    tool = FactFactory(tool__name="Quokkachat", detail="It photographs quokkas at sunset").tool
    key = tool.pk
    ToolName.objects.filter(tool=tool).delete()
    tool.delete()
    tool.pk = key
    announce(tool)
    assert list(problems()) == []
    assert find(parse("quokkas sunset photographs"), limit=5).tools == []
