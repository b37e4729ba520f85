"""Amounts are read with the sign or code of their currency, and asked about where they have two meanings."""

from decimal import Decimal

import pytest
from django import forms

from common.forms import AmountField
from common.text.money import read_amount
from reports.forms.report import ReportFieldsForm


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("$1,000.00", "1000.00"),
        ("€1,000", "1000"),
        ("1,000 $", "1000"),
        ("100 USD", "100"),
        ("usd 100", "100"),
        ("1000,-", "1000"),
        ("1.000,– €", "1000"),
        ("US$ 12.50", "12.50"),
        ("Rs. 1,00,000", "100000"),
        ("R$ 1.000,50", "1000.50"),
        ("1 000 zł", "1000"),
        ("￥５００", "500"),
        ("500 ৳", "500"),
        ("$100 USD", "100"),
        ("7", "7"),
        ("1.000", "1000"),
    ],
)
def test_an_amount_is_read_whatever_is_around_it(typed: str, amount: str) -> None:
    assert AmountField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["10.005", "1.250 €", "$999.999", "EUR 12.345"])
def test_two_meanings_are_asked_about(typed: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        AmountField().clean(typed)
    assert refused.value.code == "unclear"


@pytest.mark.parametrize("typed", ["a lot", "5 apples", "$", "12 or 13", "€5 USD", "5 x", "$$5", "NaN", "<b>5</b>"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        AmountField().clean(typed)


def test_a_decimal_stays() -> None:
    assert AmountField().clean(Decimal("10.05")) == Decimal("10.05")
    assert read_amount("-$5").number == "-5"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("amount", "currency", "stored", "code"),
    [
        ("$1,000.00", "USD", "USD", ""),
        ("$5", "AUD", "AUD", ""),
        ("5 EUR", "", "EUR", ""),
        ("€5", "", "EUR", ""),
        ("5", "GBP", "GBP", ""),
        ("$5", "", "", "currency-missing"),
        ("5", "", "", "currency-missing"),
        ("€5", "USD", "", "currency-differs"),
        ("100 USD", "EUR", "", "currency-differs"),
        ("5 cat", "", "", "currency-differs"),
    ],
)
def test_the_sign_and_the_currency_beside_it_fit(amount: str, currency: str, stored: str, code: str) -> None:
    form = ReportFieldsForm({"amount": amount, "currency": currency, "outcome": "lost-money"})
    form.is_valid()
    refused = [error.code for error in form.errors.as_data().get("currency", [])]
    assert refused == ([code] if code else [])
    if stored:
        assert form.cleaned_data["currency"] == stored
