"""Signing up, in and out: handle and password, an address if one likes, and nobody learns who has an account."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from accounts.choices import TrustLevel
from accounts.models import CacheEntry, Session, User
from common import worker
from tests.pages_under_test import codes, elements

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


def sign_up(client: Client, handle: str = "Heron", **more: str) -> Any:
    return client.post("/accounts/signup/", {"username": handle, "password1": PASSWORD, "email": "", **more})


def sign_in(client: Client, login: str = "Heron", password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": login, "password": password})


def test_a_handle_and_a_password_are_enough(visitor: Client) -> None:
    response = sign_up(visitor)
    assert (response.status_code, response["Location"]) == (302, "/accounts/")
    heron = User.objects.get(handle="Heron")
    assert (heron.handle_folded, heron.email, heron.trust_level) == ("heron", None, TrustLevel.NEW)
    assert "Heron" in visitor.get("/accounts/").content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("handle", "code"),
    [
        ("he", "handle"),
        ("a" * 31, "handle"),
        ("heron!", "handle"),
        ("-heron", "handle"),
        ("he--ron", "handle"),
        ("hеron", "handle"),
        ("Admin", "reserved"),
        ("Forewarned-Team", "reserved"),
        ("ALI-CE", "taken"),
    ],
)
def test_a_handle_that_misleads_is_refused(visitor: Client, handle: str, code: str) -> None:
    User.objects.create_user("Alice")
    response = sign_up(visitor, handle)
    assert response.status_code == 200
    assert codes(response.context["form"]) == {"username": [code]}
    assert response.context["form"].errors["username"][0] in response.content.decode()
    assert not User.objects.filter(handle=handle).exists()


@pytest.mark.parametrize(
    "password",
    ["short", "password1234", "heron-heron-heron", "fiverr-freelancer-2026", "forewarned2026!!", "1234567890123"],
)
def test_a_password_that_is_guessed_first_is_refused(visitor: Client, password: str) -> None:
    response = sign_up(visitor, handle="heron-heron", password1=password)
    assert response.status_code == 200
    assert not User.objects.exists()


def test_a_program_that_fills_in_every_field_is_refused(visitor: Client) -> None:
    assert sign_up(visitor, website="https://spam.example").status_code == 200
    assert not User.objects.exists()


def test_signing_up_with_a_known_address_looks_the_same_as_with_a_new_one(visitor: Client) -> None:
    known = User.objects.create_user("Alice", PASSWORD, email="alice@example.org")
    EmailAddress.objects.create(user=known, email="alice@example.org", verified=True, primary=True)
    first = sign_up(visitor, "Heron", email="alice@example.org")
    second = sign_up(Client(), "Ibis", email="new@example.org")
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert EmailAddress.objects.filter(email="alice@example.org", verified=True).get().user == known


def test_a_wrong_password_and_an_unknown_handle_get_the_same_answer(visitor: Client) -> None:
    User.objects.create_user("Heron", PASSWORD)
    answers = [sign_in(visitor, name, "wrong wrong wrong") for name in ("Heron", "Nobody")]
    for answer in answers:
        assert codes(answer.context["form"]) == {"__all__": ["username_password_mismatch"]}
    clean = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers]
    assert clean[0] == clean[1]
    assert elements(clean[0], id="errors")


def test_somebody_signs_in_by_handle_in_any_case_or_by_address(visitor: Client) -> None:
    heron = User.objects.create_user("Heron", PASSWORD, email="heron@example.org")
    EmailAddress.objects.create(user=heron, email="heron@example.org", verified=True, primary=True)
    assert sign_in(visitor, "hERON").status_code == 302
    assert sign_in(Client(), "heron@example.org").status_code == 302


def test_guessing_is_stopped_and_the_owner_still_gets_in_elsewhere(visitor: Client) -> None:
    User.objects.create_user("Heron", PASSWORD)
    for _ in range(6):
        last = sign_in(visitor, password="wrong wrong wrong")
    assert codes(last.context["form"]) == {"__all__": ["too_many_login_attempts"]}
    assert elements(last, id="errors")
    assert sign_in(visitor).status_code == 200
    # The session of somebody who is signed in already is not touched.
    owner = Client()
    owner.force_login(User.objects.get(handle="Heron"))
    assert owner.get("/accounts/").status_code == 200


def test_the_counters_of_guesses_are_in_the_database_and_hold_no_address(visitor: Client) -> None:
    User.objects.create_user("Heron", PASSWORD)
    visitor.post("/accounts/login/", {"login": "Heron", "password": "wrong wrong wrong"}, REMOTE_ADDR="203.0.113.77")
    kept = " ".join(f"{row.key} {row.value}" for row in CacheEntry.objects.all())
    assert "login_failed" in kept
    assert "203.0.113" not in kept


def test_a_session_holds_neither_address_nor_browser(visitor: Client) -> None:
    User.objects.create_user("Heron", PASSWORD)
    visitor.post(
        "/accounts/login/",
        {"login": "Heron", "password": PASSWORD},
        REMOTE_ADDR="203.0.113.77",
        headers={"User-Agent": "Marker/7.7"},
    )
    session = Session.objects.get()
    stored = f"{vars(session)} {session.get_decoded()}"
    assert "203.0.113" not in stored
    assert "Marker" not in stored


@pytest.mark.parametrize(
    ("form", "cleared"),
    [({}, '"cache"'), ({"clear": "1"}, '"cache", "cookies", "storage"')],
    ids=["sign out", "clear"],
)
def test_signing_out_ends_the_session_on_the_server_and_clears_the_browser(
    form: dict[str, str], cleared: str, visitor: Client
) -> None:
    """Drafts, the theme and the pages for reading offline stay, unless they are to go as well."""
    visitor.force_login(User.objects.create_user("Heron", PASSWORD))
    cookie = visitor.cookies["__Host-sessionid"].value
    assert [one.attributes["name"] for one in elements(visitor.get("/accounts/logout/"), "button", value="1")] == [
        "clear"
    ]
    response = visitor.post("/accounts/logout/", form)
    assert response["Clear-Site-Data"] == cleared
    thief = Client()
    thief.cookies["__Host-sessionid"] = cookie
    assert thief.get("/accounts/").status_code == 302
    assert not Session.objects.exists()


@pytest.mark.parametrize("form", [{}, {"clear": "1"}, {"clear": "1", "csrfmiddlewaretoken": "x" * 64}])
@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}])
def test_another_site_signs_nobody_out_and_clears_no_browser(form: dict[str, str], headers: dict[str, str]) -> None:
    """The drafts of a report are in the browser: clearing them would be an attack."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_user("Heron", PASSWORD))
    response = client.post("/accounts/logout/", form, headers=headers)
    assert response.status_code == 403
    assert "Clear-Site-Data" not in response
    assert client.get("/accounts/").status_code == 200


