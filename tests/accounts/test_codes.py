"""Codes of authenticator apps and recovery codes are understood however a keyboard types them."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.forms.codes import plain_code
from accounts.models import User
from tests.pages_under_test import codes, elements

PASSWORD = "correct horse battery"
ARABIC, PERSIAN, DEVANAGARI, WIDE = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９"
WAYS = {
    "plain": "{}{}{}{}{}{}",
    "blank": "{}{}{} {}{}{}",
    "no-break space": "{}{}{}\u00a0{}{}{}",
    "narrow no-break space": "{}{}{}\u202f{}{}{}",
    "wide space": "\u3000{}{}{}\u3000{}{}{}\u3000",
    "marks of direction": "\u200f{}{}{}{}{}{}\u200e\u2069",
    "byte order mark and tab": "\ufeff{}{}{}\t{}{}{}\n",
    "dashes": "{}{}{}–{}{}{}",
    "hyphen and dots": "{}{}-{}{}·{}{}",
}


@pytest.mark.parametrize("digits", [ARABIC, PERSIAN, DEVANAGARI, WIDE, "0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_code_is_understood(way: str, digits: str) -> None:
    assert plain_code(way.format(*(digits[int(digit)] for digit in "052617"))) == "052617"


@pytest.mark.parametrize("other", ["", "½", "12345六", "abc", "Ⅻ"])
def test_what_is_no_digit_becomes_none(other: str) -> None:
    assert not plain_code(other).isdecimal()


@given(st.text(max_size=40))
def test_reading_a_code_twice_changes_nothing(typed: str) -> None:
    assert plain_code(plain_code(typed)) == plain_code(typed)


def code_of(secret: str, digits: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    typed = [digits[int(digit)] for digit in totp.format_hotp_value(totp.hotp_value(secret, counter))]
    return f"{''.join(typed[:3])}\u00a0{''.join(typed[3:])}"


@pytest.fixture
def heron(db: None) -> User:
    """Someone with an account."""
    return User.objects.create_user("Heron", PASSWORD)


def signed_in() -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": "Heron", "password": PASSWORD})
    return client


def give_second_factor(user: User) -> str:
    secret = str(totp.generate_totp_secret())
    data = {"secret": get_adapter().encrypt(secret)}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    return secret


def test_an_authenticator_app_is_set_up(heron: User) -> None:
    client = signed_in()
    page = client.get("/accounts/2fa/totp/activate/")
    [field] = elements(page, "input", name="code")
    assert (field.attributes["inputmode"], field.attributes["autocomplete"]) == ("numeric", "one-time-code")
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(page.context["form"].secret, ARABIC)})
    assert answer.status_code == 302


@pytest.mark.parametrize("digits", [PERSIAN, WIDE])
def test_a_code_signs_in_once(digits: str, heron: User) -> None:
    code = code_of(give_second_factor(heron), digits)
    client = signed_in()
    [field] = elements(client.get("/accounts/2fa/authenticate/"), "input", name="code")
    assert field.attributes["inputmode"] == "numeric"
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/accounts/").status_code == 200
    again = signed_in().post("/accounts/2fa/authenticate/", {"code": plain_code(code)})
    assert codes(again.context["form"]) == {"code": ["incorrect_code"]}


def test_a_recovery_code_signs_in(heron: User) -> None:
    give_second_factor(heron)
    code = RecoveryCodes.activate(heron).get_unused_codes()[0]
    typed = " ".join(WIDE[int(digit)] for digit in code)
    assert signed_in().post("/accounts/2fa/authenticate/", {"code": typed})["Location"] == "/accounts/"


def test_a_code_confirms_access(heron: User) -> None:
    secret = give_second_factor(heron)
    client = Client()
    client.force_login(heron)
    [field] = elements(client.get("/accounts/2fa/reauthenticate/"), "input", name="code")
    assert field.attributes["inputmode"] == "numeric"
    assert client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret, DEVANAGARI)}).status_code == 302


def test_a_wrong_code_is_refused(heron: User) -> None:
    give_second_factor(heron)
    answer = signed_in().post("/accounts/2fa/authenticate/", {"code": "½½½½½½"})
    assert codes(answer.context["form"]) == {"code": ["incorrect_code"]}
