"""What the log needs once in a while."""

from audit.log import publish_head
from common.schedule import DAY, Job, register

register(Job("published heads of the log", DAY, lambda now: int(publish_head(now=now) is not None)))
