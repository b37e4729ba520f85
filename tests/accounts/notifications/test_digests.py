"""Digests: what is unread, in one mail a day or a week, and an end to it with one click."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import digests
from accounts.actions import notifications
from accounts.choices import Digest, NotificationKind
from accounts.models import Notification, NotificationSettings, User
from common import schedule, worker
from tests.factories import UserFactory
from tests.pages_under_test import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def heron() -> User:
    """Somebody with a confirmed address who wants a digest a day, without trust levels in it."""
    user: User = UserFactory(handle="Heron", email="heron@example.org")
    EmailAddress.objects.create(user=user, email="heron@example.org", verified=True, primary=True)
    notifications.set_notification_settings(
        actor=user, muted=[], digest=Digest.DAILY, not_mailed=[NotificationKind.TRUST]
    )
    return user


def tell(user: User, text: str, kind: NotificationKind = NotificationKind.ANSWER) -> None:
    notifications.notify(recipients=[user], kind=kind, key=text, text=text, address="/about/")


def test_it_holds_what_is_unread_and_wanted_and_each_thing_once(heron: User, time_machine: Any) -> None:
    tell(heron, "Somebody answered.")
    tell(heron, "Your level changed.", NotificationKind.TRUST)
    call_command("send_digests")
    call_command("send_digests")
    [message] = mail.outbox
    assert message.to == ["heron@example.org"]
    assert "Somebody answered." in message.body
    assert "http://localhost:8000/about/" in message.body
    assert "Your level changed." not in message.body
    time_machine.move_to(timezone.now() + timedelta(hours=24))
    call_command("send_digests")
    assert len(mail.outbox) == 1
    tell(heron, "Something else.")
    time_machine.move_to(timezone.now() + timedelta(hours=24))
    call_command("send_digests")
    assert "Somebody answered." not in mail.outbox[1].body
    assert "Something else." in mail.outbox[1].body


def test_a_week_is_a_week(heron: User, time_machine: Any) -> None:
    notifications.set_notification_settings(actor=heron, muted=[], digest=Digest.WEEKLY, not_mailed=[])
    tell(heron, "One.")
    call_command("send_digests")
    tell(heron, "Two.")
    time_machine.move_to(timezone.now() + timedelta(days=6))
    call_command("send_digests")
    assert len(mail.outbox) == 1
    time_machine.move_to(timezone.now() + timedelta(days=1))
    call_command("send_digests")
    assert len(mail.outbox) == 2


def test_without_a_confirmed_address_none_goes_out(heron: User) -> None:
    EmailAddress.objects.update(verified=False)
    tell(heron, "One.")
    call_command("send_digests")
    assert mail.outbox == []


def test_a_long_list_says_that_there_is_more(heron: User) -> None:
    for number in range(digests.MOST_IN_ONE + 5):
        tell(heron, f"Number {number}.")
    call_command("send_digests")
    [message] = mail.outbox
    assert message.body.count("/about/") == digests.MOST_IN_ONE
    Notification.objects.filter(mailed_at=None).delete()
    Notification.objects.update(mailed_at=None)
    NotificationSettings.objects.update(mailed_at=None)
    call_command("send_digests")
    # The same list without anything left out has a line less.
    assert len(mail.outbox[1].body.split("\n")) == len(message.body.split("\n")) - 1


def test_one_click_ends_it_from_the_mail_without_a_cookie(heron: User) -> None:
    tell(heron, "One.")
    call_command("send_digests")
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert address in mail.outbox[0].body
    strict = Client(enforce_csrf_checks=True)
    assert states(strict.get(address)) == ["asked"]
    assert NotificationSettings.objects.get(user=heron).digest == Digest.DAILY
    answer = strict.post(address, {"List-Unsubscribe": "One-Click"})
    assert states(answer) == ["stopped"]
    assert NotificationSettings.objects.get(user=heron).digest == Digest.NEVER


@pytest.mark.parametrize("token", ["nonsense", "a:b", "00000000-0000-4000-8000-000000000000:forged"])
def test_a_link_that_somebody_made_up_ends_nothing(heron: User, token: str) -> None:
    assert Client().post(f"/stop-mail/{token}/").status_code == 404
    assert NotificationSettings.objects.get(user=heron).digest == Digest.DAILY


def test_a_digest_is_a_part_of_the_transaction_that_notes_it(heron: User, settings: Any) -> None:
    settings.DELIVERY_BACKEND, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "common.mail.QueuedBackend"
    tell(heron, "One.")
    [key] = digests.due(timezone.now())
    assert digests.send(key=key, now=timezone.now())
    assert mail.outbox == []
    worker.run_pending()
    assert len(mail.outbox) == 1


def test_the_background_worker_sends_them_when_they_are_due(heron: User, time_machine: Any) -> None:
    tell(heron, "Somebody answered.")
    assert "digests" in schedule.run_due(now=timezone.now())
    tell(heron, "Something else.")
    time_machine.move_to(timezone.now() + timedelta(hours=23))
    assert "digests" in schedule.run_due(now=timezone.now())
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    assert {"digests", "sessions", "assessments", "legal notices"} <= set(schedule.run_due(now=timezone.now()))
    assert ["Something else." in message.body for message in mail.outbox] == [False, True]


def test_a_digest_of_an_account_that_goes_at_the_same_moment_is_none(heron: User) -> None:
    [key] = digests.due(timezone.now())
    NotificationSettings.objects.all().delete()
    assert not digests.send(key=key, now=timezone.now())
