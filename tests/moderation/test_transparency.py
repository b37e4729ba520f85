"""The public record: figures that are right, a log without anybody's words, heads that can be copied."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from audit.models import Head
from common.charts import bar_chart
from moderation.actions.decisions import decide, undo
from moderation.choices import Act
from moderation.decisions.input import DecisionInput
from moderation.models import Decision
from moderation.transparency.activity import active_between, active_people
from moderation.transparency.figures import Decided, by_month, percentile, totals
from moderation.transparency.log import pseudonym
from reports.models import Comment
from tests.factories import CommentFactory, UserFactory, WarningFactory
from tests.moderation.making import case_of, reason, waiting_report
from tests.pages_under_test import elements, part, states

MAY = datetime(2026, 5, 10, tzinfo=UTC)


def decided(hours: float, **changes: Any) -> Decided:
    fields: dict[str, Any] = {"at": MAY, "hours": hours, "act": "publish", "kind": "report", "reason": ""}
    fields |= {"automatic": False, "undone": False, "appealed": False, "overturned": False}
    return Decided(**fields | changes)


def test_a_month_is_counted_with_its_median_and_its_slow_end() -> None:
    rows = [decided(float(hours)) for hours in range(1, 101)]
    rows += [decided(0, automatic=True, reason="Spam"), decided(50, undone=True, appealed=True, overturned=True)]
    [month] = by_month([date(2026, 5, 1)], rows, [MAY, MAY], [(MAY, "Privacy")], [MAY], [])
    assert (month.received, month.decided, month.notices) == (2, 102, 1)
    assert (month.median_hours, month.p95_hours) == (50.0, 95.0)
    assert (month.automatic, month.undone, month.appeals, month.overturned) == (1, 1, 1, 1)
    assert (month.reasons, month.grounds) == ({"Spam": 1}, {"Privacy": 1})


def test_what_a_rule_did_wrong_and_what_nobody_had_pointed_out_is_counted() -> None:
    rows = [decided(0, automatic=True), decided(0, automatic=True, undone=True), decided(3, own=True), decided(3)]
    [month] = by_month([date(2026, 5, 1)], rows, [], [], [], [])
    assert (month.automatic, month.automatic_undone, month.own_initiative) == (2, 1, 1)


def test_names_are_listed_by_how_often_they_are_counted() -> None:
    assert totals([{"a": 1, "b": 1}, {"b": 1, "c": 1}]) == ["b", "a", "c"]


def test_a_month_without_a_decision_has_no_times() -> None:
    [month] = by_month([date(2026, 4, 1)], [decided(1)], [], [], [], [])
    assert (month.decided, month.median_hours, month.p95_hours) == (0, None, None)


@given(st.lists(st.floats(0, 1_000), min_size=1), st.floats(0.01, 1))
def test_at_least_that_share_lies_at_or_below_a_percentile(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6


def test_a_chart_without_anything_is_not_drawn() -> None:
    size = {"bar_width": 28, "gap": 8, "height": 110}
    assert not bar_chart([(date(2026, 5, 1), 0)], **size).most
    drawn = bar_chart([(date(2026, 4, 1), 1), (date(2026, 5, 1), 2)], **size)
    assert [bar.height for bar in drawn.bars] == [55.0, 110.0]


@pytest.fixture
def two_decisions(alice: User, mona: User) -> list[Decision]:
    """Mona declined one report of Alice's and published another; the first was undone."""
    made = []
    for number, choice in enumerate(
        (
            DecisionInput(Act.DECLINE, reason=reason("unclear"), public_reason="Alice, write clearly."),
            DecisionInput(Act.PUBLISH, note="I know her."),
        )
    ):
        report = waiting_report(author=alice, title=f"Secret title {number}")
        made.append(decide(actor=mona, case=case_of(report), choice=choice))
    undo(actor=mona, decision=made[0], note="Clear after all.")
    return made


