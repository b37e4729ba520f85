"""What no view catches is answered all the same: a sentence, and what was sent is given back."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils.html import escape

from common.errors import ForewarnedError, Sentence
from config import urls as config_urls
from tests.pages_under_test import elements, fields, message_codes, states, targets


class TooLateError(ForewarnedError):
    """Stands for any refusal, with a sentence of its own."""

    status = HTTPStatus.GONE
    sentence = Sentence("It is <over>.", "over")


def refuse(request: HttpRequest) -> HttpResponse:
    raise TooLateError


def explain(request: HttpRequest) -> HttpResponse:
    raise ForewarnedError("Herons do not vote.", "herons")


def answer_itself(request: HttpRequest) -> HttpResponse:
    """Refuse with a page of its own, which holds one field of the form."""
    return HttpResponse(f"<h1 id=own>{escape(request.POST['body'])}</h1>", status=HTTPStatus.CONFLICT)


urlpatterns = [
    path("refuse/", refuse),
    path("explain/", explain),
    path("own/", answer_itself),
    *config_urls.urlpatterns,
]
handler400, handler403 = config_urls.handler400, config_urls.handler403
handler404, handler500 = config_urls.handler404, config_urls.handler500

pytestmark = pytest.mark.usefixtures("site_that_refuses")


@pytest.fixture
def site_that_refuses() -> Iterator[None]:
    """A site with two views that catch nothing."""
    with override_settings(ROOT_URLCONF="tests.common.test_refusals"):
        yield


def returned(page: Any) -> list[tuple[str, str]]:
    """The fields in lines and hidden fields of the returned form but for its token, in their order."""
    [form] = elements(page, "form", method="post")
    found = [(one.attributes["name"], one.attributes["value"]) for one in form.everything() if one.name == "input"]
    return [(name, value) for name, value in found if name != "csrfmiddlewaretoken"]


def test_a_form_is_given_back_with_every_field_and_the_sentence() -> None:
    typed = {"title": 'A "quoted" title', "tags": ["one", "two"], "act": "accept", "body": "A long\ntext & more"}
    answer = Client().post("/refuse/?scope=windows|free", typed)
    assert answer.status_code == HTTPStatus.GONE
    assert answer.headers["Cache-Control"] == "no-store"
    assert message_codes(answer) == ["over"]
    assert states(answer) == ["refused"]
    [message] = elements(answer, data_message="over")
    assert message.text == "It is <over>."
    assert returned(answer) == [("title", typed["title"]), ("tags", "one"), ("tags", "two"), ("act", "accept")]
    [text] = elements(answer, "textarea")
    assert text.text == "A long text & more"
    assert "/refuse/?scope=windows%7Cfree" in targets(answer)


def test_a_form_that_is_given_back_can_be_sent_again() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    answer = strict.post("/refuse/", {"tags": ["one", "two"], "csrfmiddlewaretoken": "a" * 32})
    [token] = elements(answer, "input", name="csrfmiddlewaretoken")
    again = strict.post("/refuse/", {"tags": ["one", "two"], "csrfmiddlewaretoken": token.attributes["value"]})
    assert again.status_code == HTTPStatus.GONE
    assert returned(again) == returned(answer) == [("tags", "one"), ("tags", "two")]


def test_passwords_are_not_given_back() -> None:
    answer = Client().post("/refuse/", {"handle": "heron", "password": "secret", "new_password2": "secret"})
    assert returned(answer) == [("handle", "heron")]
    assert "secret" not in answer.content.decode()


def test_a_button_without_a_text_comes_back_without_one() -> None:
    answer = Client().post("/explain/")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert message_codes(answer) == ["herons"]
    assert returned(answer) == []
    assert elements(answer, "textarea") == []
    assert "act" not in fields(answer)


@pytest.mark.parametrize("signed", ["eyJjaGFsbGVuZ2UiOnsi" * 20, "a:b:c" * 40, "x" * 101])
def test_a_page_of_a_view_stays_if_it_holds_what_was_typed(signed: str) -> None:
    page = Client().post("/own/", {"body": "It <happened>.", "proof": signed})
    assert elements(page, "h1", id="own")


@pytest.mark.parametrize("lost", ["Two words " * 11, "One\nmore line", "字" * 101, "https://example.org/" + "x" * 90])
def test_a_page_of_a_view_that_loses_a_text_becomes_the_form(lost: str) -> None:
    page = Client().post("/own/", {"body": "It happened.", "note": lost, "proof": "eyJj" * 60})
    assert page.status_code == HTTPStatus.CONFLICT
    assert not elements(page, "h1", id="own")
    assert elements(page, "textarea", name="note")
    assert ("proof", "eyJj" * 60) in returned(page)


def test_a_page_that_is_refused_says_why() -> None:
    answer = Client().get("/refuse/")
    assert answer.status_code == HTTPStatus.GONE
    assert answer.headers["Cache-Control"] == "no-store"
    assert states(answer) == ["410"]
    [message] = elements(answer, data_message="over")
    assert message.text == "It is <over>."


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_program_gets_the_sentence_and_its_code(method: str) -> None:
    answer = getattr(Client(), method)("/refuse/", {"tags": "one"}, headers={"Accept": "application/json"})
    assert answer.status_code == HTTPStatus.GONE
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json() == {"problem": "It is <over>.", "code": "over"}


@pytest.mark.parametrize("accepted", ["text/html,application/json", "*/*", ""])
def test_whoever_takes_a_page_gets_one(accepted: str) -> None:
    answer = Client().get("/refuse/", headers={"Accept": accepted})
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_refusal_says_what_its_class_says_or_what_it_was_raised_with() -> None:
    assert (str(TooLateError()), TooLateError().code) == ("It is <over>.", "over")
    other = TooLateError("It was over before.", "before")
    assert (str(other), other.code, other.status) == ("It was over before.", "before", HTTPStatus.GONE)
    assert TooLateError(Sentence("So it is.", "so")).code == "so"
    assert ForewarnedError().code == "refused"
