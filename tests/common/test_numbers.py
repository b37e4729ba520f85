"""Amounts of money are read as people in different countries write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text.numbers import plain_number


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("1,000.50", "1000.50"),
        ("1.000,50", "1000.50"),
        ("1 000,50", "1000.50"),
        ("1\u202f000\u00a0000,5", "1000000.5"),
        ("1'000.50", "1000.50"),
        ("1’000", "1000"),
        ("1,00,000.50", "100000.50"),
        ("1,000,000", "1000000"),
        ("1,000", "1000"),
        ("1.000", "1000"),
        ("12,5", "12.5"),
        (" 7,50 ", "7.50"),
        ("１，０００．５０", "1000.50"),
        ("١٬٠٠٠٫٥٠", "١٠٠٠.٥٠"),
        ("-1,000", "-1000"),
        ("250", "250"),
    ],
)
def test_an_amount_is_read(typed: str, plain: str) -> None:
    assert plain_number(typed) == plain


@pytest.mark.parametrize(
    "typed", ["0.125", "1,0000", "1.5.5", "1,000,50", "1,000.500", "1 00", "1e30", "NaN", "a lot", ""]
)
def test_what_is_no_such_amount_stays(typed: str) -> None:
    assert plain_number(typed) == typed


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from([",.", ".,", " ,", "'."]))
def test_every_amount_is_read_as_written(whole: int, cents: int, signs: str) -> None:
    typed = f"{whole:,}".replace(",", signs[0]) + f"{signs[1]}{cents:02}"
    assert plain_number(typed) == f"{whole}.{cents:02}"
