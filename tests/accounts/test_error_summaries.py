"""A form about an account that is refused begins with a summary, whose links lead to the fields."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.pages_under_test import elements

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
REFUSED: list[tuple[str, dict[str, str]]] = [
    ("/accounts/signup/", {"username": "-", "password1": "x"}),
    ("/accounts/login/", {"login": "Heron", "password": "wrong"}),
    ("/accounts/login/", {"login": "", "password": ""}),
    ("/accounts/password/reset/", {"email": "no address"}),
    ("/accounts/password/change/", {"oldpassword": "wrong", "password1": "x", "password2": "y"}),
    ("/accounts/email/", {"action_add": "", "email": "no address"}),
    ("/accounts/reauthenticate/", {"password": "wrong"}),
    ("/accounts/delete/", {"handle": "Egret"}),
    ("/accounts/2fa/totp/activate/", {"code": "000000"}),
    ("/accounts/connections/", {"words": ""}),
]


@pytest.fixture
def heron() -> User:
    return User.objects.create_user("Heron", PASSWORD, email="heron@example.org")


def refused(heron: User, address: str, data: dict[str, str]) -> Any:
    browser = Client()
    if not address.startswith(("/accounts/signup/", "/accounts/login/", "/accounts/password/reset/")):
        browser.post("/accounts/login/", {"login": "Heron", "password": PASSWORD})
    return browser.post(address, data)


@pytest.mark.parametrize(("address", "data"), REFUSED)
def test_a_refused_form_has_one_summary_that_leads_to_its_fields(
    heron: User, address: str, data: dict[str, str]
) -> None:
    page = refused(heron, address, data)
    [summary] = elements(page, data_state="errors")
    assert summary.attributes["role"] == "alert"
    items = [one for one in summary.everything() if one.name == "li"]
    assert items
    ids = {one.attributes["id"] for one in elements(page) if "id" in one.attributes}
    targets = {one.attributes["href"].removeprefix("#") for one in summary.everything() if one.name == "a"}
    assert targets <= ids


def test_a_form_that_was_not_sent_has_none() -> None:
    for address in ("/accounts/signup/", "/accounts/login/", "/accounts/password/reset/"):
        assert not elements(Client().get(address), data_state="errors")