def test_a_link_does_not_sign_anybody_out(visitor: Client) -> None:
    visitor.force_login(User.objects.create_user("Heron", PASSWORD))
    assert visitor.get("/accounts/logout/").status_code == 200
    assert visitor.get("/accounts/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(visitor: Client, elsewhere: str) -> None:
    User.objects.create_user("Heron", PASSWORD)
    response = visitor.post("/accounts/login/", {"login": "Heron", "password": PASSWORD, "next": elsewhere})
    assert response["Location"] == "/accounts/"


def test_a_reset_mail_goes_to_a_known_address_only_and_the_page_says_the_same(visitor: Client) -> None:
    heron = User.objects.create_user("Heron", PASSWORD, email="heron@example.org")
    EmailAddress.objects.create(user=heron, email="heron@example.org", verified=True, primary=True)
    answers = [
        visitor.post("/accounts/password/reset/", {"email": email}, follow=True).content
        for email in ("heron@example.org", "nobody@example.org")
    ]
    assert answers[0] == answers[1]
    assert mail.outbox == []
    worker.run_pending()
    assert [message.to for message in mail.outbox] == [["heron@example.org"]]
    assert "203.0.113" not in mail.outbox[0].body
    link = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[0].body))
    assert link
    page = visitor.get(link.group(), follow=True)
    new = "another good long one"
    done = visitor.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done.status_code == 302
    heron.refresh_from_db()
    assert heron.check_password(new)


def test_a_password_alone_does_not_pass_the_second_factor(visitor: Client) -> None:
    heron = User.objects.create_user("Heron", PASSWORD)
    Authenticator.objects.create(user=heron, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    response = sign_in(visitor)
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert visitor.get("/accounts/").status_code == 302
    assert visitor.get("/accounts/2fa/authenticate/").status_code == 200


def test_a_reset_does_not_skip_the_second_factor(visitor: Client) -> None:
    heron = User.objects.create_user("Heron", PASSWORD, email="heron@example.org")
    EmailAddress.objects.create(user=heron, email="heron@example.org", verified=True, primary=True)
    Authenticator.objects.create(user=heron, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    visitor.post("/accounts/password/reset/", {"email": "heron@example.org"})
    worker.run_pending()
    link = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[0].body))
    assert link
    page = visitor.get(link.group(), follow=True)
    new = "another good long one"
    visitor.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert visitor.get("/accounts/").headers["Location"].startswith("/accounts/login/")
    assert sign_in(visitor, password=new).headers["Location"] == "/accounts/2fa/authenticate/"
    assert visitor.get("/accounts/").status_code == 302
