"""Periodic jobs are done when they are due, once for all processes, and one that fails delays no other."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from common import schedule
from common.schedule import RETRY_AFTER, Job, run_due

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Job]]:
    """No jobs but those of the test, none of them done yet."""
    cache.clear()
    with monkeypatch.context() as context:
        context.setattr(schedule, "JOBS", {})
        yield schedule.JOBS
    cache.clear()


def nothing(*, now: datetime) -> int:
    """Change nothing."""
    return 0


def test_a_job_is_done_once_in_its_time() -> None:
    done: list[datetime] = []

    def count(*, now: datetime) -> int:
        done.append(now)
        return 1

    schedule.register(Job("count", timedelta(hours=1), count))
    now = timezone.now()
    assert run_due(now=now) == ["count"]
    assert run_due(now=now) == []
    assert done == [now]


def test_what_was_done_is_asked_of_the_cache_once_for_all_jobs(django_assert_num_queries: Any) -> None:
    for number in range(5):
        schedule.register(Job(f"count {number}", timedelta(hours=1), nothing))
    assert len(run_due(now=timezone.now())) == 5
    with django_assert_num_queries(1):
        assert run_due(now=timezone.now()) == []


def test_a_job_is_due_again_after_its_time(time_machine: Any) -> None:
    schedule.register(Job("count", timedelta(hours=1), nothing))
    run_due(now=timezone.now())
    time_machine.move_to(timezone.now() + timedelta(minutes=59))
    assert run_due(now=timezone.now()) == []
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    assert run_due(now=timezone.now()) == ["count"]


def test_a_job_that_fails_delays_no_other_and_is_tried_again(
    caplog: pytest.LogCaptureFixture, time_machine: Any
) -> None:
    def fail(*, now: datetime) -> int:
        raise ValueError("to ann@example.org")

    schedule.register(Job("bad", timedelta(days=1), fail))
    schedule.register(Job("good", timedelta(days=1), nothing))
    with caplog.at_level(logging.ERROR):
        assert run_due(now=timezone.now()) == ["good"]
    assert "bad failed and is tried again later: ValueError" in caplog.text
    assert "ann@example.org" not in caplog.text
    schedule.register(Job("bad", timedelta(days=1), nothing))
    assert run_due(now=timezone.now()) == []
    time_machine.move_to(timezone.now() + RETRY_AFTER + timedelta(seconds=1))
    assert run_due(now=timezone.now()) == ["bad"]


def test_a_job_that_another_process_claims_in_between_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    schedule.register(Job("count", timedelta(hours=1), nothing))
    monkeypatch.setattr(cache, "add", lambda *_, **__: False)
    assert run_due(now=timezone.now()) == []
