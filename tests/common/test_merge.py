"""Merging what two people made of one text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text.merge import Conflict, merge, merge_fields

WORDS = st.sampled_from(["we", "the", "buyer", "asked", " ", "\n", "\n\n", "app.", "X", "Y"])
TEXTS = st.one_of(st.text(alphabet="ab \n", max_size=40), st.lists(WORDS, max_size=40).map("".join))
BASE = "They asked for an app.\n\nI refused at first.\n\nThen they left a bad review.\n"


@given(TEXTS, TEXTS)
def test_one_side_alone_wins(base: str, changed: str) -> None:
    for merged in (merge(base, changed, base), merge(base, base, changed), merge(base, changed, changed)):
        assert merged.conflicts == []
        assert merged.text == changed


@given(TEXTS, TEXTS, TEXTS)
def test_it_is_symmetric(base: str, mine: str, theirs: str) -> None:
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    assert len(here.conflicts) == len(there.conflicts)
    if not here.conflicts:
        assert here.text == there.text
    swapped = [Conflict(part.base, part.theirs, part.mine) for part in there.conflicts]
    assert here.conflicts == swapped


@given(st.lists(st.sampled_from(["one", "two", "three", "four"]), min_size=1, max_size=30), st.data())
def test_nothing_new_is_lost_silently(words: list[str], data: st.DataObject) -> None:
    """Each side puts words in that nobody else has, and takes others out."""
    sides = []
    for mark in ("M", "T"):
        chosen = list(words)
        for number in range(data.draw(st.integers(0, 4))):
            at = data.draw(st.integers(0, len(chosen)))
            chosen[at : at + data.draw(st.integers(0, 2))] = [f"{mark}{number}"]
        sides.append(" ".join(chosen))
    merged = merge(" ".join(words), *sides)
    everything = " ".join([merged.text, *(f"{part.mine} {part.theirs}" for part in merged.conflicts)])
    for side in sides:
        assert {word for word in side.split() if word[0] in "MT"} <= set(everything.split())
    if not merged.conflicts:
        # Nor does anything come back that one side took out, or twice what was there once.
        assert all(merged.text.split().count(word) == 1 for word in merged.text.split() if word[0] in "MT")


@given(st.integers(0, 9), st.integers(0, 9))
def test_edits_apart_from_each_other_all_survive(first: int, second: int) -> None:
    lines = [f"This is line {number} with some words." for number in range(10)]
    mine, theirs = list(lines), list(lines)
    mine[first] = mine[first].replace("This", "That")
    theirs[second] = theirs[second].replace("words", "letters")
    merged = merge(*("\n".join(text) for text in (lines, mine, theirs)))
    assert merged.conflicts == []
    assert merged.text.count("That") == merged.text.count("letters") == 1


def test_both_edits_of_one_line_survive() -> None:
    merged = merge(BASE, BASE.replace("an app", "two apps"), BASE.replace("They asked", "The buyer asked"))
    assert merged.text.startswith("The buyer asked for two apps.\n")


def test_what_overlaps_is_told() -> None:
    merged = merge(BASE, BASE.replace("bad", "terrible"), BASE.replace("bad", "false").replace("refused", "said no"))
    assert merged.conflicts == [Conflict(" bad ", " terrible ", " false ")]
    assert "I said no at first" in merged.text
    assert "terrible" in merged.text


def test_a_paragraph_taken_out_and_changed_is_told() -> None:
    without = BASE.replace("I refused at first.\n\n", "")
    assert merge(BASE, without, BASE.replace("at first", "twice")).conflicts


def test_two_texts_at_the_same_place_are_told() -> None:
    assert merge("a\n", "a\nmine\n", "a\ntheirs\n").conflicts == [Conflict("", "mine\n", "theirs\n")]


@pytest.mark.parametrize("base", ["a " * 10_000, "a\n" * 10_000, "a b " * 5_000])
def test_no_text_takes_long(base: str) -> None:
    began = time.process_time()
    merge(base, base.replace("a", "b", 3_000), "c " + base[2_000:])
    assert time.process_time() - began < 1


def test_fields_are_merged_each_in_its_way() -> None:
    base = {"title": "One", "steps": ["a", "b", "c"], "tools": ["x", "y"], "severity": 3, "body": BASE}
    mine = {**base, "steps": ["a", "b2", "c"], "tools": ["x", "z"], "body": BASE.replace("app", "program")}
    theirs = {**base, "title": "Two", "steps": ["a", "b", "c", "d"], "tools": ["x", "y", "w"], "severity": 4}
    merged = merge_fields(base, mine, theirs, sets={"tools"})
    assert merged.conflicts == ()
    assert merged.values == {
        "title": "Two",
        "steps": ["a", "b2", "c", "d"],
        "tools": ["w", "x", "z"],
        "severity": 4,
        "body": BASE.replace("app", "program"),
    }


def test_fields_that_overlap_are_named_and_keep_mine() -> None:
    base = {"title": "One", "severity": 3, "steps": ["a"]}
    merged = merge_fields(
        base, {"title": "Mine", "severity": 2, "steps": ["m"]}, {"title": "Theirs", "severity": 5, "steps": ["t"]}
    )
    assert merged.conflicts == ("title", "severity", "steps")
    assert merged.values == {"title": "Mine", "severity": 2, "steps": ["m"]}


def test_without_a_base_what_differs_is_a_conflict() -> None:
    merged = merge_fields(
        None, {"title": "A", "body": "x", "tags": ["t"]}, {"title": "A", "body": "y", "tags": ["u"]}, sets={"tags"}
    )
    assert merged.conflicts == ("body",)
    assert merged.values["tags"] == ["t", "u"]