@pytest.mark.django_db
def test_the_log_tells_what_and_why_and_nobodys_words_or_names(two_decisions: list[Decision], mona: User) -> None:
    answer = Client().get("/transparency/")
    assert "undone" in states(answer)
    page = answer.content.decode()
    for words in (Act.DECLINE.label, Act.PUBLISH.label, reason("unclear").label, pseudonym(mona.pk)):
        assert words in page, words
    log = Client().get("/transparency/decisions.csv").getvalue().decode()
    data = Client().get("/api/v1/transparency").content.decode()
    for secret in ("Mona", "Alice", "Secret title", "write clearly", "I know her", "Clear after all"):
        assert secret not in page + log + data, secret


@pytest.mark.django_db
@pytest.mark.parametrize(("names", "shown"), [("role", "A moderator"), ("name", "Mona")])
def test_how_moderators_are_named_is_the_hosts_choice(
    names: str, shown: str, two_decisions: list[Decision], settings: Any
) -> None:
    settings.MODERATOR_NAMES = names
    assert {row["by"] for row in Client().get("/api/v1/transparency").json()["decisions"]} == {shown}


@pytest.mark.django_db
def test_filters_narrow_the_log_and_unknown_ones_list_nothing(two_decisions: list[Decision]) -> None:
    for query, number in (("act=publish", 1), ("kind=report", 2), ("basis=notice", 0), ("act=nonsense", 0)):
        assert Client().get(f"/transparency/?{query}").context["listing"].total == number, query


@pytest.mark.django_db
def test_files_and_interface_tell_the_same_figures(two_decisions: list[Decision]) -> None:
    [header, *rows] = csv.reader(io.StringIO(Client().get("/transparency/figures.csv").content.decode()))
    months = Client().get("/api/v1/transparency").json()["months"]
    assert len(rows) == len(months) == 12
    first = dict(zip(header, rows[0], strict=True))
    assert first["decided"] == str(months[0]["decided"]) == "2"
    for name, count in months[0]["reasons"].items():
        assert first[f"reason: {name}"] == str(count)
    streamed = Client().get("/transparency/decisions.csv").getvalue().decode()
    assert [row["id"] for row in csv.DictReader(io.StringIO(streamed))] == [
        row["id"] for row in Client().get("/api/v1/transparency").json()["decisions"]
    ]
    assert Client().get("/api/v1/transparency?limit=1").json()["decisions"][0]["what"] == "Approve"
    assert Client().get("/api/v1/transparency?limit=0").status_code == 422
    assert json.dumps(months)


@pytest.mark.django_db
def test_heads_of_the_log_are_shown_for_copying() -> None:
    day = date(2026, 11, 1)
    for number in range(9):
        Head.objects.create(day=day + timedelta(days=number), seq=number + 1, digest=f"{number:064x}")
    page = Client().get("/transparency/").content.decode()
    assert f"9:{8:064x}" in page
    assert f"1:{0:064x}" not in page


@pytest.mark.django_db
def test_an_empty_record_says_so() -> None:
    [log] = elements(Client().get("/transparency/"), "section", aria_labelledby="log")
    assert [one for one in log.everything() if one.attributes.get("class") == "empty"]


@pytest.mark.django_db
def test_who_took_part_counts_once_a_month_and_readers_never(client: Client, alice: User, bob: User) -> None:
    warning = WarningFactory()
    last_month = timezone.localtime().replace(day=1) - timedelta(days=3)
    for author in (alice, alice, bob):
        CommentFactory(warning=warning, author=author)
    Comment.objects.update(created_at=last_month)
    CommentFactory(warning=warning, author=UserFactory())
    begin = last_month.date().replace(day=1)
    assert active_between(begin, timezone.localdate().replace(day=1)) == 2
    assert active_people() == round(2 / 6)
    Comment.objects.all().delete()
    assert active_people() == round(2 / 6)
    assert f" {active_people()} " in part(client.get("/transparency/"), "active")
