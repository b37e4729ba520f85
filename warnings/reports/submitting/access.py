"""Finding a report for its author, by account or by tracking code, and its pictures for whoever may see them."""

import uuid
from typing import Any

from django.db.models import Q
from django.http import Http404

from accounts import policies
from reports.models import Evidence, Report
from reports.submitting import tracking
from reports.submitting.drafts import Writer
from reports.words import Status


def get_report_by_code(typed: str) -> Report:
    """The report that a tracking code belongs to. Raises Http404.

    The look-up is by a hash in a unique index, whatever was typed: a wrong code takes as long as a right one.
    """
    found = Report.objects.for_author().filter(tracking_hash=tracking.hash_of(tracking.normalised(typed))).first()
    if found is None:
        raise Http404("There is no report with this code.")
    return found


def get_own_report(user: Any, public_id: uuid.UUID) -> Report:
    """A report of the account's own. Raises Http404."""
    found = Report.objects.for_author().filter(author=user, public_id=public_id).first()
    if found is None:
        raise Http404("You have no such report.")
    return found


def get_sent_report(writer: Writer, submission_key: uuid.UUID) -> tuple[Report, str]:
    """A report just sent from this browser, and its tracking code (empty with an account). Raises Http404."""
    report = Report.objects.for_author().filter(submission_key=str(submission_key)).first()
    if report is not None and writer.user and report.author_id == writer.user.pk:
        return report, ""
    code = tracking.code_of(writer.secret.encode(), str(submission_key)) if writer.secret else ""
    if report is None or not code or report.tracking_hash != tracking.hash_of(code):
        raise Http404("Nothing was sent from this browser here.")
    return report, code


def get_picture(user: Any, writer: Writer, public_id: uuid.UUID, code: str = "") -> Evidence:
    """A picture that somebody may see: published, of their own draft or report, or as a moderator. Raises Http404.

    `code` is the tracking code of a report without an account.
    """
    allowed = Q(published=True, report__status=Status.PUBLISHED, report__warning__status=Status.PUBLISHED)
    allowed |= Q(draft__in=writer.drafts())
    if typed := tracking.normalised(code):
        allowed |= Q(report__tracking_hash=tracking.hash_of(typed))
    if user.is_authenticated:
        allowed |= Q(report__author=user)
        if policies.is_staff(user):
            allowed = Q()
    found = Evidence.objects.filter(allowed, public_id=public_id).first()
    if found is None:
        raise Http404("There is no such picture.")
    return found
