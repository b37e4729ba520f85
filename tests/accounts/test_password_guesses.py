"""Guessing passwords from a thousand networks gets nowhere, and does not keep the owner out."""

from typing import Any

import pytest
from django.test import Client

from accounts.adapter import GUESSES_AT_ACCOUNT, PROOF_WANTED
from accounts.models import User
from tests.common.proofs import solved
from tests.pages_under_test import codes

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


def network(number: int) -> str:
    return f"10.{number // 250}.{number % 250}.7"


def sign_in(client: Client, password: str, *, address: str, **more: str) -> Any:
    return client.post("/accounts/login/", {"login": "Heron", "password": password, **more}, REMOTE_ADDR=address)


def test_passwords_guessed_from_everywhere_are_stopped_and_the_owner_gets_in() -> None:
    User.objects.create_user("Heron", PASSWORD)
    answers = [sign_in(Client(), f"guess number {n}", address=network(n)) for n in range(GUESSES_AT_ACCOUNT.most + 5)]
    assert all(answer.status_code == 200 for answer in answers)
    assert [bool(answer.context["form"].challenge()) for answer in answers] == [False] * 50 + [True] * 5
    owner = Client()
    asked = sign_in(owner, PASSWORD, address="192.0.2.9")
    assert codes(asked.context["form"]) == {"__all__": [PROOF_WANTED]}
    assert asked.context["form"].non_field_errors()[0] in asked.content.decode()
    proof = solved(asked.context["form"].challenge())
    assert sign_in(owner, PASSWORD, address="192.0.2.9", proof=proof).status_code == 302
    # The same proof is good for one guess only.
    assert sign_in(Client(), PASSWORD, address="192.0.2.9", proof=proof).status_code == 200


def test_one_network_cannot_keep_the_owner_out_at_all() -> None:
    User.objects.create_user("Heron", PASSWORD)
    for number in range(12):
        sign_in(Client(), f"guess number {number}", address="203.0.113.5")
    assert sign_in(Client(), PASSWORD, address="203.0.113.5").status_code == 200
    assert sign_in(Client(), PASSWORD, address="192.0.2.9").status_code == 302


def test_a_name_that_nobody_has_is_treated_alike() -> None:
    for number in range(GUESSES_AT_ACCOUNT.most):
        sign_in(Client(), "some guess or other", address=network(number))
    assert sign_in(Client(), "some guess or other", address=network(999)).context["form"].challenge()
