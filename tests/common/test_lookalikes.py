"""Letters that look the same are one letter, and no others are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text.folding import fold
from common.text.lookalikes import by_look, looks_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u041c\u043en\u0430", "Mona"),
        ("\u0391\u03bd\u03b1", "Ava"),
        ("\u043d\u0432\u0442\u043c\u043a", "hbtmk"),
        ("ᴍᴏɴᴀ", "mona"),
        ("Ꮇօո\u0430", "Mona"),
        ("🅼🅞🇳🅰", "mona"),
        ("ＭＯＮＡ 𝓶𝓸𝓷𝓪", "MONA mona"),
        ("\u03c0\u03bb", "\u043f\u2c96"),
        ("Stra\u03b2e", "Straße"),
    ],
)
def test_they_are_one_letter(one: str, other: str) -> None:
    assert by_look(one) == by_look(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("0", "O"), ("1", "l"), ("I", "l"), ("rn", "m"), ("\u0438", "u"), ("\u0643", "S"), ("\u05e1", "o"), ("Θ", "O")],
)
def test_others_are_not(one: str, other: str) -> None:
    assert by_look(one) != by_look(other)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert by_look(text) == text
    assert all(not other.isascii() or other == char for char in text.lower() for other in looks_of(char))


@given(st.text())
def test_nothing_changes_twice(text: str) -> None:
    assert by_look(by_look(text)) == by_look(text)


@given(st.characters(categories=["L"]))
def test_a_letter_is_found_in_both_cases(letter: str) -> None:
    folded = fold(letter)
    forms = {fold(by_look(form)) for form in (letter, letter.upper(), letter.lower()) if fold(form) == folded}
    assert len(folded) != 1 or forms <= looks_of(folded)
