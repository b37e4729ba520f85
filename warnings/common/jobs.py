"""What the shared parts need once in a while."""

from common import worker
from common.schedule import DAY, Job, register

register(Job("failed tasks", DAY, worker.tidy))
