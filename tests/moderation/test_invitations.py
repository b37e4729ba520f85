"""Inviting moderators by a link that works once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.actions.accounts import erase_account
from accounts.choices import TrustLevel
from accounts.models import Notification, User
from audit.models import Entry
from moderation.actions.invitations import InvitationExpiredError, accept, invite, revoke
from moderation.actions.staff import APPOINTED, AppointmentError, appoint
from moderation.models import Invitation
from tests.factories import UserFactory
from tests.pages_under_test import elements, message_codes, refuses, states, targets
from tests.reports.conftest import signed_in
from tests.services.processes import in_turn

PEOPLE = "/moderation/people/"
PASSWORD = "correct horse battery staple"


@pytest.fixture
def office(ada: User) -> Client:
    """Ada's browser."""
    Authenticator.objects.create(user=ada, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return signed_in(ada)


def link_in(page: str) -> str:
    """The path of the link that a page shows."""
    [path] = set(re.findall(r"/invitation/[-\w]+/", page))
    return str(path)


def verbs() -> list[str]:
    return [
        entry.verb for entry in Entry.objects.order_by("seq") if entry.verb.startswith(("invitation", "account."))
    ]


@pytest.mark.django_db
def test_an_administrator_makes_a_link_and_sees_it_once(office: Client) -> None:
    answer = office.post(PEOPLE, {"act": "invite"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    path = link_in(answer.content.decode())
    [made] = Invitation.objects.all()
    assert made.token_hash == Invitation.hash_of(path.strip("/").rpartition("/")[2])
    assert made.until - made.at == timedelta(days=7)
    again = office.get(PEOPLE)
    assert "/invitation/" not in again.content.decode()
    [card] = [
        one
        for one in elements(again, "li", class_="card")
        if f"/moderation/invitations/{made.pk}/" in [form.attributes.get("action") for form in one.everything()]
    ]
    assert "Ada" in card.text
    assert f"{made.until:%Y}" in card.text
    entry = Entry.objects.get(verb="invitation.make")
    assert (entry.who, entry.target) == ("Ada", f"invitation {made.pk}")


@pytest.mark.django_db
def test_somebody_without_an_account_signs_up_comes_back_and_accepts(office: Client, ada: User) -> None:
    path = link_in(office.post(PEOPLE, {"act": "invite"}).content.decode())
    theirs = Client()
    page = theirs.get(path)
    assert (page.headers["Cache-Control"], page.headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert states(page) == ["open"]
    assert "Ada" in page.content.decode()
    assert f"/accounts/signup/?next={path}" in page.content.decode()
    assert theirs.post(path).headers["Location"] == f"/accounts/login/?next={path}"
    made: Any = theirs.post(
        f"/accounts/signup/?next={path}", {"username": "Gina", "password1": PASSWORD, "next": path}
    )
    assert made.headers["Location"] == path
    [accepting] = elements(theirs.get(path), "form", class_="form")
    assert (accepting.attributes["method"], accepting.text.count("Gina")) == ("post", 2)
    assert states(theirs.post(path)) == ["accepted"]
    gina = User.objects.get(handle="Gina")
    assert (gina.trust_level, gina.is_staff) == (TrustLevel.MODERATOR, False)
    assert theirs.get("/accounts/").headers["Location"].startswith("/accounts/login/")
    assert Notification.objects.get(recipient=gina).text == APPOINTED.format(level="moderator")
    theirs.post("/accounts/login/", {"login": "Gina", "password": PASSWORD})
    assert theirs.get("/moderation/").headers["Location"] == "/accounts/2fa/"
    assert verbs() == ["invitation.make", "account.appoint", "invitation.accept"]
    assert [Entry.objects.get(verb=verb).who for verb in verbs()] == ["Ada", "Ada", "Gina"]
    assert not any(target.startswith("/moderation/invitations/") for target in targets(office.get(PEOPLE)))


@pytest.mark.django_db
def test_a_link_works_once(ada: User, bob: User, nina: User) -> None:
    _, token = invite(actor=ada)
    accept(actor=bob, token=token)
    with pytest.raises(InvitationExpiredError):
        accept(actor=nina, token=token)
    page = signed_in(nina).get(f"/invitation/{token}/")
    assert page.status_code == 404
    assert states(page) == ["over"]
    nina.refresh_from_db()
    assert nina.trust_level == TrustLevel.NEW


@pytest.mark.django_db
def test_a_revoked_link_leads_nowhere(office: Client, ada: User, bob: User) -> None:
    made, token = invite(actor=ada)
    revoking = f"/moderation/invitations/{made.pk}/"
    assert message_codes(office.post(revoking, follow=True)) == ["revoked"]
    assert signed_in(bob).post(f"/invitation/{token}/").status_code == 404
    assert message_codes(office.post(revoking, follow=True)) == ["over-already"]
    assert verbs() == ["invitation.make", "invitation.revoke"]


@pytest.mark.django_db
def test_an_old_link_is_over_and_forgotten_later(ada: User, bob: User) -> None:
    made, token = invite(actor=ada)
    Invitation.objects.update(at=made.at - timedelta(days=8), until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(InvitationExpiredError):
        accept(actor=bob, token=token)
    call_command("tidy", verbosity=0)
    assert Invitation.objects.count() == 1
    Invitation.objects.update(at=made.at - timedelta(days=40), until=made.at - timedelta(days=33))
    call_command("tidy", verbosity=0)
    assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_who_does_not_administer_any_more_invites_nobody(ada: User, bob: User, mona: User) -> None:
    other = UserFactory(trust_level=TrustLevel.ADMINISTRATOR)
    made, token = invite(actor=ada)
    appoint(actor=other, user=ada, level=TrustLevel.MODERATOR)
    with pytest.raises(InvitationExpiredError):
        accept(actor=bob, token=token)
    _, token = invite(actor=other)
    User.objects.filter(pk=other.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    assert signed_in(bob).get(f"/invitation/{token}/").status_code == 404
    for act in (lambda: invite(actor=mona), lambda: revoke(actor=mona, invitation=made)):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.django_db
def test_who_is_suspended_is_not_offered_it_and_who_moderates_needs_none(
    office: Client, ada: User, bob: User, mona: User
) -> None:
    _, token = invite(actor=ada)
    User.objects.filter(pk=bob.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    theirs = signed_in(bob)
    page = theirs.get(f"/invitation/{token}/")
    assert states(page) == ["open", "suspended"]
    assert not elements(page, "form", class_="form")
    refused = theirs.post(f"/invitation/{token}/")
    assert (refused.status_code, refused.context["refused"].code) == (409, "unappointable")
    assert refused.context["refused"] in refused.content.decode()
    assert states(office.get(f"/invitation/{token}/")) == ["open", "moderates"]
    other = UserFactory(trust_level=TrustLevel.ADMINISTRATOR)
    for person in (mona, other):
        with refuses(AppointmentError, "moderates-already"):
            accept(actor=person, token=token)
    other.refresh_from_db()
    assert other.trust_level == TrustLevel.ADMINISTRATOR
    assert Invitation.objects.open(timezone.now()).count() == 1


@pytest.mark.django_db
def test_moderators_learn_nothing_of_invitations(ada: User, mona: User) -> None:
    made, _ = invite(actor=ada)
    Authenticator.objects.create(user=mona, type=Authenticator.Type.TOTP, data={"secret": "x"})
    browser = signed_in(mona)
    assert "nvitation" not in browser.get(PEOPLE).content.decode()
    assert browser.post(PEOPLE, {"act": "invite"}).status_code == 422
    assert browser.post(f"/moderation/invitations/{made.pk}/").status_code == 404
    assert Invitation.objects.open(timezone.now()).count() == 1


@pytest.mark.django_db
def test_with_an_account_goes_what_it_offered_and_that_it_accepted(ada: User, bob: User) -> None:
    UserFactory(trust_level=TrustLevel.ADMINISTRATOR)
    _, used = invite(actor=ada)
    invite(actor=ada)
    accept(actor=bob, token=used)
    for person in (bob, ada):
        erase_account(actor=person)
    [left] = Invitation.objects.all()
    assert (left.by, left.accepted_by) == (None, None)


PREPARE = """
from accounts.models import User
from moderation.actions.invitations import invite
ada = User.objects.create(handle="ada", handle_folded="ada", trust_level="administrator")
for number in range(4):
    User.objects.create(handle=f"p{number}", handle_folded=f"p{number}")
print(invite(actor=ada)[1])
"""
ACCEPT = """
import sys
from accounts.models import User
from moderation.actions.invitations import InvitationExpiredError, accept
me = User.objects.get(handle=sys.argv[1])
ready_and_wait()
try:
    accept(actor=me, token=sys.argv[2])
    print("accepted")
except InvitationExpiredError:
    print("over")
"""
REVOKE = """
from accounts.models import User
from moderation.actions.invitations import revoke
from moderation.models import Invitation
ada, made = User.objects.get(handle="ada"), Invitation.objects.get()
ready_and_wait()
print("revoked" if revoke(actor=ada, invitation=made) else "late")
"""
LOOK = """
from accounts.models import User
from audit.models import Entry
appointed = Entry.objects.filter(verb="account.appoint").count()
print(User.objects.filter(trust_level="moderator").count(), appointed)
"""


def test_of_several_people_with_one_link_one_gets_it(bare_site: dict[str, str]) -> None:
    [[token]] = in_turn(bare_site, [(PREPARE,)])
    accepting = [(ACCEPT, f"p{number}", token.strip()) for number in range(4)]
    said, [counts] = in_turn(bare_site, accepting, [(LOOK,)])
    assert sorted(line.strip() for line in said) == ["accepted", "over", "over", "over"]
    assert counts.split() == ["1", "1"]


def test_a_link_that_is_revoked_while_it_is_accepted_is_one_of_both(bare_site: dict[str, str]) -> None:
    [[token]] = in_turn(bare_site, [(PREPARE,)])
    said, [counts] = in_turn(bare_site, [(ACCEPT, "p0", token.strip()), (REVOKE,)], [(LOOK,)])
    ended = tuple(line.strip() for line in said)
    assert ended in {("accepted", "late"), ("over", "revoked")}
    number = "1" if ended[0] == "accepted" else "0"
    assert counts.split() == [number, number]
