"""Run periodic jobs and background tasks.

A task is a row written in the transaction that requests it, and executed afterwards. A crash loses none: tasks that
did not start run later, and those that did not finish within ten minutes run again. So a task may run twice and must
be idempotent. Rows of successful tasks are deleted, because they contain addresses.
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

from common import schedule

logger = logging.getLogger(__name__)

# Seconds between checks for tasks of other processes and tasks that became due.
LOOK_EVERY = 20
STUCK_AFTER = timedelta(minutes=10)
FAILED_KEPT = timedelta(days=7)
_wake = threading.Event()


def start() -> None:
    """Start the worker in a daemon thread of this process."""
    threading.Thread(target=run, name="background", daemon=True).start()


def run() -> None:
    """Run pending tasks forever, and wait between them."""
    while True:
        try:
            requeue_stuck(now=timezone.now())
            run_pending()
            schedule.run_due(now=timezone.now())
        except DatabaseError as error:
            logger.warning("Background work waits for the database: %s", type(error).__name__)
        close_old_connections()
        _wake.wait(LOOK_EVERY)
        _wake.clear()


def run_pending() -> None:
    """Run every task that is due. Raises DatabaseError."""
    # Check first, because claiming a task takes a lock that blocks other writers.
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
    """Requeue tasks that started but did not finish, for example after a crash; return their number."""
    stuck = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - STUCK_AFTER)
    return stuck.update(status=TaskResultStatus.READY) if stuck.exists() else 0


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Delete tasks that failed more than a week ago; return their number."""
    erased: int = DBTaskResult.objects.failed().filter(finished_at__lt=now - FAILED_KEPT).delete()[0]
    return erased


@receiver(task_enqueued, dispatch_uid="common.background.wake")
def _wake_after_commit(**_: Any) -> None:
    transaction.on_commit(_wake.set)


@receiver(task_finished, dispatch_uid="common.background.erase")
def _erase_when_done(task_result: Any, **_: Any) -> None:
    if task_result.status == TaskResultStatus.SUCCESSFUL:
        DBTaskResult.objects.filter(pk=task_result.id).delete()
