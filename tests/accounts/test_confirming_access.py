"""Sensitive pages ask for the password, or the second factor, unless it was just given."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
SENSITIVE = [
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/export/page/",
    "/accounts/delete/",
]


@pytest.fixture
def heron() -> User:
    """Someone with an account."""
    return User.objects.create_user("Heron", PASSWORD)


def sign_up() -> Client:
    client = Client()
    client.post("/accounts/signup/", {"username": "Ibis", "password1": PASSWORD, "email": ""})
    return client


def sign_in(login: str = "Heron") -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": login, "password": PASSWORD})
    return client


def asks(client: Client, address: str) -> bool:
    """Whether a page asks to confirm access first."""
    response = client.get(address)
    return "reauthenticate" in response.headers.get("Location", "")


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def give_second_factor(user: User) -> str:
    secret = str(totp.generate_totp_secret())
    data = {"secret": get_adapter().encrypt(secret)}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    return secret


@pytest.mark.parametrize("address", SENSITIVE)
def test_signing_in_counts(address: str, heron: User) -> None:
    assert not asks(sign_in(), address)


@pytest.mark.parametrize("address", SENSITIVE)
def test_signing_up_counts(address: str) -> None:
    assert not asks(sign_up(), address)


def test_a_second_factor_counts_from_when_it_was_given(heron: User) -> None:
    secret = give_second_factor(heron)
    client = sign_in()
    assert client.get("/accounts/delete/").status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=9), tick=False):
        client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
        assert not asks(client, "/accounts/delete/")
    with time_machine.travel(timezone.now() + timedelta(minutes=18), tick=False):
        assert not asks(client, "/accounts/delete/")
    with time_machine.travel(timezone.now() + timedelta(minutes=20), tick=False):
        assert asks(client, "/accounts/delete/")


@pytest.mark.parametrize("enter", [sign_in, sign_up])
def test_it_counts_for_ten_minutes(enter: object, heron: User) -> None:
    client = sign_in() if enter is sign_in else sign_up()
    for minutes, again in ((9, False), (11, True)):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
            assert asks(client, "/accounts/delete/") is again


def test_a_session_that_nobody_signed_in_to_with_a_password_is_asked(heron: User) -> None:
    client = Client()
    client.force_login(heron)
    assert asks(client, "/accounts/delete/")


def test_a_wrong_password_confirms_nothing(heron: User) -> None:
    client = Client()
    client.force_login(heron)
    client.post("/accounts/reauthenticate/", {"password": "wrong wrong wrong"})
    assert asks(client, "/accounts/delete/")


def test_the_records_of_another_account_count_for_nothing(heron: User) -> None:
    User.objects.create_user("Egret", PASSWORD)
    client = sign_in("Egret")
    client.force_login(heron)
    assert asks(client, "/accounts/delete/")
