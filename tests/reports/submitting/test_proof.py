"""The proof of work: solved once, for one report, and missed without harm."""

import base64
import json
from typing import Any

import altcha
import pytest
from django.test import Client

from reports.models import Report
from reports.submitting import proof

pytestmark = pytest.mark.django_db


def solved(challenge: dict[str, Any]) -> str:
    found = altcha.solve_challenge(altcha.Challenge.from_dict(challenge))
    assert found
    return str(altcha.Payload(altcha.Challenge.from_dict(challenge), found).to_base64())


def test_a_solution_is_good_once() -> None:
    payload = solved(proof.challenge())
    assert proof.is_solved(payload)
    assert not proof.is_solved(payload)


@pytest.mark.parametrize(
    "payload",
    ["", "none", "x" * 5_000, base64.b64encode(b"{}").decode(), base64.b64encode(b"[1]").decode(), base64.b64encode(b"\xff").decode(),
     base64.b64encode(json.dumps({"challenge": {"signature": "x", "parameters": {}}}).encode()).decode()],
)  # fmt: skip
def test_what_is_no_solution_is_none(payload: str) -> None:
    assert not proof.is_solved(payload)


def test_a_challenge_that_somebody_made_is_not_ours() -> None:
    made = altcha.create_challenge(proof.ALGORITHM, 1, hmac_secret="another key").to_dict()
    assert not proof.is_solved(solved(made))


def test_a_report_with_a_proof_has_no_hint_and_one_without_has(visitor: Client, filled: dict[str, Any]) -> None:
    challenge = visitor.get("/report/").context["challenge"]
    visitor.post("/report/", filled | {"proof": solved(challenge)})
    assert Report.objects.get(founding=False).hints == []
    Report.objects.filter(founding=False).delete()
    visitor.post("/report/", filled | {"proof": ""})
    assert Report.objects.get(founding=False).hints == [{"hint": "no proof of work"}]


def test_somebody_with_an_account_needs_none(member: Client, filled: dict[str, Any]) -> None:
    assert member.get("/report/").context["challenge"] is None
    member.post("/report/", filled)
    assert Report.objects.get(founding=False).hints == []
