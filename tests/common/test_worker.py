"""Background work: a part of the transaction that asks for it, done once it is through, and never lost."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from common import worker
from common.mail import TRY_AGAIN_AFTER, deliver

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queued(settings: Any) -> None:
    """Mail goes the way it goes on a site, and ends where tests look."""
    settings.DELIVERY_BACKEND, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "common.mail.QueuedBackend"


@task()
def fail() -> None:
    """Goes wrong."""
    raise ValueError("as expected")


def test_mail_waits_for_the_background_and_leaves_nothing_behind() -> None:
    EmailMessage("News", "Look.", "a@example.org", ["b@example.org"], headers={"List-Id": "x"}).send()
    assert mail.outbox == []
    worker.run_pending()
    [sent] = mail.outbox
    assert (sent.subject, sent.body, sent.to, sent.extra_headers) == (
        "News",
        "Look.",
        ["b@example.org"],
        {"List-Id": "x"},
    )
    assert not DBTaskResult.objects.exists()


def test_what_is_rolled_back_sends_nothing() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        EmailMessage("News", "Look.", "a@example.org", ["b@example.org"]).send()
        raise ZeroDivisionError
    worker.run_pending()
    assert mail.outbox == []


def test_a_mail_server_that_is_gone_is_tried_again_and_given_up_in_the_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, time_machine: Any
) -> None:
    def refuse(*_: Any) -> None:
        raise ConnectionRefusedError("smtp.internal:587")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    EmailMessage("News", "Look.", "a@example.org", ["b@example.org"]).send()
    for minutes in TRY_AGAIN_AFTER:
        worker.run_pending()
        waiting = DBTaskResult.objects.get()
        assert waiting.run_after == timezone.now() + timedelta(minutes=minutes)
        worker.run_pending()
        assert DBTaskResult.objects.get() == waiting
        time_machine.move_to(waiting.run_after + timedelta(seconds=1), tick=False)
    with caplog.at_level(logging.WARNING):
        worker.run_pending()
    assert "given up after 6 tries: ConnectionRefusedError" in caplog.text
    assert "smtp.internal" not in caplog.text
    assert not DBTaskResult.objects.exists()


def test_a_mail_server_that_comes_back_gets_the_mail(monkeypatch: pytest.MonkeyPatch, time_machine: Any) -> None:
    with monkeypatch.context() as gone:
        gone.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", lambda *_: 1 / 0)
        gone.setattr("common.mail.SMTPException", ZeroDivisionError)
        EmailMessage("News", "Look.", "a@example.org", ["b@example.org"]).send()
        worker.run_pending()
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    worker.run_pending()
    assert [message.subject for message in mail.outbox] == ["News"]


def test_what_a_crash_interrupted_is_begun_again() -> None:
    deliver.enqueue("News", "Look.", "a@example.org", ["b@example.org"], {})
    now = timezone.now()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=now - timedelta(minutes=9))
    assert worker.requeue_stuck(now=now) == 0
    DBTaskResult.objects.update(started_at=now - timedelta(minutes=11))
    assert worker.requeue_stuck(now=now) == 1
    worker.run_pending()
    assert len(mail.outbox) == 1


def test_what_failed_is_kept_for_a_week() -> None:
    fail.enqueue()
    worker.run_pending()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    assert worker.tidy(now=timezone.now() + timedelta(days=6)) == 0
    assert worker.tidy(now=timezone.now() + timedelta(days=8)) == 1


def test_it_works_until_it_is_stopped_and_waits_out_a_lost_database(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class StoppedError(Exception):
        pass

    looks: list[int] = []

    def wait(_: float) -> None:
        looks.append(1)
        if len(looks) == 2:
            raise StoppedError
        monkeypatch.setattr(worker, "run_pending", lost)

    def lost() -> None:
        raise DatabaseError("connection to 10.0.0.1 refused")

    monkeypatch.setattr(worker._wake, "wait", wait)
    deliver.enqueue("News", "Look.", "a@example.org", ["b@example.org"], {})
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    with caplog.at_level(logging.WARNING), pytest.raises(StoppedError):
        call_command("work")
    assert len(mail.outbox) == 1
    assert "waits for the database: DatabaseError" in caplog.text
    assert "10.0.0.1" not in caplog.text
