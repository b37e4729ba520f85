"""`manage.py tidy`: delete expired data."""

from typing import Any

from django.core.management.base import BaseCommand
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


class Command(BaseCommand):
    """For a daily timer: delete expired data and open cases for stale facts."""

    help = (
        "Erase drafts untouched for 30 days, evidence of refused reports as old, sessions that are over, tags that"
        " nothing has, who sent notices long ago, invitations long over; publish the head of the log; count what time"
        " changed of votes and trust; ask for stale facts to be checked."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete expired data and print the counts."""
        erased = tidy()
        sessions = tidy_sessions(now=timezone.now())
        worker.tidy(now=timezone.now())
        notifications.delete_old_notifications(now=timezone.now())
        refresh_recent_reporters()
        votes.tidy(now=timezone.now())
        publish_head(now=timezone.now())
        tags = tag_actions.tidy()
        decisions.tidy(now=timezone.now())
        redaction.delete_expired_originals(now=timezone.now())
        invitations.tidy(now=timezone.now())
        referrals.tidy(now=timezone.now())
        legal_threats.tidy(now=timezone.now())
        forgotten = legal_notices.tidy(now=timezone.now())
        stale = open_stale_facts(today=timezone.localdate())
        parts = [
            ngettext("%d draft", "%d drafts", erased["drafts"]) % erased["drafts"],
            ngettext("%d picture", "%d pictures", erased["pictures"]) % erased["pictures"],
            ngettext("%d session", "%d sessions", sessions) % sessions,
            ngettext("%d tag", "%d tags", tags) % tags,
            ngettext("%d notifier", "%d notifiers", forgotten["notices"]) % forgotten["notices"],
            ngettext("%d unproved statement", "%d unproved statements", forgotten["statements"])
            % forgotten["statements"],
        ]
        self.stdout.write(f"Erased: {', '.join(parts)}.")
        self.stdout.write(ngettext("%d fact to check again.", "%d facts to check again.", stale) % stale)
