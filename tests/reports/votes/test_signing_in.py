"""Who presses the button of a vote and has to sign in first is back with the vote given; no link does that."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from reports import pending_vote
from reports.models import Vote, Warning
from tests.factories import CommentFactory
from tests.pages_under_test import message_codes
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def passwords(bob: User, alice: User) -> None:
    for user in (bob, alice):
        user.set_password("correct horse battery")
        user.save()


def sign_in(browser: Client, handle: str, next_: str = "/") -> Any:
    form = {"login": handle, "password": "correct horse battery", "next": next_}
    return browser.post("/accounts/login/", form, follow=True)


def press(browser: Client, path: str, headers: dict[str, str] = HERE) -> str:
    """Press the button; return where somebody is to be led after signing in."""
    answer = browser.post(f"{path}begin/", headers=headers)
    address: str = answer["Location"]
    assert address.startswith("/accounts/login/?next=")
    return address.partition("next=")[2].replace("%23", "#")


def test_the_button_leads_to_signing_in_and_back_with_the_vote_given(
    bob: User, warning: Warning, visitor: Client
) -> None:
    page = visitor.get(f"/warnings/{warning.slug}/")
    assert f'action="/warnings/{warning.slug}/vote/begin/"' in page.content.decode()
    assert not page.cookies
    back = press(visitor, f"/warnings/{warning.slug}/vote/")
    answer = sign_in(visitor, "Bob", back)
    assert answer.redirect_chain[-1][0] == f"/warnings/{warning.slug}/#vote"
    assert Vote.objects.get().user == bob


def test_so_does_the_button_of_a_comment(bob: User, warning: Warning, visitor: Client) -> None:
    comment = CommentFactory(warning=warning)
    sign_in(visitor, "Bob", press(visitor, f"/comments/{comment.public_id}/vote/"))
    assert Vote.objects.get().comment == comment


def test_a_session_that_ended_while_the_page_stood_open_loses_no_vote(warning: Warning, visitor: Client) -> None:
    answer = visitor.post(f"/warnings/{warning.slug}/vote/", {"act": "vote"})
    assert answer["Location"] == f"/accounts/login/?next=/warnings/{warning.slug}/%23vote"
    sign_in(visitor, "Bob")
    assert Vote.objects.get().warning == warning


@pytest.mark.parametrize("path", ["vote/", "vote/begin/"])
def test_a_link_to_sign_in_gives_no_vote(path: str, warning: Warning, visitor: Client) -> None:
    crafted = f"/warnings/{warning.slug}/{path}"
    visitor.get(f"/accounts/login/?next={crafted}")
    visitor.get(crafted)
    sign_in(visitor, "Bob", crafted)
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-origin"},
        HERE | {"Sec-Fetch-Site": "cross-site"},
        HERE | {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_leads_to_signing_in_and_gives_no_vote(
    headers: dict[str, str], warning: Warning, visitor: Client
) -> None:
    sign_in(visitor, "Bob", press(visitor, f"/warnings/{warning.slug}/vote/", headers))
    assert not Vote.objects.exists()


def test_it_gives_no_vote_to_who_is_signed_in_since_it_asks_for_no_token(bob: User, warning: Warning) -> None:
    answer = signed_in(bob).post(f"/warnings/{warning.slug}/vote/begin/", headers=HERE)
    assert answer["Location"] == f"/warnings/{warning.slug}/#vote"
    assert not Vote.objects.exists()


def test_a_wish_is_for_the_next_who_signs_in_and_for_half_an_hour(
    bob: User, warning: Warning, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(visitor, f"/warnings/{warning.slug}/vote/")
    monkeypatch.setattr(pending_vote, "KEPT_SECONDS", -1)
    sign_in(visitor, "Bob")
    assert not Vote.objects.exists()


def test_an_author_who_signs_in_to_vote_for_their_own_is_told(warning: Warning, visitor: Client) -> None:
    answer = sign_in(visitor, "Alice", press(visitor, f"/warnings/{warning.slug}/vote/"))
    assert message_codes(answer) == ["own"]
    assert not Vote.objects.exists()


def test_what_is_gone_by_then_gets_no_vote(warning: Warning, visitor: Client) -> None:
    comment = CommentFactory(warning=warning)
    press(visitor, f"/comments/{comment.public_id}/vote/")
    comment.delete()
    assert sign_in(visitor, "Bob").status_code == 200
    assert not Vote.objects.exists()


def test_too_many_presses_of_a_network_lead_to_signing_in_all_the_same(
    warning: Warning, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "reports.views.votes.BEGUN", type("L", (), {"reached": "Often.", "name": "b", "most": 1, "seconds": 600})()
    )
    press(Client(), f"/warnings/{warning.slug}/vote/")
    sign_in(visitor, "Bob", press(visitor, f"/warnings/{warning.slug}/vote/"))
    assert not Vote.objects.exists()
