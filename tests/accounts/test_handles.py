"""Handles: each belongs to one account, for good, and none looks like another one or like the site."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts import policies
from accounts.actions import accounts as accounts_actions
from accounts.models import FormerHandle, User
from common.errors import code_of
from common.text.folding import fold
from common.text.skeletons import skeleton
from tests.pages_under_test import codes, refuses

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
MIGRATION = import_module("accounts.migrations.0007_handles_by_look")
LATER_MIGRATION = import_module("accounts.migrations.0008_looks_of_two_letters")


def sign_up(handle: str, **fields: str) -> Any:
    return Client().post("/accounts/signup/", {"username": handle, "password1": PASSWORD, "email": "", **fields})


@pytest.mark.parametrize(
    ("owner", "similar"),
    [
        *(
            ("alice", handle)
            for handle in ("Al1ce", "AIice", "allce", "ALlCE", "4lice", "al-1ce", "A_l_I_c_E", "a1ic3")
        ),
        *(("Mona-Moss", handle) for handle in ("rnona-moss", "m0namos5", "MONA_M0SS", "Mona-Mo55")),
        *(("Sandwich", handle) for handle in ("sanclwich", "sandvvich", "5andw1ch")),
        *(("vwfan", handle) for handle in ("vvvfan", "wv-fan", "VVVf4n")),
        *(("g00d-b1rd", handle) for handle in ("good-bird", "9oodbird", "goodbirD", "g0o-dbl-rd")),
    ],
)
def test_a_handle_that_looks_like_another_is_taken(owner: str, similar: str) -> None:
    User.objects.create_user(owner)
    assert codes(sign_up(similar).context["form"]) == {"username": ["taken"]}
    assert User.objects.count() == 1


@pytest.mark.parametrize(("one", "other"), [("Liam", "Lam"), ("Anna", "Ana"), ("heron1", "heron11"), ("max", "mac")])
def test_a_handle_that_looks_different_is_free(one: str, other: str) -> None:
    User.objects.create_user(one)
    assert sign_up(other).status_code == 302


@pytest.mark.parametrize(
    "handle",
    [
        *("adm1n", "4dmin", "AdrnIn", "a-d-m-i-n", "f0rewarned", "Forevvarned-Team", "forewamed", "f0rewarnecl_x"),
        *("m0derat0r", "rnoderator", "5upport", "0ff1c1a1", "5taff", "r00t", "nu11", "he1p", "webrnaster", "tearn"),
    ],
)
def test_a_handle_that_looks_like_the_site_is_refused(handle: str) -> None:
    assert codes(sign_up(handle).context["form"]) == {"username": ["reserved"]}
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "handle",
    [
        *("admins", "mods", "the-mods", "staff1", "root0", "r00t1", "4dmins_2026", "real_admin", "admin-mona"),
        *("MonaAdmin", "staff1-team", "mods2026team", "im-a-mod", "head-moderators", "support-desk", "n0c"),
        *("the-forewarned", "official_forewarned", "iamf0rewarned", "team-forewarn", "the-official-team"),
        *(
            "noreply",
            "unnamed",
            "unnamed-member",
            "Unnamed_Reporter",
            "unn4med",
            "no-reply",
            "donotreply2",
            "mailer-daemon",
            "postmaster",
            "hostmasters",
            "info",
            "abuse",
        ),
        *("author", "the-author", "Author2", "real_author_1", "reporter", "Reporter-2", "the-reporters", "4uthor"),
        *("seller", "seller1", "a-buyer", "the_client", "AMod", "staff_of_the_site"),
        *("deleted", "deleted-user", "nobody", "anonymous", "anon1", "everyone", "undefined0", "m-e"),
    ],
)
def test_a_handle_that_speaks_for_the_site_is_reserved(handle: str) -> None:
    assert code_of(policies.handle_problem(handle)) == "reserved"


@pytest.mark.parametrize(
    "handle",
    [
        *("model", "rooted", "admiral", "badmin-ton", "modesty", "mod-ern", "comods", "rooster", "stafford", "nomad"),
        *("Ali", "Anna", "theme", "here-we-go", "teamwork", "officer", "systematic", "helper", "informal", "robot"),
        *("news-girl", "webdesigner", "double-trouble", "anonymouse", "user-42", "the-real-heron", "r2d2", "me2"),
        *("Modi", "Modis", "Seiler", "LeGall", "Cipolla", "Lambot", "Anona", "Anoni", "Systema", "Reader", "Dpol"),
        *("crime-reporter", "authoress", "bestseller", "mona-writes", "book-author-mona", "readers-digest"),
    ],
)
def test_an_ordinary_name_is_no_reserved_handle(handle: str) -> None:
    assert policies.handle_problem(handle) == ""


@pytest.mark.parametrize("handle", ["Heron", "hERON", "he-ron", "her0n", "h3ron"])
def test_the_handle_of_an_erased_account_is_kept_back(handle: str) -> None:
    accounts_actions.erase_account(actor=User.objects.create_user("Heron"))
    assert codes(sign_up(handle).context["form"]) == {"username": ["taken"]}
    kept = FormerHandle.objects.get()
    assert "heron" not in f"{vars(kept)}".lower()


def test_a_handle_is_kept_back_when_the_key_was_changed_and_the_older_one_is_known(settings: Any) -> None:
    accounts_actions.erase_account(actor=User.objects.create_user("Heron"))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of this site" * 3
    assert policies.handle_is_taken("her0n")
    assert not policies.handle_is_taken("Egret")


def test_a_handle_in_another_script_is_compared_by_its_letters_alone() -> None:
    """Older accounts may have one; sign-up takes ASCII letters only."""
    older = [User.objects.create_user(handle) for handle in ("苍鹭", "鹭")]
    for user in older:
        accounts_actions.erase_account(actor=user)
    assert policies.handle_is_taken("苍鹭")
    assert not policies.handle_is_taken("鹤")


@pytest.mark.parametrize("handle", ["Heron", "her0n"])
def test_of_two_sign_ups_at_once_one_gets_the_handle(handle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    User.objects.create_user("Heron")
    monkeypatch.setattr(policies, "handle_is_taken", lambda _: False)
    assert sign_up(handle).status_code == 409
    assert User.objects.count() == 1


def test_a_handle_that_is_given_up_during_a_sign_up_is_kept_back() -> None:
    accounts_actions.erase_account(actor=User.objects.create_user("Heron"))
    late = User()
    late.set_handle("Her0n")
    with refuses(accounts_actions.HandleTakenError, "taken"):
        accounts_actions.store_new_account(user=late)
    assert not User.objects.filter(handle="Her0n").exists()


def test_the_database_refuses_two_handles_that_look_alike() -> None:
    User.objects.create_user("alice")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("a1ice")


def test_of_older_accounts_that_look_alike_the_oldest_has_the_look() -> None:
    names = ["alice", "al1ce", "bob", "苍鹭"]
    User.objects.bulk_create(User(handle=name, handle_folded=fold(name)) for name in names)
    MIGRATION.fill(apps, connection.schema_editor())
    MIGRATION.fill(apps, connection.schema_editor())
    assert list(User.objects.order_by("pk").values_list("handle_skeleton", flat=True)) == ["allce", None, "bob", None]
    assert policies.handle_is_taken("Al1ce")


def test_older_accounts_get_the_one_look_of_all_spellings() -> None:
    names = {"vwfan": "vwfan", "wvfan": "wvfan", "bvw": "bvw", "swan": "swan"}
    User.objects.bulk_create(
        User(handle=name, handle_folded=name, handle_skeleton=look) for name, look in names.items()
    )
    LATER_MIGRATION.correct(apps, connection.schema_editor())
    LATER_MIGRATION.correct(apps, connection.schema_editor())
    assert dict(User.objects.values_list("handle", "handle_skeleton")) == {
        **{"vwfan": None, "wvfan": "wvfan", "bvw": "bwv", "swan": "swan"}
    }
    assert policies.handle_is_taken("bvvv")


@given(st.from_regex(policies.HANDLE, fullmatch=True))
def test_handles_that_fold_alike_look_alike(handle: str) -> None:
    stored = MIGRATION._skeleton(handle)
    assert skeleton(handle) == skeleton(fold(handle)) == LATER_MIGRATION.canonical(stored)
