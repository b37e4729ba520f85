"""A file's new version and people's edits live together."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from directory.catalogue.merge import merge


def test_what_only_the_file_changed_is_taken_over() -> None:
    assert merge({"summary": "old"}, {"summary": "old"}, {"summary": "new"}) == {"summary": "new"}


def test_what_only_people_changed_is_kept() -> None:
    assert merge({"summary": "old"}, {"summary": "mine"}, {"summary": "old"}) == {"summary": "mine"}


def test_where_both_changed_the_peoples_version_stays() -> None:
    assert merge({"summary": "old"}, {"summary": "mine"}, {"summary": "new"}) == {"summary": "mine"}


def test_an_entry_that_the_files_never_gave_is_left_alone() -> None:
    assert merge(None, {"summary": "mine"}, {"summary": "new"}) == {"summary": "mine"}


def test_what_people_left_empty_in_an_entry_of_theirs_comes_from_the_file() -> None:
    ours = {"website": "", "rules": [rule("reviews", "mine")]}
    file = {"website": "https://a.example", "rules": [rule("reviews", "a"), rule("x", "d")]}
    assert merge(None, ours, file) == {
        "website": "https://a.example",
        "rules": [rule("reviews", "mine"), rule("x", "d")],
    }


def rule(topic: str, text: str) -> dict[str, str]:
    return {"topic": topic, "rule": text}


def test_parts_are_merged_one_by_one() -> None:
    base = {"rules": [rule("reviews", "a"), rule("outside-files", "b"), rule("account-sharing", "c")]}
    here = {"rules": [rule("reviews", "mine"), rule("outside-files", "b")]}
    file = {
        "rules": [rule("reviews", "a"), rule("outside-files", "new"), rule("account-sharing", "c"), rule("x", "d")]
    }
    assert merge(base, here, file)["rules"] == [rule("reviews", "mine"), rule("outside-files", "new"), rule("x", "d")]


contents = st.fixed_dictionaries({"a": st.integers(0, 3), "b": st.integers(0, 3)})


@given(contents, contents)
def test_without_local_edits_the_file_wins(base: dict[str, Any], file: dict[str, Any]) -> None:
    assert merge(base, base, file) == file


@given(contents, contents)
def test_without_changes_in_the_file_people_win(base: dict[str, Any], here: dict[str, Any]) -> None:
    assert merge(base, here, base) == here


@given(contents, contents, contents)
def test_merging_again_changes_nothing(base: dict[str, Any], here: dict[str, Any], file: dict[str, Any]) -> None:
    once = merge(base, here, file)
    assert merge(file, once, file) == once
