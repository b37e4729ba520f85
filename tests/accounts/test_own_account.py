"""What somebody does with their own account: sessions, profile, taking the data along, deleting it all."""

import io
import json
import re
import time
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from accounts import policies
from accounts.actions import accounts as accounts_actions
from accounts.actions.notifications import notify
from accounts.choices import NotificationKind, TrustLevel
from accounts.display_names import FORMER
from accounts.models import Notification, Session, User
from audit.log import record
from audit.models import Entry, Name
from reports.models import Report
from tests.factories import CommentFactory, ReportFactory, UserFactory, WarningFactory
from tests.pages_under_test import codes, elements, fields, links, message_codes, refuses, states, targets
from tests.services.processes import in_turn

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture
def heron() -> User:
    """Somebody with an account."""
    return User.objects.create_user("Heron", PASSWORD, email="heron@example.org")


def signed_in(user: User) -> Client:
    """A browser in which somebody has just typed their password."""
    client = Client()
    response = client.post("/accounts/login/", {"login": user.handle, "password": PASSWORD})
    assert response.status_code == 302
    return client


def confirmed(user: User) -> Client:
    """A browser in which somebody signed in and typed their password once more, as sensitive pages ask."""
    client = signed_in(user)
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return client


def test_sessions_are_listed_and_ended_one_by_one(heron: User) -> None:
    here, there = signed_in(heron), signed_in(heron)
    page = here.get("/accounts/sessions/")
    other = Session.objects.exclude(session_key=here.session.session_key).get()
    ending = f"/accounts/sessions/{other.public_id}/end/"
    assert [target for target in targets(page) if target.endswith("/end/")] == [ending]
    assert len(elements(page, "span", class_="chip")) == 1
    assert here.post(f"/accounts/sessions/{other.public_id}/end/").status_code == 302
    assert there.get("/accounts/").status_code == 302
    assert here.get("/accounts/").status_code == 200


def test_all_other_sessions_end_at_once(heron: User) -> None:
    here, others = signed_in(heron), [signed_in(heron) for _ in range(3)]
    here.post("/accounts/sessions/end-others/")
    assert [client.get("/accounts/").status_code for client in (here, *others)] == [200, 302, 302, 302]


def test_nobody_ends_somebody_elses_session(heron: User) -> None:
    mine = signed_in(heron)
    stranger = signed_in(User.objects.create_user("Ibis", PASSWORD))
    session = Session.objects.get(user=heron)
    assert stranger.post(f"/accounts/sessions/{session.public_id}/end/").status_code == 404
    assert mine.get("/accounts/").status_code == 200


def test_a_session_keeps_its_number_while_it_is_used(heron: User) -> None:
    client = signed_in(heron)
    before = Session.objects.get()
    session = client.session
    session["something"] = "new"
    session.save()
    after = Session.objects.get()
    assert (after.public_id, after.created_at) == (before.public_id, before.created_at)


@pytest.mark.parametrize(
    ("trust", "idle", "age", "over"),
    [
        (TrustLevel.MEMBER, 13, 13, False),
        (TrustLevel.MEMBER, 15, 15, True),
        (TrustLevel.MEMBER, 1, 91, True),
        (TrustLevel.MODERATOR, 1 / 24, 0.4, False),
        (TrustLevel.MODERATOR, 3 / 24, 0.4, True),
        (TrustLevel.ADMINISTRATOR, 1 / 24, 0.6, True),
    ],
)
def test_how_long_a_session_lasts(trust: TrustLevel, idle: float, age: float, over: bool) -> None:
    user = User(trust_level=trust)
    assert policies.session_is_over(user, age=age * policies.DAY, idle=idle * policies.DAY) is over


