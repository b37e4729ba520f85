"""Run background tasks: rows written in the transaction that requests them, and executed afterwards.

A crash loses none: a task that was not started runs later, and one that did not finish within ten minutes runs again.
So a task may run twice and has to tolerate that. Rows of successful tasks are deleted, because they contain
addresses.
"""

import logging
import threading
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections, transaction
from django.dispatch import receiver
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_enqueued, task_finished
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

# Seconds between two looks at what other processes left, or what is only due now.
LOOK_EVERY = 20
STUCK_AFTER = timedelta(minutes=10)
FAILED_KEPT = timedelta(days=7)
_wake = threading.Event()


def start() -> None:
    """Begin to work in a thread of this process, for as long as it lives."""
    threading.Thread(target=run, name="background", daemon=True).start()


def run() -> None:
    """Do what is there, wait for more, and go on for ever."""
    while True:
        try:
            requeue_stuck(now=timezone.now())
            run_pending()
        except DatabaseError as error:
            logger.warning("Background work waits for the database: %s", type(error).__name__)
        close_old_connections()
        _wake.wait(LOOK_EVERY)
        _wake.clear()


def run_pending() -> None:
    """Do every task that is due. Raises DatabaseError."""
    # A look first: claiming a task takes a lock that other writers would wait for.
    if DBTaskResult.objects.ready().exists():
        Worker(
            queue_names=["*"],
            interval=0.2,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="background",
            excluded_queue_names=[],
        ).run()


@transaction.atomic
def requeue_stuck(*, now: datetime) -> int:
    """Make tasks ready again that were begun and not finished, as after a crash; return how many."""
    stuck = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - STUCK_AFTER)
    return stuck.update(status=TaskResultStatus.READY) if stuck.exists() else 0


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Erase tasks that failed a week ago; return how many."""
    erased: int = DBTaskResult.objects.failed().filter(finished_at__lt=now - FAILED_KEPT).delete()[0]
    return erased


@receiver(task_enqueued, dispatch_uid="common.background.wake")
def _wake_after_commit(**_: Any) -> None:
    transaction.on_commit(_wake.set)


@receiver(task_finished, dispatch_uid="common.background.erase")
def _erase_when_done(task_result: Any, **_: Any) -> None:
    if task_result.status == TaskResultStatus.SUCCESSFUL:
        DBTaskResult.objects.filter(pk=task_result.id).delete()
