"""A password is the same on every keyboard, whichever way it composes its letters."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.hashers import NormalisingHasher, normalised
from accounts.models import User
from config import BASE_DIR
from config import settings as config_settings
from tests.pages_under_test import codes, elements

pytestmark = pytest.mark.django_db

COMPOSED, DECOMPOSED = (unicodedata.normalize(form, "crème brûlée für Ångström") for form in ("NFC", "NFD"))
KOREAN, JAMO = (unicodedata.normalize(form, "우리 집 고양이 세 마리") for form in ("NFC", "NFD"))
LATIN, WIDE = "four words and more", "ｆｏｕｒ\u3000ｗｏｒｄｓ\u00a0ａｎｄ ｍｏｒｅ"
SIGNS, LETTERS = "\u212bngstr\u00f6m and \u2126 twice", "\u00c5ngstr\u00f6m and \u03a9 twice"
PAIRS = [(COMPOSED, DECOMPOSED), (KOREAN, JAMO), (LATIN, WIDE), (SIGNS, LETTERS)]


@pytest.fixture(autouse=True)
def real_hashing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hasher of the site, at the least cost."""
    settings.PASSWORD_HASHERS = list(config_settings.PASSWORD_HASHERS)
    for name in ("time_cost", "parallelism"):
        monkeypatch.setattr(Argon2PasswordHasher, name, 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 8)


def signs_in(password: str) -> bool:
    return Client().post("/accounts/login/", {"login": "Heron", "password": password}).status_code == 302


@pytest.mark.parametrize(("one", "other"), [*PAIRS, *(pair[::-1] for pair in PAIRS)])
def test_a_password_set_on_one_keyboard_signs_in_on_another(one: str, other: str) -> None:
    assert one != other
    fields = {"username": "Heron", "password1": one, "email": ""}
    assert Client().post("/accounts/signup/", fields).status_code == 302
    assert [signs_in(password) for password in (one, other, f"{other}.")] == [True, True, False]


@pytest.mark.parametrize("typed", [DECOMPOSED, JAMO, WIDE, SIGNS, COMPOSED, LATIN, "x" * 500])
def test_a_password_that_was_stored_as_typed_goes_on_working(typed: str) -> None:
    user = User.objects.create_user("Heron")
    user.password = Argon2PasswordHasher().encode(typed, "an-older-salt-of-the-site")
    user.save()
    assert signs_in(typed)
    assert not signs_in(f"{typed}.")


def test_access_is_confirmed_and_the_password_changed_on_another_keyboard() -> None:
    User.objects.create_user("Heron", COMPOSED)
    client = Client()
    client.post("/accounts/login/", {"login": "Heron", "password": COMPOSED})
    assert client.post("/accounts/reauthenticate/", {"password": DECOMPOSED}).status_code == 302
    change = {"oldpassword": DECOMPOSED, "password1": JAMO, "password2": JAMO}
    assert client.post("/accounts/password/change/", change).status_code == 302
    assert signs_in(KOREAN)


@pytest.mark.parametrize("weak", ["\ufdfa", "ｐａｓｓｗｏｒｄ１２３４", "ｆｉｖｅｒｒ２０２６！！", "\ufb03" * 4])
def test_a_password_has_to_be_good_in_every_form(weak: str) -> None:
    """One sign can stand for eighteen letters, and wide letters for a password that is guessed first."""
    answer = Client().post("/accounts/signup/", {"username": "Heron", "password1": weak, "email": ""})
    assert "password1" in codes(answer.context["form"])
    assert not User.objects.exists()


def counted(hashing: Callable[..., Any], spent: list[str]) -> Callable[..., Any]:
    def call(*given: Any) -> Any:
        spent.append(hashing.__name__)
        return hashing(*given)

    return call


@pytest.mark.parametrize("password", [LATIN, COMPOSED, DECOMPOSED, WIDE])
def test_a_wrong_password_costs_the_same_for_an_unknown_account(password: str, monkeypatch: Any) -> None:
    User.objects.create_user("Heron", "something else entirely")
    spent: list[str] = []
    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, counted(getattr(Argon2PasswordHasher, name), spent))
    cost = []
    for login in ("Heron", "Nobody"):
        spent.clear()
        Client().post("/accounts/login/", {"login": login, "password": password})
        cost.append(len(spent))
    assert cost[0] == cost[1] > 0


def test_a_hash_fits_its_column() -> None:
    encoded = NormalisingHasher().encode("x" * 500, NormalisingHasher().salt())
    assert len(encoded) <= (User._meta.get_field("password").max_length or 0)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(password: str) -> None:
    assert normalised(normalised(password)) == normalised(password)


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/"])
def test_password_fields_are_masked_and_take_what_is_pasted(address: str) -> None:
    page = Client().get(address)
    passwords = [field for field in elements(page, "input") if "password" in field.attributes.get("name", "")]
    assert {field.attributes["type"] for field in passwords} == {"password"}
    assert {field.attributes["autocomplete"] for field in passwords} <= {"current-password", "new-password"}
    # No script of these pages listens for what is pasted.
    scripts = {file.name for file in (BASE_DIR / "static" / "js").glob("*.js") if '"paste"' in file.read_text()}
    assert not scripts & {Path(script.attributes["src"]).name for script in elements(page, "script")}