def test_a_session_that_was_left_alone_ends(heron: User) -> None:
    User.objects.filter(pk=heron.pk).update(trust_level=TrustLevel.MODERATOR)
    Authenticator.objects.create(user=heron, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    client = Client()
    client.force_login(heron)
    now = timezone.now()
    for hours, status in ((0, 200), (1, 200), (2, 200), (5, 302)):
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            assert client.get("/accounts/").status_code == status, hours


def test_a_reader_with_a_session_gets_pages_of_their_own_and_others_none(heron: User, visitor: Client) -> None:
    page = signed_in(heron).get("/tools/")
    assert "no-store" in page["Cache-Control"]
    assert "Heron" in elements(page, "a", href="/accounts/")[0].text
    public = visitor.get("/tools/")
    assert public["Cache-Control"].startswith("public")
    assert "/accounts/login/" in links(public)
    assert "/accounts/" not in links(public)


def test_staff_without_a_second_factor_get_nowhere_else(heron: User) -> None:
    User.objects.filter(pk=heron.pk).update(trust_level=TrustLevel.MODERATOR)
    client = signed_in(heron)
    assert client.get("/tools/")["Location"] == "/accounts/2fa/"
    assert message_codes(client.get("/accounts/2fa/")) == []
    Authenticator.objects.create(user=heron, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    assert client.get("/tools/").status_code == 200


ACCOUNT_PAGES = ["/accounts/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/email/"]


@pytest.mark.parametrize("trust", [TrustLevel.MODERATOR, TrustLevel.ADMINISTRATOR, TrustLevel.MEMBER])
def test_a_missing_second_factor_is_told_as_long_as_it_is_missing(heron: User, trust: TrustLevel) -> None:
    User.objects.filter(pk=heron.pk).update(trust_level=trust)
    client = signed_in(heron)
    expected = ["second-factor-missing"] if trust != TrustLevel.MEMBER else []

    def shown() -> list[list[str]]:
        pages = [client.get(address) for address in ACCOUNT_PAGES]
        return [[*message_codes(page), *(s for s in states(page) if s == "second-factor-missing")] for page in pages]

    # What a browser asks for by itself, and a form that comes back, would each leave a message behind.
    for address in ("/tools/", "/manifest.webmanifest", "/tools/"):
        client.get(address)
    client.post("/report/", {"title": "Paid in gift cards", "body": "My own words"})
    assert shown() == [expected] * len(ACCOUNT_PAGES)
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": _code_of(secret)}, follow=True)
    if trust != TrustLevel.MEMBER:
        assert [client.get(address).status_code for address in ("/tools/", "/accounts/")] == [200, 200]
    client.get("/accounts/")
    assert [page for page in ACCOUNT_PAGES if "second-factor-missing" in states(client.get(page))] == []
    Authenticator.objects.all().delete()
    assert shown() == [expected] * len(ACCOUNT_PAGES)


def test_a_secret_of_an_authenticator_is_not_stored_in_the_clear(heron: User) -> None:
    client = confirmed(heron)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = _code_of(secret)
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored


def _code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def test_the_archive_holds_what_is_stored_of_its_owner_and_of_nobody_else(heron: User) -> None:
    warning = WarningFactory(title="Paid in gift cards", author=heron)
    ReportFactory(warning=warning, author=heron, body="My own words")
    ReportFactory(warning=warning, author=User.objects.create_user("Ibis"), body="A stranger's words")
    CommentFactory(warning=warning, author=heron, text="My comment")
    EmailAddress.objects.create(user=heron, email="heron@example.org", verified=True, primary=True)
    response = confirmed(heron).get("/accounts/export/")
    assert re.match(r'attachment; *filename="forewarned-', response["Content-Disposition"])
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    everything = " ".join(archive.read(name).decode() for name in archive.namelist())
    assert {"account.json", "reports.json", "comments.json", "README.txt"} <= set(archive.namelist())
    assert json.loads(archive.read("account.json"))["handle"] == "Heron"
    for words in ("My own words", "My comment", "heron@example.org", "Paid in gift cards"):
        assert words in everything
    assert "stranger" not in everything
    assert heron.password not in everything


def test_taking_the_data_along_asks_for_the_password_again_after_a_while(heron: User) -> None:
    client = confirmed(heron)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert client.get("/accounts/export/")["Location"].startswith("/accounts/reauthenticate/")
        # After a download its user would stay on the page for confirming access: it leads to a page instead.
        asked = client.post(
            client.get("/accounts/export/")["Location"], {"password": "correct horse battery"}, follow=True
        )
        assert asked.redirect_chain[-1][0] == "/accounts/export/page/"
        assert "/accounts/export/" in links(asked)
        assert client.get("/accounts/export/")["Content-Type"] == "application/zip"


def test_deleting_an_account_leaves_its_published_work_and_nothing_that_leads_back(heron: User) -> None:
    report = ReportFactory(warning=WarningFactory(author=heron), author=heron)
    EmailAddress.objects.create(user=heron, email="heron@example.org", verified=True, primary=True)
    client = confirmed(heron)
    assert client.post("/accounts/delete/", {"handle": "Ibis"}).status_code == 422
    response = client.post("/accounts/delete/", {"handle": "Heron"})
    assert response["Location"] == "/accounts/deleted/"
    gone = User.objects.get(pk=heron.pk)
    assert (gone.email, gone.shown_name, gone.is_active) == (None, FORMER, False)
    assert "heron" not in f"{vars(gone)}".lower()
    assert not EmailAddress.objects.exists()
    assert not Session.objects.exists()
    assert Report.objects.get(pk=report.pk).author == gone
    assert client.get("/accounts/").status_code == 302
    assert Client().get("/u/Heron/").status_code == 404
    assert Client().post("/accounts/login/", {"login": "Heron", "password": PASSWORD}).status_code == 200


def test_the_last_administrator_hands_over_before_leaving(heron: User) -> None:
    User.objects.filter(pk=heron.pk).update(trust_level=TrustLevel.ADMINISTRATOR)
    Authenticator.objects.create(user=heron, type=Authenticator.Type.WEBAUTHN, data={})
    client = Client()
    client.force_login(heron)
    confirm = client.session
    confirm["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    confirm["account_authentication_methods_user"] = str(heron.pk)
    confirm.save()
    page = client.get("/accounts/delete/")
    assert (states(page), "handle" in fields(page)) == (["last-administrator"], False)
    assert "/moderation/people/" in links(page)
    answer = client.post("/accounts/delete/", {"handle": "Heron"})
    assert (answer.status_code, codes(answer.context["form"])) == (422, {"__all__": ["last-administrator"]})
    assert User.objects.get(pk=heron.pk).erased_at is None
    UserFactory(trust_level=TrustLevel.ADMINISTRATOR)
    assert "handle" in fields(client.get("/accounts/delete/"))
    assert client.post("/accounts/delete/", {"handle": "Heron"})["Location"] == "/accounts/deleted/"


@pytest.mark.parametrize(
    "unable",
    [
        {"is_active": False},
        {"suspended_until": timezone.now() + timedelta(days=9)},
        {"erased_at": timezone.now()},
        {"trust_level": TrustLevel.MODERATOR},
    ],
)
def test_an_administrator_who_cannot_act_takes_over_nothing(heron: User, unable: dict[str, Any]) -> None:
    User.objects.filter(pk=heron.pk).update(trust_level=TrustLevel.ADMINISTRATOR)
    UserFactory(**{"trust_level": TrustLevel.ADMINISTRATOR, **unable})
    with refuses(accounts_actions.LastAdministratorError, "last-administrator"):
        accounts_actions.erase_account(actor=heron)


def test_an_administrator_whose_suspension_is_over_takes_over(heron: User) -> None:
    User.objects.filter(pk=heron.pk).update(trust_level=TrustLevel.ADMINISTRATOR)
    UserFactory(trust_level=TrustLevel.ADMINISTRATOR, suspended_until=timezone.now() - timedelta(days=9))
    accounts_actions.erase_account(actor=heron)
    assert User.objects.get(pk=heron.pk).erased_at


def test_an_account_is_erased_once(heron: User) -> None:
    for _ in range(2):
        accounts_actions.erase_account(actor=heron)
    assert Entry.objects.filter(verb="account.erase").count() == 1


LEAVE = """
import sys
from accounts.actions.accounts import LastAdministratorError, erase_account
from accounts.models import User
user = User.objects.get(handle=sys.argv[1])
ready_and_wait()
try:
    erase_account(actor=user)
    print("left")
except LastAdministratorError:
    print("stayed")
"""
APPOINT_TWO = """
from accounts.models import User
for name in ("one", "two"):
    User.objects.create(handle=name, handle_folded=name, trust_level="administrator")
"""


def test_of_the_last_two_administrators_who_leave_at_once_one_stays(bare_site: dict[str, str]) -> None:
    # It takes seconds: two real processes on a database of their own.
    _, said = in_turn(bare_site, [(APPOINT_TWO,)], [(LEAVE, "one"), (LEAVE, "two")])
    assert sorted(line.strip() for line in said) == ["left", "stayed"]


def test_with_an_account_its_name_leaves_the_memory_and_its_notices_go(heron: User) -> None:
    entry = record(actor=heron.handle, verb="report.submit", target="a report")
    notify(recipients=[heron], kind=NotificationKind.OWN_WORK, key="x", text="News about Heron", address="/accounts/")
    accounts_actions.erase_account(actor=heron)
    assert Entry.objects.get(pk=entry.pk).who.startswith("former member ")
    assert not Name.objects.filter(text="Heron").exists()
    assert not Notification.objects.exists()


def test_a_profile_shows_published_work_only_and_no_address(heron: User, visitor: Client) -> None:
    ReportFactory(warning=WarningFactory(title="Paid in gift cards", author=heron), author=heron)
    ReportFactory(warning=WarningFactory(title="A hidden story", status="pending"), author=heron, status="pending")
    html = visitor.get("/u/Heron/").content.decode()
    assert "Paid in gift cards" in html
    assert "A hidden story" not in html
    assert "heron@example.org" not in html
    assert visitor.get("/u/hERON/")["Location"] == "/u/Heron/"


def test_the_first_administrator_comes_by_a_link_that_works_once(visitor: Client) -> None:
    token = accounts_actions.offer_first_administrator()
    assert visitor.get("/accounts/first/guess/").status_code == 404
    address = f"/accounts/first/{token}/"
    assert visitor.get(address).status_code == 200
    assert visitor.post(address, {"handle": "he", "password": "short"}).status_code == 422
    response = visitor.post(address, {"handle": "Mona", "password": PASSWORD})
    assert response["Location"] == "/accounts/2fa/"
    mona: Any = User.objects.get(handle="Mona")
    assert (mona.trust_level, mona.is_staff) == (TrustLevel.ADMINISTRATOR, True)
    assert visitor.get("/tools/")["Location"] == "/accounts/2fa/"
    over = Client().get(address)
    assert (over.status_code, states(over)) == (410, ["used"])
    assert accounts_actions.offer_first_administrator() is None


def test_a_newer_link_takes_the_place_of_the_one_before_and_an_old_one_is_over(visitor: Client) -> None:
    first, second = accounts_actions.offer_first_administrator(), accounts_actions.offer_first_administrator()
    page = visitor.get(f"/accounts/first/{first}/")
    assert (page.status_code, states(page)) == (410, ["replaced"])
    assert visitor.post(f"/accounts/first/{first}/", {"handle": "x"}).status_code == 410
    with pytest.raises(accounts_actions.LinkExpiredError):
        accounts_actions.make_first_administrator(token=str(first), handle="Mona", password=PASSWORD)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        over = visitor.get(f"/accounts/first/{second}/")
        assert (over.status_code, states(over)) == (410, ["expired"])


@pytest.mark.parametrize(
    "made_up", ["guess", "a.b.c", "é", "x" * 300, "a.1tZ2vW.0123456789012345678901234567890123456789012"]
)
def test_a_link_that_was_never_made_is_no_page(visitor: Client, made_up: str) -> None:
    accounts_actions.offer_first_administrator()
    assert visitor.get(f"/accounts/first/{made_up}/").status_code == 404


def test_of_two_who_use_the_link_at_once_one_gets_it(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    token = accounts_actions.offer_first_administrator()
    monkeypatch.setattr("accounts.actions.accounts.cache.delete", lambda _: False)
    answer = visitor.post(f"/accounts/first/{token}/", {"handle": "Mona", "password": PASSWORD})
    assert answer["Location"] == f"/accounts/first/{token}/"
    assert not User.objects.exists()


def test_forms_for_a_new_account_say_the_rule_for_handles(visitor: Client) -> None:
    first = visitor.get(f"/accounts/first/{accounts_actions.offer_first_administrator()}/")
    for page, name in ((first, "handle"), (visitor.get("/accounts/signup/"), "username")):
        [field] = elements(page, "input", name=name)
        assert field.attributes["autocomplete"] == "username"
        assert policies.HANDLE_RULE in elements(page, id=field.attributes["aria-describedby"])[0].text
    for refused in ("heron_", "her__on", "_heron", "he-_ron"):
        assert policies.handle_problem(refused) == policies.HANDLE_RULE


def test_somebody_can_be_signed_out_everywhere(heron: User) -> None:
    client = signed_in(heron)
    assert accounts_actions.end_all_sessions(user=heron) == 1
    assert client.get("/accounts/").status_code == 302
