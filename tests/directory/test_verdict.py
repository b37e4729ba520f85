"""The verdict: it reassures only where each thing can be limited, and a floor that decides is said first."""

import re

import pytest

from directory.choices import CanDisable, Control
from directory.models import ToolFeature
from directory.verdict import verdict

YES, NO, PARTLY, UNKNOWN = CanDisable.YES, CanDisable.NO, CanDisable.PARTLY, CanDisable.UNKNOWN


def facts(*can_disable: CanDisable) -> list[ToolFeature]:
    return [ToolFeature(control=Control.USER, can_disable=each, reviewed=True) for each in can_disable]


@pytest.mark.parametrize("grade", ["", "A", "B", "C"])
def test_what_can_be_limited_is_said_to_be(grade: str) -> None:
    assert "limited" in verdict("It", facts(YES, PARTLY), grade=grade)


@pytest.mark.parametrize(
    ("known", "grade", "floor"),
    [
        ((YES, PARTLY), "D", ""),
        ((YES, PARTLY), "E", ""),
        ((YES,), "C", "It opens your computer."),
        ((UNKNOWN, YES), "B", ""),
        ((UNKNOWN,), "", ""),
        ((NO, YES), "B", ""),
    ],
)
def test_nothing_else_is(known: tuple[CanDisable, ...], grade: str, floor: str) -> None:
    said = verdict("It", facts(*known), grade=grade, floor_reason=floor)
    assert "limited" not in said
    assert said.startswith(floor)
    assert f"{len(known)} thing" in said


def test_a_switch_that_is_not_known_is_no_switch() -> None:
    assert re.findall(r"\d+", verdict("It", facts(UNKNOWN, UNKNOWN, YES))) == ["3", "2"]
