"""A refused form of the desk begins with a summary of what needs another look."""

import pytest
from django.test import Client

from moderation.models import Decision
from tests.moderation.making import case_of, waiting_report
from tests.pages_under_test import elements

pytestmark = pytest.mark.django_db


def test_a_refused_decision_and_a_refused_undo_begin_with_a_summary(desk: Client) -> None:
    case = case_of(waiting_report())
    refused = desk.post(case.get_absolute_url(), {"act": "decline", "note": "Kept."})
    [summary] = elements(refused, data_state="errors")
    assert [one.attributes["href"] for one in summary.everything() if one.name == "a"] == ["#id_reason"]
    assert not elements(desk.get(case.get_absolute_url()), data_state="errors")
    desk.post(case.get_absolute_url(), {"act": "decline", "reason": "advertising"})
    undo = desk.post(f"{Decision.objects.get().get_absolute_url()}undo/", {"note": " "})
    [summary] = elements(undo, data_state="errors")
    assert [one.attributes["href"] for one in summary.everything() if one.name == "a"] == ["#id_note"]
