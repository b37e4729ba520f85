"""The proof of work: a challenge of ours, solved once."""

import base64
import json

import altcha
import pytest

from common import proof_of_work
from tests.common.proofs import solved

pytestmark = pytest.mark.django_db


def test_a_solution_is_good_once() -> None:
    payload = solved(proof_of_work.challenge())
    assert proof_of_work.is_solved(payload)
    assert not proof_of_work.is_solved(payload)


@pytest.mark.parametrize(
    "payload",
    ["", "none", "x" * 5_000, base64.b64encode(b"{}").decode(), base64.b64encode(b"[1]").decode(), base64.b64encode(b"\xff").decode(),
     base64.b64encode(json.dumps({"challenge": {"signature": "x", "parameters": {}}}).encode()).decode()],
)  # fmt: skip
def test_what_is_no_solution_is_none(payload: str) -> None:
    assert not proof_of_work.is_solved(payload)


def test_a_challenge_that_somebody_made_is_not_ours() -> None:
    made = altcha.create_challenge(proof_of_work.ALGORITHM, 1, hmac_secret="another key").to_dict()
    assert not proof_of_work.is_solved(solved(made))
