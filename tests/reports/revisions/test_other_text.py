"""One copy of the edit form, sent more than once: the same text is one edit, and other text is another."""

from typing import Any

import pytest

from accounts.models import User
from directory.choices import RevisionState
from reports.actions import revisions
from reports.models import Revision, Warning
from reports.version_text import fields_now
from tests.pages_under_test import message_codes
from tests.reports.revisions.conftest import BODY, Filled, browser_of

pytestmark = pytest.mark.django_db
CHANGES = [
    {"body": f"{BODY}\n\nAnd **another** end <b>of it</b> 😀."},
    {"title": "Another title"},
    {"what_to_do": "Say no"},
    {"body": BODY.replace("I refused", "She refused"), "comment": "Corrected"},
]


def address(warning: Warning) -> str:
    return f"/warnings/{warning.slug}/edit/"


@pytest.mark.parametrize("changed", CHANGES)
def test_another_text_is_another_version(
    tess: User, warning: Warning, filled: Filled, changed: dict[str, Any]
) -> None:
    sent = filled(warning, body=f"{BODY}\n\nAnd an end.")
    client = browser_of(tess)
    for form in (sent, sent, sent | changed, sent | changed):
        assert client.post(address(warning), form).status_code == 302
    warning.refresh_from_db()
    now = fields_now(warning) | {"comment": "", "what_to_do": "\n".join(warning.what_to_do)}
    assert {name: now[name] for name in changed if name != "comment"} == {
        name: text for name, text in changed.items() if name != "comment"
    }
    assert warning.version == 3


@pytest.mark.parametrize("changed", CHANGES)
def test_another_text_is_another_suggestion(
    heron: User, warning: Warning, filled: Filled, changed: dict[str, Any]
) -> None:
    sent = filled(warning, summary="A buyer insists on an app.")
    client = browser_of(heron)
    for form in (sent, sent, sent | changed, sent | changed):
        client.post(address(warning), form)
    rows = Revision.objects.filter(author=heron, state=RevisionState.SUGGESTED).order_by("pk")
    assert len(rows) == 2
    assert rows[1].body == changed.get("body", BODY)


def test_what_others_wrote_since_stays(tess: User, theo: User, warning: Warning, filled: Filled) -> None:
    sent = filled(warning, body=BODY.replace("I refused", "He refused"))
    browser_of(tess).post(address(warning), sent)
    warning.refresh_from_db()
    browser_of(theo).post(address(warning), filled(warning, title="By Theo"))
    browser_of(tess).post(address(warning), sent | {"body": BODY.replace("I refused", "They refused")})
    warning.refresh_from_db()
    assert (warning.version, warning.title) == (4, "By Theo")
    assert "They refused" in warning.body


def test_a_withdrawn_suggestion_can_be_sent_again(heron: User, warning: Warning, filled: Filled) -> None:
    sent = filled(warning, title="Another title")
    client = browser_of(heron)
    client.post(address(warning), sent)
    revisions.withdraw(actor=heron, revision=Revision.objects.get(author=heron))
    client.post(address(warning), sent)
    assert Revision.objects.filter(author=heron, state=RevisionState.SUGGESTED).count() == 1


def test_a_declined_suggestion_is_not_said_to_wait(heron: User, tess: User, warning: Warning, filled: Filled) -> None:
    sent = filled(warning, title="Another title")
    client = browser_of(heron)
    client.post(address(warning), sent, follow=True)
    revisions.decline(actor=tess, revision=Revision.objects.get(author=heron), reason="No.")
    answer = client.post(address(warning), sent, follow=True)
    assert "edit-waits" not in message_codes(answer)
