"""What moderation needs once in a while."""

from django.utils import timezone

from common.schedule import DAY, Job, register
from moderation.actions import decisions, invitations, legal_notices, legal_threats, referrals
from moderation.actions.cases import open_stale_facts

register(Job("removed passages", DAY, decisions.tidy))
register(Job("invitations", DAY, invitations.tidy))
register(Job("referrals", DAY, referrals.tidy))
register(Job("legal threats", DAY, legal_threats.tidy))
register(Job("legal notices", DAY, legal_notices.tidy))
register(Job("facts to check again", DAY, lambda now: open_stale_facts(today=timezone.localdate(now))))
