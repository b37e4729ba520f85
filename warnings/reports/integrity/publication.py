"""Check what was published, and what came with the starter catalogue.

When it was published cannot be compared: demonstrations and imports set the date of a post, not those of its steps.
"""

from collections.abc import Iterator

from django.db.models import Q

from common.db.row_checks import Rows, check_of_rows, differences, name_of
from reports.choices import Status
from reports.models import Comment, Evidence, Report, Step, Warning

# A post has one of these only after it was published.
_LATER = frozenset({Status.HIDDEN, Status.UNPUBLISHED})


def _posts(posts: Rows) -> Iterator[str]:
    """Yield posts without the date on which they were published, before they were hidden or taken down."""
    for post in posts:
        if post.published_at is None and post.status in _LATER:
            yield f"{name_of(post)}: published_at is missing, and it was published before it was {post.status}."


def _reports(reports: Rows) -> Iterator[str]:
    """Yield reports with a date of publication that no step of theirs published."""
    steps = Step.objects.filter(report__in=reports).order_by("-pk").values_list("report", "status")
    # Where the beginning is missing, as in imported reports, steps prove nothing.
    whole = {report for report, status in dict(steps).items() if status in (Status.PENDING, Status.PUBLISHED)}
    published = {report for report, status in steps if status == Status.PUBLISHED}
    for report in reports:
        if report.published_at is not None and report.pk in whole - published:
            yield f"{name_of(report)}: published_at is {report.published_at}; no step of it is published."


def _pictures(rows: Rows) -> Iterator[str]:
    """Yield pictures that everybody may see although their report was never published."""
    public = set(Report.objects.filter(evidence__in=rows, published_at__isnull=False).values_list("pk", flat=True))
    for row in rows:
        if row.published and row.report_id not in public:
            yield f"{name_of(row)}: published is True; it belongs to no report that was published."


def _founding(warnings: Rows) -> Iterator[str]:
    """Yield warnings that say otherwise than their reports whether they came with the catalogue."""
    reports = Report.objects.filter(founding=True)
    own = set(reports.filter(warning__in=warnings).values_list("warning", flat=True))
    # A merge takes the report along.
    merged = Q(merged_into__in=warnings, founding=True)
    joined = set(Warning.objects.filter(merged).values_list("merged_into", flat=True))
    for warning in warnings:
        if warning.status != Status.MERGED and warning.pk not in joined:
            yield from differences(warning, {"founding": warning.pk in own})


CHECKS = (
    *(
        check_of_rows(
            f"{model._meta.verbose_name_plural}: publication",
            f"{model._meta.label}.published_at",
            rows=model._default_manager.all,
            find=_posts,
        )
        for model in (Warning, Report, Comment)
    ),
    check_of_rows("reports: steps of publication", rows=Report.objects.all, find=_reports),
    check_of_rows("pictures: publication", "reports.Evidence.published", rows=Evidence.objects.all, find=_pictures),
    check_of_rows(
        "warnings: founding",
        *("reports.Warning.founding", "reports.Report.founding"),
        rows=Warning.objects.all,
        find=_founding,
    ),
)
