"""Form widgets."""

import pytest
from django import forms
from django.test.html import parse_html

from common.forms import LongSelect

CHOICES = [("", "Any"), ("eur", "Euro <€>"), ('"x"', "A & B"), (7, "Seven")]


@pytest.mark.parametrize("value", ["", None, "eur", '"x"', 7, "7", "gone"])
def test_a_long_select_is_djangos_own(value: object) -> None:
    attributes = {"class": "wide", "required": True, "aria-describedby": 'a"b'}
    both = [widget(attrs=attributes, choices=CHOICES) for widget in (LongSelect, forms.Select)]
    quick, own = (parse_html(widget.render("currency", value, {"id": "id_currency"})) for widget in both)
    assert quick == own
