"""The inbox: what somebody was told, once for each thing, until they read it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions import notifications
from accounts.choices import ALWAYS_SENT, NotificationKind, TrustLevel
from accounts.forms.notifications import NotificationSettingsForm
from accounts.models import Notification, NotificationSettings, User
from accounts.querysets import NotificationQuerySet
from tests.factories import UserFactory
from tests.pages_under_test import codes, elements, numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def heron() -> User:
    """Somebody with an account."""
    user: User = UserFactory(handle="Heron")
    return user


@pytest.fixture
def browser(heron: User) -> Client:
    """Heron's."""
    client = Client()
    client.force_login(heron)
    return client


def tell(user: User, text: str = "Look.", key: str = "a", kind: NotificationKind = NotificationKind.ANSWER) -> None:
    notifications.notify(recipients=[user], kind=kind, key=key, text=text, address="/about/")


def test_an_empty_inbox_says_what_will_be_there(browser: Client) -> None:
    assert elements(browser.get("/accounts/notices/"), "div", class_="empty")


def test_more_of_the_same_is_one_until_it_is_read(heron: User, browser: Client) -> None:
    for _ in range(3):
        tell(heron)
    assert numbers(browser.get("/accounts/notices/"), "times") == [3]
    notice = heron.notices.get()
    answer = browser.get(f"/accounts/notices/{notice.public_id}/")
    assert answer["Location"] == "/about/"
    tell(heron)
    assert [row.count for row in heron.notices.order_by("id")] == [3, 1]


def test_two_at_the_same_moment_are_one_notice(heron: User, monkeypatch: Any) -> None:
    tell(heron)
    update, calls = NotificationQuerySet.update, []

    def blind_at_first(self: Any, **fields: Any) -> int:
        calls.append(1)
        return 0 if len(calls) == 1 else update(self, **fields)

    monkeypatch.setattr(NotificationQuerySet, "update", blind_at_first)
    tell(heron)
    assert heron.notices.get().count == 2


def test_every_page_shows_how_many_wait(heron: User, browser: Client, visitor: Client) -> None:
    tell(heron)
    tell(heron, key="b")
    [link] = elements(browser.get("/about/"), "a", class_="inbox")
    assert [one.text for one in link.everything() if one.attributes.get("class") == "count"] == ["2"]
    assert not elements(visitor.get("/about/"), "a", class_="inbox")


def test_reading_all_leaves_what_came_since(heron: User, browser: Client) -> None:
    tell(heron)
    shown = timezone.now()
    tell(heron, key="b")
    browser.post("/accounts/notices/read/", {"until": shown.isoformat()})
    assert heron.notices.unread().count() == 1
    browser.post("/accounts/notices/read/", {"until": "nonsense"})
    assert heron.notices.unread().count() == 0


@pytest.mark.parametrize(
    "until", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2026-02-30T12:00:00Z", "2026-11-30T12:00:00"]
)
def test_a_made_up_time_marks_what_is_there(until: str, heron: User, browser: Client) -> None:
    tell(heron)
    assert browser.post("/accounts/notices/read/", {"until": until}).status_code == 302
    assert heron.notices.unread().count() == 0


def test_nobody_reads_what_is_for_others(heron: User, browser: Client) -> None:
    other = UserFactory()
    tell(other, "A secret thing.")
    assert "A secret thing." not in browser.get("/accounts/notices/").content.decode()
    assert browser.get(f"/accounts/notices/{other.notices.get().public_id}/").status_code == 404


def test_what_is_muted_does_not_come(heron: User, browser: Client) -> None:
    mailed = [
        kind for kind in NotificationKind.values if kind not in {NotificationKind.MENTION, NotificationKind.CASE}
    ]
    wanted = [kind for kind in mailed if kind not in ALWAYS_SENT]
    browser.post("/accounts/notices/choose/", {"wanted": wanted, "digest": "daily", "mailed": mailed})
    chosen = NotificationSettings.objects.get(user=heron)
    assert (chosen.muted, chosen.digest) == (["case", "mention"], "daily")
    tell(heron, kind=NotificationKind.MENTION)
    assert not heron.notices.exists()
    tell(heron, kind=NotificationKind.ANSWER)
    assert heron.notices.count() == 1
    html = browser.get("/accounts/notices/choose/").content.decode()
    assert html.count("checked") == len(wanted) + len(mailed) + 1


def test_decisions_of_moderators_cannot_be_muted(heron: User, browser: Client) -> None:
    answer = browser.post("/accounts/notices/choose/", {"wanted": ["decision"], "digest": "never", "mailed": []})
    assert answer.status_code == 422
    browser.post("/accounts/notices/choose/", {"wanted": [], "digest": "never", "mailed": []})
    tell(heron, kind=NotificationKind.DECISION)
    assert heron.notices.count() == 1


def test_only_moderators_choose_about_cases(browser: Client) -> None:
    assert not elements(browser.get("/accounts/notices/choose/"), "input", value=NotificationKind.CASE)
    mona = UserFactory(trust_level=TrustLevel.MODERATOR)
    form = NotificationSettingsForm(staff=mona.is_moderator)
    assert elements(form.as_p(), "input", value=NotificationKind.CASE)


def test_a_choice_that_is_none_is_said(browser: Client) -> None:
    answer = browser.post("/accounts/notices/choose/", {"digest": "hourly", "wanted": ["\x00"]})
    assert answer.status_code == 422
    assert codes(answer.context["form"])["digest"] == ["invalid_choice"]
    assert codes(answer.context["form"])["wanted"]
    assert elements(answer, "ul", class_="errorlist")


def test_erased_and_suspended_people_are_told_nothing() -> None:
    for fields in ({"erased_at": timezone.now()}, {"is_active": False}):
        tell(UserFactory(**fields))
    assert not Notification.objects.exists()


def test_what_was_read_is_forgotten_after_three_months(heron: User, time_machine: Any) -> None:
    tell(heron)
    notifications.mark_all_read(actor=heron, until=timezone.now())
    tell(heron, key="unread")
    assert notifications.delete_old_notifications(now=timezone.now() + timedelta(days=89)) == 0
    assert notifications.delete_old_notifications(now=timezone.now() + timedelta(days=91)) == 1
    assert heron.notices.count() == 1
