"""The window into the tables: for administrators only, not there for others, read-only, and without secrets."""

from collections.abc import Iterator
from datetime import timedelta
from importlib import reload
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from config import urls
from directory.models import Tool
from pages.administration.shown import SHOWN
from pages.administration.site import window
from pages.checks import admin_path_is_free
from tests.factories import FactFactory, UserFactory
from tests.pages_under_test import elements

pytestmark = pytest.mark.django_db

PATH, PASSWORD = "tables-77", "correct horse battery staple"
# What no administrator sees either: who somebody is to something, and what is secret.
NEVER = {
    *("author", "owner", "user", "flagger", "by", "person", "account", "undone_by", "claimed_by", "decided_by"),
    *(
        "email",
        "password",
        "handle",
        "body",
        "body_html",
        "public_reason",
        "note",
        "undone_note",
        "before",
        "after",
        "sealed",
    ),
    *("moved", "tracking_hash", "submission_key", "browser_hash", "code_hash", "token_hash", "secret_hash", "actor"),
    *("session_data", "session_key", "data", "hints", "remarks", "evidence", "detail_of_flag", "title_of_case"),
}
UNSEEN_TABLES = {
    *("accounts.User", "accounts.Session", "accounts.Notification", "mfa.Authenticator", "account.EmailAddress"),
    *("reports.Report", "reports.Evidence", "reports.Draft", "reports.Vote", "reports.Message", "reports.Comment"),
    *("moderation.Flag", "moderation.Appeal", "moderation.LegalNotice", "moderation.Referral", "audit.Name"),
}


@pytest.fixture
def opened(settings: Any) -> Iterator[None]:
    """The site with a path for the window."""
    settings.ADMIN_PATH = PATH
    reload(urls)
    clear_url_caches()
    yield
    settings.ADMIN_PATH = ""
    reload(urls)
    clear_url_caches()


def signed_in(user: User) -> Client:
    """A browser in which somebody signed in a moment ago."""
    client = Client()
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def ada(opened: None) -> User:
    """An administrator with a second factor."""
    user: User = UserFactory(handle="Ada", trust_level=TrustLevel.ADMINISTRATOR)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return user


def addresses() -> list[str]:
    """The overview, the lists of all tables, and the page of one row of each that has one."""
    found = [f"/{PATH}/", f"/{PATH}/directory/"]
    for model in SHOWN:
        table = f"/{PATH}/{model._meta.app_label}/{model._meta.model_name}/"
        found.append(table)
        row = model._default_manager.first()
        found += [f"{table}{row.pk}/change/"] if row is not None else []
    return found


def test_an_administrator_sees_the_tables(ada: User) -> None:
    client = signed_in(ada)
    for address in addresses():
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"].endswith("private") or "no-store" in answer.headers["Cache-Control"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        page = answer.content.decode()
        assert "NOARCHIVE" in page
        assert "<script>" not in page
        assert "style=" not in page
    assert f"/{PATH}/audit/entry/" in client.get(f"/{PATH}/").content.decode()
    assert "DingTalk" in client.get(f"/{PATH}/directory/tool/?q=dingtalk").content.decode()
    assert "AnyDesk" not in client.get(f"/{PATH}/directory/tool/?q=dingtalk").content.decode()
    assert client.get(f"/{PATH}/directory/tool/?kind__exact=remote-access").status_code == 200


def test_it_is_not_there_for_anybody_else(ada: User) -> None:
    others = [Client()]
    for level in (TrustLevel.MEMBER, TrustLevel.MODERATOR):
        user = UserFactory(trust_level=level)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
        others.append(signed_in(user))
    halted = UserFactory(trust_level=TrustLevel.ADMINISTRATOR, suspended_until=timezone.now() + timedelta(days=1))
    Authenticator.objects.create(user=halted, type=Authenticator.Type.TOTP, data={"secret": "x"})
    for client in (*others, signed_in(halted)):
        for address in (*addresses(), f"/{PATH}/login/", f"/{PATH}/nothing/"):
            assert client.get(address).status_code == 404, address
            assert client.post(address).status_code == 404, address


def test_without_a_second_factor_one_is_led_to_set_it_up(opened: None) -> None:
    client = signed_in(UserFactory(trust_level=TrustLevel.ADMINISTRATOR))
    assert client.get(f"/{PATH}/").headers["Location"] == "/accounts/2fa/"


def test_who_signed_in_long_ago_signs_in_again(ada: User) -> None:
    client = Client()
    client.force_login(ada)
    assert client.get(f"/{PATH}/").headers["Location"].startswith("/accounts/reauthenticate/")


def test_nothing_can_be_changed_and_the_librarys_own_pages_are_not_there(ada: User) -> None:
    client = signed_in(ada)
    tool = Tool.objects.get(slug="dingtalk")
    row = f"/{PATH}/directory/tool/{tool.pk}/"
    for part in ("change/", "delete/", "history/", "../add/"):
        assert client.post(f"{row}{part}", {"name": "Taken over"}).status_code in {403, 404}, part
    for part in ("login/", "logout/", "password_change/", "autocomplete/", "jsi18n/", "r/1/1/"):
        assert client.get(f"/{PATH}/{part}").status_code == 404, part
    offered = elements(client.get(f"{row}change/"), "input")
    assert [one.attributes for one in offered if one.attributes.get("type") != "hidden"] == []
    tool.refresh_from_db()
    assert tool.name == "DingTalk"


def test_no_field_leads_to_a_person_or_a_secret() -> None:
    for model, shown in SHOWN.items():
        names = {field.name for field in model._meta.get_fields()}
        assert set(shown.fields) <= names
        assert not set(shown.fields) & NEVER, model
        assert not {name.partition("__")[0] for name in (*shown.searched, *shown.filtered)} & NEVER, model
    assert set(window._registry) == set(SHOWN)
    assert not {apps.get_model(name) for name in UNSEEN_TABLES} & set(SHOWN)


def test_a_list_needs_no_more_queries_for_more_rows(ada: User) -> None:
    client = signed_in(ada)
    address = f"/{PATH}/directory/toolfeature/?present__exact=1"
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for _ in range(5):
        FactFactory()
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert len(after) == len(before)


def test_without_the_setting_there_is_nothing(client: Client) -> None:
    assert client.get("/admin/").status_code == 404
    assert client.get(f"/{PATH}/").status_code == 404


@pytest.mark.parametrize("part", ["tools", "moderation", "api", "accounts", "static", "feeds"])
def test_a_path_of_the_site_is_refused(part: str, settings: Any) -> None:
    settings.ADMIN_PATH = part
    [found] = admin_path_is_free(None)
    assert f"below /{part}/" in str(found)


def test_a_free_path_passes_the_checks(opened: None) -> None:
    assert admin_path_is_free(None) == []
    call_command("check")
