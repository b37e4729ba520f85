"""What somebody's work came to, read from what became of it."""

from datetime import datetime, timedelta

from accounts.models import User
from accounts.trust import FORGETS_AFTER_DAYS, Record
from directory.models import EntryRevision
from directory.words import EditState
from reports.models import Comment, Report, Revision, Vote
from reports.words import RevisionState, Status


def record_of(user: User, now: datetime) -> Record:
    """What somebody's work came to."""
    reports_of = Report.objects.filter(author=user).exclude(body="")
    comments = Comment.objects.filter(author=user)
    helpful = Vote.objects.counting().filter(standing=True).exclude(user=user)
    helpful_comments = comments.published().filter(standing_votes__gt=0, deleted_at__isnull=True).count()
    # The first version of a warning is its report, which counts already.
    edits = Revision.objects.filter(author=user, state=RevisionState.APPLIED, number__gt=1).count()
    edits += EntryRevision.objects.filter(author=user, state=EditState.APPLIED).count()
    since = now - timedelta(days=FORGETS_AFTER_DAYS)
    taken_down = {"status": Status.UNPUBLISHED, "taken_down_at__gte": since}
    return Record(
        approved=reports_of.published().count() + helpful_comments + edits,
        helpful=helpful.filter(warning__author=user, warning__status=Status.PUBLISHED).count()
        + helpful.filter(comment__author=user, comment__status=Status.PUBLISHED).count(),
        taken_down=reports_of.filter(**taken_down).count() + comments.filter(**taken_down).count(),
        days=(now - user.joined_at).days,
    )
