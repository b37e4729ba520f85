"""Differences between texts: both texts come back exactly, and no text takes long."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text import diff as diff_text
from common.text.diff import Change, Run, diff, shortened

WORDS = st.sampled_from(
    ["we", "the", "buyer", "asked", "app", " ", "  ", "\n", "\n\n", ".", "是", "的", "café", "é", "👩‍💻"]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=60).map("".join))


def side(runs: list[Run], *changes: Change) -> str:
    return "".join(run.text for run in runs if run.change in changes)


@given(TEXTS, TEXTS)
def test_both_texts_come_back(old: str, new: str) -> None:
    runs = diff(old, new)
    assert side(runs, Change.KEPT, Change.REMOVED) == old
    assert side(runs, Change.KEPT, Change.ADDED) == new
    assert all(run.text for run in runs)
    assert all(a.change != b.change for a, b in pairwise(runs))


@given(TEXTS)
def test_nothing_differs_from_itself(text: str) -> None:
    assert {run.change for run in diff(text, text)} <= {Change.KEPT}


def test_it_tells_words() -> None:
    assert diff("They asked me twice.\nStay away.", "They asked everybody twice.\nStay away.") == [
        Run(Change.KEPT, "They asked "),
        Run(Change.REMOVED, "me"),
        Run(Change.ADDED, "everybody"),
        Run(Change.KEPT, " twice.\nStay away."),
    ]


def test_words_that_changed_in_a_row_are_one_change() -> None:
    assert diff("one two three", "four five three") == [
        Run(Change.REMOVED, "one two"),
        Run(Change.ADDED, "four five"),
        Run(Change.KEPT, " three"),
    ]


def test_scripts_without_spaces_are_told_sign_by_sign() -> None:
    assert Run(Change.ADDED, "不") in diff("我同意", "我不同意")


HOSTILE = {
    "equal words": ("a " * 10_000, "a " * 9_000),
    "equal words and one other": ("a " * 10_000, "b " + "a " * 9_990),
    "two words in turn": ("a b " * 5_000, "b a " * 5_000),
    "nothing alike": ("a " * 10_000, "b " * 10_000),
    "equal lines": ("a\n" * 10_000, "b\n" + "a\n" * 9_000),
    "empty lines": ("\n" * 20_000, "x" + "\n" * 19_000),
    "points": ("!?" * 10_000, "?!" * 10_000),
    "one word": ("x" * 20_000, "y" * 20_000),
    "signs": ("是的" * 10_000, "的是" * 10_000),
    "at random": tuple(" ".join(random.Random(seed).choices("abcdefgh", k=10_000)) for seed in (1, 2)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    old, new = HOSTILE[name]
    began = time.process_time()
    runs = diff(old, new)
    assert time.process_time() - began < 0.8
    assert side(runs, Change.KEPT, Change.REMOVED) == old
    assert side(runs, Change.KEPT, Change.ADDED) == new


def test_too_many_pairs_are_a_rewrite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diff_text, "MOST_PAIRS", 3)
    assert diff("x a b c y", "x d b e y")[1:3] == [Run(Change.REMOVED, "a b c"), Run(Change.ADDED, "d b e")]


def test_long_kept_runs_are_shortened_for_reading() -> None:
    text = "word " * 1_000
    runs = shortened(diff(f"{text}one {text}two {text}", f"{text}1 {text}2 {text}"), around=20)
    kept = [run.text for run in runs if run.change == Change.KEPT]
    assert all("…" in part and len(part) < 60 for part in kept)
    assert [run.text for run in runs if run.change == Change.ADDED] == ["1", "2"]
    assert shortened(diff("the same", "the same"), around=20) == [Run(Change.KEPT, "the same")]
