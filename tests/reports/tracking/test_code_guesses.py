"""Guessing tracking codes from many networks gets nowhere, and does not keep the owner out."""

import secrets
from typing import Any

import pytest
from django.test import Client

from reports.models import Report
from reports.views.tracking import GUESSES
from tests.pages_under_test import fields, states

pytestmark = pytest.mark.django_db


def test_tracking_codes_guessed_from_everywhere_are_stopped_and_the_owner_gets_in(filled: dict[str, Any]) -> None:
    # It takes seconds: hundreds of guesses reach the limit.
    owner = Client()
    page = owner.post("/report/", filled, follow=True)
    code = page.context["code"]
    guesser = Client()
    statuses = []
    for number in range(1_000):
        guess = "-".join("".join(secrets.choice("bdfghj") for _ in range(7)) for _ in range(6))
        statuses.append(guesser.get(f"/track/{guess}/", REMOTE_ADDR=f"10.0.{number // 50}.7").status_code)
    assert set(statuses) == {404, 429}
    assert statuses.count(404) == 20 * GUESSES.most
    assert owner.get(f"/track/{code}/", REMOTE_ADDR="192.0.2.9").status_code == 200
    assert Report.objects.filter(founding=False).count() == 1


@pytest.mark.parametrize("code", ["abc", "one-two-three", "%20", "x" * 3_000, "%F0%9F%98%80", "abc%00"])
def test_the_address_of_a_wrong_code_says_so_and_offers_to_try_another(code: str, visitor: Client) -> None:
    page = visitor.get(f"/track/{code}/")
    assert (page.status_code, states(page)) == (404, ["wrong-code"])
    assert "code" in fields(page)
    assert "no-store" in page["Cache-Control"]
