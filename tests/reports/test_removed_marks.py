"""Removed words come back to their places, whatever else was edited."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.passages import passages_in, without
from reports.removed_marks import restored


@pytest.mark.parametrize(
    ("before", "after", "now", "back", "whole"),
    [
        ("of York of Ann", "[removed] of Ann", "So [removed] of Ann", "So of York of Ann", True),
        ("Ann Ann", "[removed] [removed]", "[removed], [removed]", "Ann, Ann", True),
        ("a Ann b Ann c", "a [removed] b [removed] c", "a [removed] B and c", "a Ann B and c", False),
        ("Ann", "[removed]", "", "", True),
        ("Ann", "[removed]", "Ann", "Ann", True),
        (["Ask Ann", "Go"], ["Ask [removed]", "Go"], ["Ask [removed]", "Go now"], ["Ask Ann", "Go now"], True),
        (
            {"a": "Ann", "b": "x"},
            {"a": "[removed]", "b": "x"},
            {"a": "[removed]!", "b": "y"},
            {"a": "Ann!", "b": "y"},
            True,
        ),
        ({"a": "Ann"}, {"a": "[removed]"}, {"c": "new"}, {"c": "new"}, True),
    ],
)
def test_words_come_back(before: Any, after: Any, now: Any, back: Any, whole: bool) -> None:
    assert restored(before, after, now) == (back, whole)


@given(st.text(), st.lists(st.text(min_size=2), min_size=1, max_size=3), st.sampled_from(["\nMore.", " More.", ""]))
def test_no_text_loses_anything(text: str, typed: list[str], more: str) -> None:
    """Without an edit everything is as it was before; after one, the edit is still there."""
    after = without(text, passages_in("\n".join(typed)))
    assert restored(text, after, after)[0] == text
    found, _ = restored(text, after, after + more)
    assert found.endswith(more)
