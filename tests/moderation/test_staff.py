"""Appointing moderators, and cases about accounts."""

import html
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import Notification, User
from audit.models import Entry
from moderation.actions.staff import APPOINTED, AppointmentError, NotAdministratorError, appoint
from moderation.choices import CaseKind
from moderation.models import Case
from tests.factories import UserFactory
from tests.pages_under_test import acts, codes, elements, message_codes, refuses
from tests.reports.conftest import signed_in
from tests.services.processes import in_turn


@pytest.fixture
def office(ada: User) -> Client:
    """Ada's browser."""
    Authenticator.objects.create(user=ada, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return signed_in(ada)


@pytest.mark.django_db
def test_an_administrator_appoints_a_moderator_who_is_told_and_signed_out(office: Client, bob: User) -> None:
    theirs = signed_in(bob)
    answer = office.post(
        "/moderation/people/", {"act": "appoint", "handle": "bob", "level": "moderator"}, follow=True
    )
    assert message_codes(answer) == ["appointed"]
    [message] = elements(answer, data_message="appointed")
    assert "Bob" in message.text
    assert TrustLevel.MODERATOR.label in message.text
    bob.refresh_from_db()
    assert bob.trust_level == TrustLevel.MODERATOR
    assert theirs.get("/accounts/").status_code == 302
    assert Notification.objects.get(recipient=bob).text == APPOINTED.format(level="moderator")
    entry = Entry.objects.filter(verb="account.appoint").latest("seq")
    assert (entry.who, entry.after) == ("Ada", {"trust_level": "moderator"})


@pytest.mark.django_db
def test_who_does_not_moderate_any_more_has_the_level_of_their_record(ada: User, max_: User) -> None:
    appoint(actor=ada, user=max_, level=TrustLevel.NEW)
    max_.refresh_from_db()
    assert max_.trust_level == TrustLevel.NEW
    assert not max_.is_staff


@pytest.mark.django_db
def test_what_is_not_possible_is_said(office: Client, ada: User, bob: User, mona: User) -> None:
    for handle, level, wrong in (
        ("Ada", "moderator", {"handle": ["own-level"]}),
        ("Bob", "new", {"handle": ["same-level"]}),
        ("Mona", "moderator", {"handle": ["same-level"]}),
        ("Nobody", "moderator", {"handle": ["no-account"]}),
        ("Bob", "king", {"level": ["invalid_choice"]}),
    ):
        answer = office.post("/moderation/people/", {"act": "appoint", "handle": handle, "level": level})
        assert answer.status_code == 422
        assert codes(answer.context["appointing"]) == wrong, handle
        [[error]] = answer.context["appointing"].errors.values()
        assert html.escape(error) in answer.content.decode(), handle
    bob.suspended_until = timezone.now() + timedelta(days=1)
    bob.save()
    with refuses(AppointmentError, "unappointable"):
        appoint(actor=ada, user=bob, level=TrustLevel.MODERATOR)
    with pytest.raises(PermissionDenied):
        appoint(actor=mona, user=bob, level=TrustLevel.MODERATOR)


@pytest.mark.django_db
def test_moderators_see_who_moderates_and_appoint_nobody(mona: User, bob: User, nina: User) -> None:
    Authenticator.objects.create(user=mona, type=Authenticator.Type.TOTP, data={"secret": "x"})
    browser = signed_in(mona)
    page = browser.get("/moderation/people/")
    assert "Mona" in page.content.decode()
    assert acts(page) == ["case"]
    data = {"act": "appoint", "handle": "Bob", "level": "administrator"}
    assert browser.post("/moderation/people/", data).status_code == 422
    bob.refresh_from_db()
    assert bob.trust_level == TrustLevel.MEMBER
    answer: Any = browser.post("/moderation/people/", {"act": "case", "handle": "nina"})
    [case] = Case.objects.filter(kind=CaseKind.ACCOUNT)
    assert (answer.headers["Location"], case.account) == (case.get_absolute_url(), nina)


@pytest.mark.django_db
def test_who_was_removed_meanwhile_appoints_nobody(ada: User, bob: User) -> None:
    stale = User.objects.get(pk=ada.pk)
    other = UserFactory(trust_level=TrustLevel.ADMINISTRATOR)
    appoint(actor=other, user=ada, level=TrustLevel.NEW)
    with pytest.raises(NotAdministratorError):
        appoint(actor=stale, user=bob, level=TrustLevel.MODERATOR)


PREPARE = """
from accounts.models import User
for handle in ("one", "two"):
    User.objects.create(handle=handle, handle_folded=handle, trust_level="administrator")
"""
REMOVE = """
import sys
from accounts.models import User
from accounts.choices import TrustLevel
from moderation.actions.staff import appoint
from moderation.actions.staff import AppointmentError
me, other = User.objects.get(handle=sys.argv[1]), User.objects.get(handle=sys.argv[2])
ready_and_wait()
try:
    appoint(actor=me, user=other, level=TrustLevel.NEW)
    print("removed")
except AppointmentError:
    print("refused")
"""
LOOK = """
from accounts.models import User
print(User.objects.filter(trust_level="administrator").count())
"""


def test_two_administrators_who_remove_each_other_leave_one(bare_site: dict[str, str]) -> None:
    both = [(REMOVE, "one", "two"), (REMOVE, "two", "one")]
    _, said, [left] = in_turn(bare_site, [(PREPARE,)], both, [(LOOK,)])
    assert sorted(line.strip() for line in said) == ["refused", "removed"]
    assert left.strip() == "1"
