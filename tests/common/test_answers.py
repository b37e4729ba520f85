"""Every form that a browser sends is answered with a redirect, to a page that nobody else can read."""

import re
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from accounts.models import CacheEntry
from common.http import answers
from tests.factories import UserFactory, WarningFactory
from tests.pages_under_test import elements, links, message_codes, states

pytestmark = pytest.mark.django_db

BROWSER = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
TEXT = "They asked me to install the app before anything was ordered, call me at +49 151 23456789."


def sent(client: Client, address: str, data: dict[str, Any]) -> str:
    """Where a browser is led that sends a form."""
    answer = client.post(address, data, headers=BROWSER)
    assert answer.status_code == 303
    assert answer.headers["Cache-Control"] == "no-store"
    return str(answer["Location"])


@pytest.mark.parametrize(
    ("address", "data", "status"),
    [
        ("/report/", {"body": TEXT, "act": "send"}, 422),
        ("/report/", {"body": TEXT, "act": "preview"}, 200),
        ("/report/", {"title": "What happened", "body": TEXT, "act": "send"}, 422),
        ("/report/", {"body": TEXT, "act": "mask"}, 200),
        ("/notice/", {"explanation": "Short."}, 422),
        ("/track/", {"code": "no-such-code"}, 422),
        ("/accounts/login/", {"login": "heron", "password": "wrong"}, 200),
        ("/nowhere/", {"body": TEXT}, 404),
        ("/accounts/connections/", {"words": "I worked there."}, 403),
    ],
)
def test_each_answer_is_a_page_that_can_be_seen_again(address: str, data: dict[str, str], status: int) -> None:
    client = Client()
    there = sent(client, address, data)
    assert there.startswith(f"{address}?answer=")
    pages = [client.get(there) for _ in range(2)]
    assert [page.status_code for page in pages] == [status] * 2
    assert pages[0].headers["Cache-Control"] == "no-store"
    if "body" in data and "mask" not in data.values():
        assert [text.text for text in elements(pages[1], "textarea", name="body")] == [TEXT]


def test_no_form_and_no_link_carries_the_number_on() -> None:
    client = Client()
    page = client.get(sent(client, "/flag/warning/" + WarningFactory().slug + "/?from=x", {"detail": "Why?"}))
    assert [form.attributes.get("action", "") for form in elements(page, "form", method="post")] == [""]
    again = sent(client, page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], {"detail": "Why?"})
    assert len(re.findall("answer=", again)) == 1
    assert "from=x" in again


def test_what_is_stored_can_be_read_with_the_key_of_the_browser_only() -> None:
    client = Client()
    there = sent(client, "/report/", {"body": TEXT, "act": "preview"})
    [kept] = CacheEntry.objects.filter(key__contains="answer:")
    secret = client.cookies[answers.COOKIE]
    assert secret["httponly"] and secret["secure"] and not secret["max-age"]
    assert "install" not in kept.value
    assert secret.value not in kept.key + kept.value
    for other in (Client(), Client()):
        assert TEXT not in other.get(there).content.decode()
    thief = Client()
    thief.cookies[answers.COOKIE] = "A" * 43
    assert TEXT not in thief.get(there).content.decode()


@pytest.mark.parametrize("secret", ["", "short", "ü" * 43, "x" * 5_000, "../" * 15])
def test_a_key_that_is_none_opens_nothing(secret: str) -> None:
    client = Client()
    there = sent(client, "/notice/", {"explanation": "Short."})
    client.cookies[answers.COOKIE] = secret
    assert client.get(there).status_code == 200
    assert client.get(f"/notice/?answer={secret[:30]}&answer=%00").status_code == 200


def test_another_account_does_not_see_it() -> None:
    heron, robin = UserFactory(), UserFactory()
    client = Client()
    client.force_login(heron)
    there = sent(client, "/report/", {"body": TEXT, "act": "preview"})
    assert TEXT in client.get(there).content.decode()
    secret = client.cookies[answers.COOKIE].value
    for user in (robin, None):
        other = Client()
        if user:
            other.force_login(user)
        other.cookies[answers.COOKIE] = secret
        assert TEXT not in other.get(there).content.decode()


def test_it_is_shown_at_its_own_address_only() -> None:
    client = Client()
    there = sent(client, "/report/", {"body": TEXT, "act": "preview"})
    assert TEXT not in client.get(there.replace("/report/", "/notice/")).content.decode()


def test_it_is_gone_once_the_report_was_sent() -> None:
    client = Client()
    form = {"draft": str(uuid.uuid4()), "title": "What happened to me", "body": TEXT, "looked": "1"}
    there = sent(client, "/report/", form)
    done = client.post("/report/", form | {"keep": "1"}, headers=BROWSER, follow=True)
    assert "/report/sent/" in done.redirect_chain[-1][0]
    assert TEXT not in client.get(there).content.decode()


def test_after_signing_in_the_form_is_there_with_a_token_that_is_good() -> None:
    heron, warning = UserFactory(), WarningFactory()
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    typed = {"title": "A better title", "body": "What I wrote.", "csrfmiddlewaretoken": "a" * 32}
    page = client.get(sent(client, f"/warnings/{warning.slug}/edit/", typed))
    assert message_codes(page) == ["signed-out"]
    [sign_in] = [link for link in links(page) if link.startswith("/accounts/login/?next=")]
    client.force_login(heron)
    client.cookies[settings.CSRF_COOKIE_NAME] = "b" * 32
    back = client.get(sign_in.partition("next=")[2].replace("%3F", "?").replace("%3D", "=").replace("%2F", "/"))
    assert message_codes(back) == ["signed-in"]
    assert [text.text for text in elements(back, "textarea", name="body")] == ["What I wrote."]
    [token] = elements(back, "input", name="csrfmiddlewaretoken")
    answer = client.post(
        f"/warnings/{warning.slug}/edit/", typed | {"csrfmiddlewaretoken": token.attributes["value"]}
    )
    assert "refused" not in states(answer)


@pytest.mark.parametrize(
    "headers", [{}, BROWSER | {"Sec-Fetch-Site": "cross-site"}, BROWSER | {"Sec-Fetch-Mode": "cors"}]
)
def test_programs_and_other_sites_are_answered_at_once(headers: dict[str, str]) -> None:
    answer = Client().post("/report/", {"body": TEXT, "act": "preview"}, headers=headers)
    assert answer.status_code == 200
    assert not CacheEntry.objects.filter(key__contains="answer:").exists()


def test_a_page_that_cannot_be_kept_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_LARGEST", 10)
    assert Client().post("/report/", {"body": TEXT, "act": "preview"}, headers=BROWSER).status_code == 200
    cache.clear()
