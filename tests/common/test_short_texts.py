"""However short a text is, a page that refuses it and does not hold it becomes the form with it."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils.html import escape

from config import urls as config_urls
from tests.pages_under_test import elements, message_codes

SHORT = ["short", "k", "7 Euro", "no-go", "Ö", "😀", "<b>", "button", "a@b.example", "Moderation", "x" * 61]


def lose(request: HttpRequest) -> HttpResponse:
    """Refuse with a page that has words in it, and none of the fields."""
    nothing = '<button name=act value=button class="k">Moderation short</button>'
    return HttpResponse(f'<p role="alert">Gone <b>now</b>.</p>{nothing}', status=HTTPStatus.CONFLICT)


def keep(request: HttpRequest) -> HttpResponse:
    """Refuse with the form, with another hidden value."""
    note = escape(request.POST["note"])
    page = f'<main id=own><input type=hidden name=seen value=2><input name="note" value="{note}">'
    page += f'<textarea name="detail">\n{escape(request.POST["detail"])}</textarea>'
    page += '<select name="reason"><option value="old">Old</select><input type=checkbox name=agreed></main>'
    return HttpResponse(page, status=HTTPStatus.CONFLICT)


def explain(request: HttpRequest) -> HttpResponse:
    """Refuse with a form that has one field, and a summary of its errors."""
    page = '<div data-state="errors"></div><main id=own><input name="note" value=""></main>'
    return HttpResponse(page, status=HTTPStatus.UNPROCESSABLE_ENTITY)


urlpatterns = [path("lose/", lose), path("keep/", keep), path("explain/", explain), *config_urls.urlpatterns]
pytestmark = pytest.mark.usefixtures("site_that_refuses")


@pytest.fixture
def site_that_refuses() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def values(page: Any) -> list[str]:
    typed = [one for one in elements(page, "input") if one.attributes.get("type") != "hidden"]
    return [one.attributes.get("value", "") for one in typed] + [one.text for one in elements(page, "textarea")]


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("name", ["public_reason", "body"])
def test_a_short_text_comes_back_to_be_seen(name: str, text: str) -> None:
    answer = Client().post("/lose/", {"act": "decline", name: text, "seen": "1"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert text in values(answer)
    assert message_codes(answer) == ["not-accepted"]
    [alert] = elements(answer, "p", role="alert")
    assert alert.text == "Gone now."


@pytest.mark.parametrize("text", SHORT)
def test_a_page_that_holds_it_stays(text: str) -> None:
    typed = {"note": text, "detail": f"{text}\r\n{text}", "reason": "old", "agreed": "on", "seen": "1"}
    assert elements(Client().post("/keep/", typed), "main", id="own")


@pytest.mark.parametrize("typed", [{"seen": "1"}, {"page": "12"}, {"password": "short"}, {"note": " "}, {"x": "yes"}])
def test_what_nobody_typed_is_no_loss(typed: dict[str, str]) -> None:
    assert elements(Client().post("/lose/", typed), "button", name="act")


def test_a_form_with_its_errors_stays_unless_it_lost_a_field_of_its_own() -> None:
    assert elements(Client().post("/explain/", {"law": "x"}), "main", id="own")
    assert "x" in values(Client().post("/explain/", {"note": "x"}))
