"""Compute a user's record, on which their trust level is based."""

from datetime import datetime, timedelta

from accounts.models import User
from accounts.trust import FORGETS_AFTER_DAYS, Record
from directory.choices import RevisionState
from directory.models import EntryRevision
from reports.choices import Status
from reports.models import Comment, Report, Revision, Vote, Warning


def reputation_of(user: User, now: datetime) -> Record:
    """Return a user's record; contributions to warnings that are not published do not count."""
    shown = {"warning__status": Status.PUBLISHED}
    reports_of = Report.objects.filter(author=user).exclude(body="")
    comments = Comment.objects.filter(author=user)
    helpful = Vote.objects.counting().filter(standing=True).exclude(user=user)
    liked = comments.published().filter(standing_votes__gt=0, deleted_at__isnull=True, **shown)
    # The first version of a warning is its report, which is counted separately.
    edits = Revision.objects.filter(author=user, state=RevisionState.APPLIED, number__gt=1, **shown).count()
    edits += EntryRevision.objects.filter(author=user, state=RevisionState.APPLIED).count()
    of_comments = {"comment__author": user, "comment__status": Status.PUBLISHED}
    return Record(
        approved=reports_of.published().filter(**shown).count() + liked.count() + edits,
        helpful=helpful.filter(warning__author=user, **shown).count()
        + helpful.filter(**of_comments, comment__warning__status=Status.PUBLISHED).count(),
        taken_down=_taken_down(user, now - timedelta(days=FORGETS_AFTER_DAYS)),
        days=(now - user.joined_at).days,
    )


def _taken_down(user: User, since: datetime) -> int:
    """Return the number of posts unpublished since a time; a warning and its first report count once."""
    taken_down = {"status": Status.UNPUBLISHED, "taken_down_at__gte": since}
    warnings = Warning.objects.filter(author=user, **taken_down)
    reports_of = Report.objects.filter(author=user, **taken_down).exclude(body="").exclude(warning__in=warnings)
    comments = Comment.objects.filter(author=user, **taken_down)
    return warnings.count() + reports_of.count() + comments.count()
