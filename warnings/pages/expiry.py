"""What the site does once a day: delete expired data, and count anew what time changed."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import ngettext

from accounts.actions import notifications
from accounts.actions.accounts import tidy_sessions
from audit.log import publish_head
from common import worker
from moderation.actions import decisions, invitations, legal_notices, legal_threats, referrals
from moderation.actions.cases import open_stale_facts
from reports.actions import redaction, votes
from reports.actions import tags as tag_actions
from reports.actions.submissions import tidy
from reports.actions.warnings import refresh_recent_reporters


def tidy_site(now: datetime) -> list[str]:
    """Delete expired data, open cases for stale facts, and return what was done, such as "3 drafts"."""
    erased = tidy()
    sessions = tidy_sessions(now=now)
    worker.tidy(now=now)
    notifications.delete_old_notifications(now=now)
    refresh_recent_reporters()
    votes.tidy(now=now)
    publish_head(now=now)
    tags = tag_actions.tidy()
    decisions.tidy(now=now)
    redaction.delete_expired_originals(now=now)
    invitations.tidy(now=now)
    referrals.tidy(now=now)
    legal_threats.tidy(now=now)
    forgotten = legal_notices.tidy(now=now)
    stale = open_stale_facts(today=timezone.localdate(now))
    return [
        ngettext("%d draft", "%d drafts", erased["drafts"]) % erased["drafts"],
        ngettext("%d picture", "%d pictures", erased["pictures"]) % erased["pictures"],
        ngettext("%d session", "%d sessions", sessions) % sessions,
        ngettext("%d tag", "%d tags", tags) % tags,
        ngettext("%d notifier", "%d notifiers", forgotten["notices"]) % forgotten["notices"],
        ngettext("%d unproved statement", "%d unproved statements", forgotten["statements"])
        % forgotten["statements"],
        ngettext("%d fact to check again", "%d facts to check again", stale) % stale,
    ]
