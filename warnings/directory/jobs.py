"""What the directory needs once in a while: facts become stale with time."""

from django.utils import timezone

from common.schedule import DAY, Job, register
from directory.actions.assessments import refresh_assessments

register(Job("assessments", DAY, lambda now: refresh_assessments(today=timezone.localdate(now))))
