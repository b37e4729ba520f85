"""Grades follow the facts: reviewed, fresh, and with sources that still say so."""

from datetime import date

import pytest
from django.core.management import call_command

from directory.actions.assessments import refresh_assessments
from directory.models import Source, Tool
from tests.factories import FactFactory, FeatureFactory
from tests.prepared import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def tool() -> Tool:
    """A tool with six grave facts, of six features that apply to it."""
    fact = FactFactory(feature=FeatureFactory(severity=5))
    for _ in range(13):
        FactFactory(tool=fact.tool, feature=FeatureFactory(severity=5))
    refresh_assessments(today=TODAY)
    found: Tool = Tool.objects.get(pk=fact.tool.pk)
    return found


def test_it_stores_the_grade_and_when_it_expires(tool: Tool) -> None:
    assert tool.grade == "E"
    assert tool.assessment_expires_on == date(2028, 5, 1)


def test_it_changes_nothing_the_second_time(tool: Tool) -> None:
    assert refresh_assessments(today=TODAY) == 0


def test_a_stale_fact_leaves_the_grade(tool: Tool) -> None:
    refresh_assessments(today=date(2028, 4, 30))
    assert Tool.objects.get(pk=tool.pk).grade == "E"
    refresh_assessments(today=date(2028, 5, 1))
    assert Tool.objects.get(pk=tool.pk).grade == ""


def test_tools_whose_grade_has_run_out_are_found(tool: Tool) -> None:
    assert not Tool.objects.assessment_expired(date(2028, 4, 30)).filter(pk=tool.pk).exists()
    assert Tool.objects.assessment_expired(date(2028, 5, 1)).filter(pk=tool.pk).exists()


def test_a_source_reported_changed_takes_its_fact_out(tool: Tool) -> None:
    Source.objects.filter(tool_features__tool=tool).update(reported_changed_on=TODAY)
    refresh_assessments(today=TODAY)
    assert Tool.objects.get(pk=tool.pk).risk == 0


def test_an_unreviewed_fact_leaves_the_grade(tool: Tool) -> None:
    tool.facts.update(reviewed=False)
    refresh_assessments(today=TODAY)
    assert Tool.objects.get(pk=tool.pk).risk == 0


def test_the_daily_command_says_what_it_did(capsys: pytest.CaptureFixture[str], tool: Tool) -> None:
    tool.facts.update(reviewed=False)
    call_command("refresh_assessments")
    assert capsys.readouterr().out.split()[0] == "1"
