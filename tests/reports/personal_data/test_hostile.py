"""No text raises, and none takes more than its length."""

import re
import sys
from collections.abc import Callable
from types import FrameType, ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.personal_data import (
    Kind,
    emails,
    find_personal_data,
    folded,
    handles,
    links,
    names,
    numbers,
    orders,
    phones,
    places,
    replaced,
)

PIECES = [
    "a@", "1 ", "(at)", "@", "a.", "buyer A", "+1", "1-", "::", "Mr ", "Mr A ", "a b ", "http://", "order ", "FO0", "GB29",
    " at ", "a at b dot ", "+1 212 555 0187 ", "(((", "x.x/", "line id ", "１ ", "51.5007, ", "1.2.", "\u200b", "ﷺ", "[e-mail]",
    "telegram is ", "John ", "his name is ", "4", "4 ", "a-at-", "#1", "user user ", "A'", "t.me/a?id=", "phone 1", "°'",
]  # fmt: skip
FRAGMENTS = [
    "ann@example.org", "4111 1111 1111 1111", "GB29 NWBK 6016 1331 9268 19", "DE89370400440532013000", "bob (at) example (dot) com",
    "buyer", "Mr", "Ada Lovelace", "order id", "telegram", "phone", "is", ",", "\n", "(", ")", "12345678", "@someone", "[e-mail]",
    "https://example.com/", "t.me/someone", "203.0.113.9", "５５５", "\u200b", "j o h n @ g m a i l . c o m", "+1 212 555 0187",
]  # fmt: skip
MODULES: list[ModuleType] = [emails, folded, handles, links, names, numbers, orders, phones, places]
STEADY = settings(deadline=None, derandomize=True)


def steps_of(work: Callable[[], object]) -> int:
    """How many calls, of Python and of C, some work takes."""
    steps = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    work()  # so that nothing is counted that is done only once
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return steps


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_is_at_most_twice_the_work(piece: str) -> None:
    half, whole = (piece * 20_000)[:4_000], (piece * 20_000)[:8_000]
    assert steps_of(lambda: find_personal_data(whole)) <= 2.2 * steps_of(lambda: find_personal_data(half)) + 500


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_pattern_repeats_without_a_bound(module: ModuleType) -> None:
    # What begins anywhere and may run to the end costs the square of the length.
    for name, pattern in vars(module).items():
        if isinstance(pattern, re.Pattern):
            bare = re.sub(r"\[(?:\\.|[^\]\\])+\]", "", re.sub(r"\\.", "", pattern.pattern.replace("\\[", "")))
            assert not re.search(r"(?<![}?])[*+]|\{\d*,\}", bare), name


@pytest.mark.parametrize("piece", PIECES)
def test_a_full_text_of_anything_comes_to_an_end(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    assert all(0 <= find.start < find.end <= len(text) for find in find_personal_data(text))


@STEADY
@given(st.text(max_size=400) | st.lists(st.sampled_from(PIECES + FRAGMENTS), max_size=30).map("".join))
def test_any_text_gives_places_in_order_that_do_not_overlap(text: str) -> None:
    finds = find_personal_data(text)
    edges = [edge for find in finds for edge in (find.start, find.end)]
    assert edges == sorted(edges)
    assert all(0 <= find.start < find.end <= len(text) for find in finds)


@STEADY
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=20).map(" ".join))
def test_what_proves_itself_is_gone_once_replaced(text: str) -> None:
    finds = find_personal_data(text)
    clean = replaced(text, finds)
    sure = [find for find in finds if find.kind in (Kind.EMAIL, Kind.CARD, Kind.IBAN)]
    assert all(text[find.start : find.end] not in clean for find in sure)


@STEADY
@given(st.text(max_size=200))
def test_replacing_nothing_changes_nothing(text: str) -> None:
    assert replaced(text, []) == text
