"""What accounts need once in a while."""

from accounts import digests
from accounts.actions.accounts import tidy_sessions
from accounts.actions.notifications import delete_old_notifications
from common.schedule import DAY, HOUR, Job, register

register(Job("digests", HOUR, digests.send_due))
register(Job("sessions", DAY, tidy_sessions))
register(Job("notifications", DAY, delete_old_notifications))
