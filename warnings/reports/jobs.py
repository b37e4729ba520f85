"""What warnings and reports need once in a while."""

from common.schedule import DAY, HOUR, Job, register
from reports.actions import counts, redaction, submissions, tags, votes
from reports.actions.warnings import refresh_recent_reporters

register(Job("drafts and pictures", DAY, submissions.tidy))
register(Job("counts of posts", HOUR, counts.add_up))
register(Job("recent reporters", DAY, refresh_recent_reporters))
register(Job("votes and trust", DAY, votes.tidy))
register(Job("tags", DAY, tags.tidy))
register(Job("covered pictures", DAY, redaction.delete_expired_originals))
