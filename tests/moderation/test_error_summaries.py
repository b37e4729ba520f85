"""A refused form begins with a summary of what needs another look."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from config import BASE_DIR
from moderation.models import Decision
from tests.moderation.making import case_of, waiting_report
from tests.moderation.test_desk import protected
from tests.pages_under_test import elements

pytestmark = pytest.mark.django_db


def led_to(page: Any) -> list[str]:
    """Where the links of the one summary lead."""
    [summary] = elements(page, data_state="errors")
    return [one.attributes["href"] for one in summary.everything() if one.name == "a"]


def test_a_refused_decision_and_a_refused_undo_begin_with_a_summary(desk: Client) -> None:
    case = case_of(waiting_report())
    refused = desk.post(case.get_absolute_url(), {"act": "decline", "note": "Kept."})
    assert led_to(refused) == ["#id_reason"]
    assert not elements(desk.get(case.get_absolute_url()), data_state="errors")
    desk.post(case.get_absolute_url(), {"act": "decline", "reason": "advertising"})
    undo = desk.post(f"{Decision.objects.get().get_absolute_url()}undo/", {"note": " "})
    assert led_to(undo) == ["#id_note"]


@pytest.mark.parametrize("act", ["appoint", "case"])
def test_a_refused_handle_is_led_to(ada: User, act: str) -> None:
    refused = protected(ada).post("/moderation/people/", {"act": act, "handle": "nobody-here", "level": "moderator"})
    assert refused.status_code == 422
    [address] = led_to(refused)
    assert elements(refused, "input", id=address.removeprefix("#"))


def test_every_page_with_fields_of_a_form_that_can_be_refused_has_a_summary() -> None:
    """The form of the queue that names a selection is refused on a page of its own."""
    without = set()
    for path in (BASE_DIR / "templates").rglob("[!_]*.html"):
        text = path.read_text()
        if (
            "components/field.html" in text
            and path.parent.name != "components"
            and "components/error_summary.html" not in text
        ):
            without.add(path.name)
    assert without == {"queue.html"}
