"""Rate limits: all are listed with what they count, and administrators choose other numbers."""

import ast
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import User
from audit.models import Entry
from common.http.rate_limits import REGISTER, Limit, RateLimitedError, is_reached, most, use
from config import APPS_DIR
from moderation.actions import limits
from moderation.chosen_limits import remembered
from moderation.models import ChosenLimit
from tests.pages_under_test import elements, fields, part, states
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


def protected(user: User) -> Client:
    """The browser of somebody with a second factor."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return signed_in(user)


@pytest.fixture
def office(ada: User) -> Client:
    """Ada's browser."""
    return protected(ada)


def names_in_the_code() -> set[str]:
    """The first argument of every `Limit(...)` below the apps."""
    found = set()
    for path in APPS_DIR.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Limit" and "markdown" not in path.name:
                found.add(ast.literal_eval(node.args[0]))
    return found


def test_every_limit_of_the_code_is_on_the_page(office: Client) -> None:
    page = office.get("/moderation/limits/").content.decode()
    names = names_in_the_code()
    assert len(names) > 15
    assert names <= set(REGISTER)
    for name in names:
        assert f'id="limit-{name}"' in page, name
    assert "login_failed" in page


def test_a_chosen_number_holds_at_once_and_can_be_taken_back(office: Client, bob: User) -> None:
    votes = REGISTER["votes"]
    assert most(votes) == 120
    answer: Any = office.post("/moderation/limits/", {"name": "votes", "most": "2"}, follow=True)
    assert re.search(r"\b120\b.*\bAda\b", part(answer, "chosen"))
    assert (most(votes), ChosenLimit.objects.get().most) == (2, 2)
    for _ in range(2):
        use(votes, f"user:{bob.pk}")
    assert is_reached(votes, f"user:{bob.pk}")
    with pytest.raises(RateLimitedError):
        use(votes, f"user:{bob.pk}")
    office.post("/moderation/limits/", {"name": "votes", "most": "120"})
    assert (most(votes), ChosenLimit.objects.exists()) == (120, False)
    entries = Entry.objects.filter(verb="limit.choose").order_by("seq")
    assert [(entry.before["most"], entry.after["most"]) for entry in entries] == [(120, 2), (2, 120)]


def test_the_same_number_again_is_no_change(ada: User) -> None:
    limits.choose(actor=ada, name="votes", most=120)
    limits.choose(actor=ada, name="votes", most=5)
    limits.choose(actor=ada, name="votes", most=5)
    assert Entry.objects.filter(verb="limit.choose").count() == 1


def test_what_another_process_chose_is_seen_when_it_is_looked_up_again() -> None:
    ChosenLimit.objects.bulk_create([ChosenLimit(name="votes", most=7)])
    assert most(REGISTER["votes"]) == 120
    remembered.clear()
    assert most(REGISTER["votes"]) == 7


@pytest.mark.parametrize("typed", ["0", "10001", "", "x", "-3", "1.5"])
def test_other_numbers_are_refused_at_their_limit(office: Client, typed: str) -> None:
    answer = office.post("/moderation/limits/", {"name": "votes", "most": typed})
    assert answer.status_code == 422
    assert 'id="wrong-votes"' in answer.content.decode()
    assert not ChosenLimit.objects.exists()


def test_a_limit_that_is_not_there_is_refused(office: Client) -> None:
    assert office.post("/moderation/limits/", {"name": "nothing", "most": "5"}).status_code == 422


def test_moderators_read_them_and_change_nothing(mona: User) -> None:
    browser = protected(mona)
    page = browser.get("/moderation/limits/")
    assert 'id="limit-votes"' in page.content.decode()
    assert "most" not in fields(page)
    assert browser.post("/moderation/limits/", {"name": "votes", "most": "5"}).status_code == 403
    with pytest.raises(PermissionDenied):
        limits.choose(actor=mona, name="votes", most=5)


def test_a_site_without_limits_says_so(office: Client, settings: Any) -> None:
    settings.RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS = False
    page = office.get("/moderation/limits/")
    assert states(page) == ["off"]
    assert elements(page, class_="empty")


def test_no_two_limits_share_a_name() -> None:
    with pytest.raises(ValueError, match=r"\bvotes\b"):
        Limit("votes", 1, 1, "Another thing")
