"""A report without an account comes with a proof of work, and is missed without harm."""

from typing import Any

import pytest
from django.test import Client

from reports.hints import NO_PROOF, hint
from reports.models import Report
from tests.common.proofs import solved

pytestmark = pytest.mark.django_db


def test_a_report_with_a_proof_has_no_hint_and_one_without_has(visitor: Client, filled: dict[str, Any]) -> None:
    challenge = visitor.get("/report/").context["challenge"]
    visitor.post("/report/", filled | {"proof": solved(challenge)})
    assert Report.objects.get(founding=False).hints == []
    Report.objects.filter(founding=False).delete()
    visitor.post("/report/", filled | {"proof": ""})
    assert Report.objects.get(founding=False).hints == [hint(NO_PROOF)]


def test_somebody_with_an_account_needs_none(member: Client, filled: dict[str, Any]) -> None:
    assert member.get("/report/").context["challenge"] is None
    member.post("/report/", filled)
    assert Report.objects.get(founding=False).hints == []
