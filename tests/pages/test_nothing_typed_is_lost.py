"""Whatever refuses a form gives back its text, on every route, whoever sent it and for whatever reason."""

import html
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import ERROR, get_messages
from django.test import Client

from common.http import rate_limits
from moderation.actions.decisions import decide
from moderation.choices import Act
from moderation.decisions.input import DecisionInput
from moderation.models import Decision
from reports import tracking_codes
from reports.models import Report
from tests.factories import UserFactory
from tests.moderation.making import case_of, reason, waiting_report
from tests.pages_under_test import elements
from tests.sitemap_of_tests import routes

pytestmark = pytest.mark.django_db

# The names of the fields for text, of all forms.
NAMES = "text body note detail explanation words message summary comment name query public_reason label".split()
MARKER = 'The heron stood <still> & waited "there"'
# The library's own pages render the fields of their own forms, which hold no text.
LIBRARY = ("/accounts/2fa/", "/accounts/login/", "/accounts/signup/", "/accounts/email/", "/accounts/password/",
           "/accounts/confirm-email/", "/accounts/reauthenticate/", "/accounts/logout/", "/accounts/first/")  # fmt: skip
# Their forms are a button or choose among things, and have no field for text.
BUTTONS = ("/moderation/bulk/", "/restore/", "/vote/")


def typed(times: int) -> dict[str, str]:
    """A text in every field, with the field's own mark in each line."""
    return {name: f'{name}: a heron <still> & "there"\n' * times for name in NAMES}


def lost(response: Any, sent: dict[str, str]) -> list[str]:
    """The fields whose text a refusal does not hold. What was accepted, or is answered with data, loses nothing."""
    if response.status_code in {301, 302, 303, 308}:
        refused = [message for message in get_messages(response.wsgi_request) if message.level >= ERROR]
        to_sign_in = str(settings.LOGIN_URL) in response["Location"] and "next=" in response["Location"]
        return list(sent) if refused or to_sign_in else []
    if response.status_code in {200, 405} or not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    page = html.unescape(response.content.decode())
    return [name for name, text in sent.items() if text.splitlines()[0] not in page]


@pytest.mark.parametrize(
    ("role", "why"),
    [("", "too often"), ("member", "invalid"), ("administrator", "too long")],
)
def test_every_route_gives_back_what_it_refuses(role: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.policies.lacks_second_factor", lambda user: False)
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(UserFactory(trust_level=role))
    if why == "too often":
        monkeypatch.setattr(rate_limits.Chosen, "most_of", staticmethod(lambda name: -1))
    sent = typed(130 if why == "too long" else 2)
    found = {}
    for address in dict.fromkeys(route.address for route in routes()):
        if not address.startswith(LIBRARY) and not address.endswith(BUTTONS):
            missing = lost(client.post(address, sent), sent)
            if missing:
                found[address] = missing
    assert found == {}


@pytest.fixture
def decision() -> Decision:
    """A report without an account that was declined."""
    case = case_of(waiting_report())
    chosen = DecisionInput(Act.DECLINE, reason=reason("unclear"))
    return decide(actor=UserFactory(trust_level="moderator"), case=case, choice=chosen)


def code_for(decision: Decision) -> str:
    code = tracking_codes.code_of(b"key of a test", "report")
    Report.objects.filter(decisions=decision).update(tracking_hash=tracking_codes.hash_of(code))
    return code


@pytest.mark.parametrize("text", ["short", " " * 12, "Long. " * 900, "The heron\x00 was there before", MARKER])
def test_an_appeal_with_a_tracking_code_comes_back(
    text: str, decision: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/track/{code_for(decision)}/decisions/{decision.public_id}/"
    if text == MARKER:
        assert Client().post(address, {"text": "It was not unclear at all, I think."}).status_code == 302
    response = Client().post(address, {"text": text})
    assert response.status_code in {403, 422}
    [field] = elements(response, "textarea", name="text")
    assert "".join(field.pieces).strip() == text.strip()  # type: ignore[arg-type]


def test_an_appeal_that_comes_too_often_comes_back(decision: Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"/track/{code_for(decision)}/decisions/{decision.public_id}/"
    monkeypatch.setattr(rate_limits.Chosen, "most_of", staticmethod(lambda name: -1))
    response = Client().post(address, {"text": MARKER})
    assert (response.status_code, lost(response, {"text": MARKER})) == (429, [])


@pytest.mark.parametrize("path", ["", "answer", "correct"])
def test_what_an_anonymous_author_writes_comes_back_when_they_have_to_wait(
    path: str, decision: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/track/{code_for(decision)}/"
    monkeypatch.setattr(rate_limits.Chosen, "most_of", staticmethod(lambda name: -1))
    response = Client().post(address, {"act": path, "answer": MARKER, "body": MARKER})
    assert (response.status_code, lost(response, {"answer": MARKER})) == (429, [])


def test_a_second_appeal_comes_back(decision: Decision) -> None:
    author = UserFactory()
    Decision.objects.filter(pk=decision.pk).update(person=author)
    client = Client()
    client.force_login(author)
    address = f"/decisions/{decision.public_id}/"
    assert client.post(address, {"text": "It was not unclear at all, I think."}).status_code == 302
    response = client.post(address, {"text": MARKER})
    assert (response.status_code, lost(response, {"text": MARKER})) == (422, [])


@pytest.mark.parametrize("name", ["n" * 61, "A name that is longer than any name of a selection may be " * 3])
def test_the_name_of_a_selection_comes_back(name: str) -> None:
    client = Client()
    client.force_login(UserFactory(trust_level="moderator"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("accounts.policies.lacks_second_factor", lambda user: False)
        response = client.post("/moderation/views/", {"name": name, "query": "kind=flags"})
    assert (response.status_code, lost(response, {"name": name})) == (422, [])
