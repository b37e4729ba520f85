"""Odd texts through every field of every form of an account: never an error of ours."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from accounts.models import User
from tests.common.odd_texts import ODD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

FORMS = {
    "/accounts/signup/": "username password1 email website next",
    "/accounts/login/": "login password remember next proof",
    "/accounts/password/reset/": "email",
    "/accounts/2fa/authenticate/": "code",
}
OWN_FORMS = {
    "/accounts/email/": "email action_add action_primary action_remove action_send",
    "/accounts/password/change/": "oldpassword password1 password2",
    "/accounts/reauthenticate/": "password next",
    "/accounts/delete/": "handle",
    "/accounts/2fa/totp/activate/": "code",
    "/accounts/2fa/webauthn/add/": "credential name passwordless",
    "/accounts/2fa/recovery-codes/generate/": "action",
}


@pytest.mark.parametrize("path", FORMS)
def test_no_text_breaks_a_form_of_a_stranger(path: str, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.RATE_LIMITS = False
    visitor = Client()
    for text in ODD:
        answer = visitor.post(path, dict.fromkeys(FORMS[path].split(), text))
        assert answer.status_code in {200, 302, 400}, text[:40]
        # Nobody is led away from the site.
        assert answer.headers.get("Location", "/").startswith("/"), text[:40]


@pytest.mark.parametrize("path", OWN_FORMS)
def test_no_text_breaks_a_form_of_ones_own(path: str, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.RATE_LIMITS = False
    User.objects.create_user("Heron", "correct horse battery")
    owner = Client()
    owner.post("/accounts/login/", {"login": "Heron", "password": "correct horse battery"})
    for text in ODD:
        answer = owner.post(path, dict.fromkeys(OWN_FORMS[path].split(), text))
        assert answer.status_code in {200, 302, 400, 422}, text[:40]
    assert User.objects.get(handle="Heron").erased_at is None


@pytest.mark.parametrize("odd", ["[" * 100_000, '{"a":' * 100_000, "null", "5", '"x"', "[]", "{}", '{"response": 5}'])
def test_no_credential_breaks_signing_in(odd: str) -> None:
    assert Client().post("/accounts/2fa/webauthn/login/", {"credential": odd}).status_code == 302


@pytest.mark.parametrize(
    "address",
    ["/accounts/login/?next={}", "/accounts/signup/?next={}", "/accounts/confirm-email/{}/", "/accounts/first/{}/"],
)
def test_no_address_breaks_a_page(address: str) -> None:
    for text in ODD:
        part = quote(text[:200].replace("/", ""), safe="") or "x"
        assert Client().get(address.format(part)).status_code in {200, 301, 302, 404}, text[:40]
