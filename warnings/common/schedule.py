"""Periodic jobs, such as digests. The background worker runs them when they are due, in one process for all.

Each app registers its own in `jobs.py`. The cache remembers what was done. Without its memory a job runs once more,
so each must be idempotent.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import close_old_connections
from django.utils.text import slugify

logger = logging.getLogger(__name__)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# How long a job that failed waits for its next try.
RETRY_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Job:
    """Work that is done once in a while. `run` takes `now`, and returns how many rows changed, or counts by name."""

    name: str
    every: timedelta
    run: Callable[..., int | Mapping[str, int]]


JOBS: dict[str, Job] = {}


def register(job: Job) -> None:
    """Have the background worker do a job."""
    JOBS[job.name] = job


def run_due(*, now: datetime) -> list[str]:
    """Run each job that is due and return their names. One that fails delays no other. Raises DatabaseError."""
    done = []
    # Look first, at all of them at once: claiming a job is a write.
    claimed = cache.get_many([_key(job) for job in JOBS.values()])
    for job in JOBS.values():
        if _key(job) in claimed or not cache.add(_key(job), 1, timeout=_seconds(job.every)):
            continue
        try:
            job.run(now=now)
        except Exception as error:
            # Its text may hold what people wrote.
            logger.error("%s failed and is tried again later: %s", job.name, type(error).__name__)
            close_old_connections()
            cache.set(_key(job), 1, timeout=_seconds(RETRY_AFTER))
        else:
            done.append(job.name)
    return done


def daily_jobs() -> list[Job]:
    """Return the jobs that `manage.py tidy` runs at once."""
    return [job for job in JOBS.values() if job.every == DAY]


def _key(job: Job) -> str:
    return f"job:{slugify(job.name)}"


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
