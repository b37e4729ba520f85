"""At each address, people are offered what works there, and told what does not and why."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.actions.accounts import offer_first_administrator
from accounts.addresses import Address
from accounts.models import User
from common.errors import code_of
from tests.pages_under_test import elements, links, message_codes, states

PASSWORD = "correct horse battery"
SITE, LOCAL = "https://forewarned.example", "http://localhost:8000"


@pytest.mark.parametrize(
    ("here", "public", "cookies", "passkeys"),
    [
        (LOCAL, LOCAL, "", ""),
        ("http://site.localhost:8000", LOCAL, "", ""),
        ("http://127.0.0.1:8000", LOCAL, "", "other-address"),
        ("http://[::1]:8000", LOCAL, "", "other-address"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", "", "no-passkeys"),
        ("http://192.168.1.5:8000", LOCAL, "other-address", "other-address"),
        ("http://192.168.1.5:8000", "http://192.168.1.5:8000", "no-https", "no-passkeys"),
        ("http://[fe80::1]:8000", LOCAL, "other-address", "other-address"),
        ("http://nas.local", "http://nas.local", "no-https", "no-passkeys"),
        ("http://localhost.evil.example", LOCAL, "other-address", "other-address"),
        (SITE, SITE, "", ""),
        ("https://FOREWARNED.example.", SITE, "", ""),
        ("https://www.forewarned.example", SITE, "", ""),
        ("https://evilforewarned.example", SITE, "", "other-address"),
        ("https://192.168.1.5", SITE, "", "other-address"),
        ("https://192.168.1.5", "https://192.168.1.5", "", "no-passkeys"),
        ("http://www.forewarned.example", SITE, "other-address", "other-address"),
        # Behind a proxy that speaks https and is not trusted to say so.
        ("http://forewarned.example", SITE, "", ""),
    ],
)
def test_what_works_at_an_address(here: str, public: str, cookies: str, passkeys: str) -> None:
    address = Address(here, public)
    assert code_of(address.cookie_problem or "") == cookies
    assert code_of(address.passkey_problem or "") == passkeys


@pytest.fixture
def heron(settings: Any) -> User:
    """Someone with a password and an authenticator app, on a site that is reached by several names."""
    settings.ALLOWED_HOSTS = ["*"]
    user = User.objects.create_user("Heron", PASSWORD)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return user


@pytest.mark.django_db
@pytest.mark.parametrize(("host", "offered"), [("localhost:8000", True), ("127.0.0.1:8000", False)])
def test_passkeys_are_offered_where_they_work(host: str, offered: bool, heron: User) -> None:
    client = Client(HTTP_HOST=host)
    page = client.get("/accounts/login/")
    assert bool(elements(page, id="passkey_login")) is bool(elements(page, id="mfa_login")) is offered
    assert ("no-passkeys" in states(page)) is not offered
    client.post("/accounts/login/", {"login": "Heron", "password": PASSWORD})
    page = client.get("/accounts/2fa/authenticate/")
    assert bool(elements(page, id="mfa_webauthn_authenticate")) is offered
    assert ("no-passkeys" in states(page)) is not offered


@pytest.mark.django_db
@pytest.mark.parametrize(("host", "offered"), [("localhost:8000", True), ("127.0.0.1:8000", False)])
def test_settings_offer_security_keys_where_they_work(host: str, offered: bool, settings: Any) -> None:
    client = Client(HTTP_HOST=host)
    client.post("/accounts/signup/", {"username": "Ibis", "password1": PASSWORD, "email": ""})
    index, form = client.get("/accounts/2fa/"), client.get("/accounts/2fa/webauthn/add/")
    assert ("/accounts/2fa/webauthn/add/" in links(index)) is offered
    assert bool(elements(form, id="mfa_webauthn_add")) is offered
    assert [("no-passkeys" in states(page)) for page in (index, form)] == [not offered] * 2


@pytest.mark.django_db
@pytest.mark.parametrize(("host", "offered"), [("localhost:8000", True), ("127.0.0.1:8000", False)])
def test_access_is_confirmed_by_a_security_key_where_it_works(host: str, offered: bool, heron: User) -> None:
    client = Client(HTTP_HOST=host)
    client.force_login(heron)
    Authenticator.objects.create(user=heron, type=Authenticator.Type.WEBAUTHN, data={})
    page = client.get("/accounts/reauthenticate/")
    assert (reverse("mfa_reauthenticate_webauthn") in links(page)) is offered
    assert reverse("mfa_reauthenticate") in links(page)


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["192.168.1.5:8000", "nas.local", "[fe80::1]:8000"])
def test_where_browsers_keep_no_cookies_every_form_says_so(host: str, heron: User) -> None:
    client = Client(HTTP_HOST=host, enforce_csrf_checks=True)
    first = f"/accounts/first/{offer_first_administrator()}/"
    for address in ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", first):
        assert "no-cookies" in states(client.get(address)), address
    answer = client.post("/accounts/login/", {"login": "Heron", "password": PASSWORD})
    assert (answer.status_code, message_codes(answer)) == (403, ["other-address"])
    assert PASSWORD not in answer.content.decode()
    answer = client.post("/report/", {"body": "My own words"})
    assert message_codes(answer) == ["other-address"]
    assert "My own words" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("host", "secure"), [("localhost", False), ("127.0.0.1:9", False), ("192.168.1.5", True)])
def test_elsewhere_nothing_is_said_and_a_form_without_a_token_is_told_as_such(
    host: str, secure: bool, heron: User
) -> None:
    client = Client(HTTP_HOST=host, enforce_csrf_checks=True)
    assert "no-cookies" not in states(client.get("/accounts/login/", secure=secure))
    answer = client.post("/accounts/login/", {"login": "Heron"}, secure=secure)
    assert message_codes(answer) == ["token"]
