"""Feeds of the newest published warnings."""

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from common.feeds import FORMS, Entry, Feed
from common.http.public_pages import public_page
from common.urls import absolute_url
from directory.policies import access as directory_access
from reports.lists import about
from reports.models import Warning
from reports.policies import access
from reports.querysets import WarningQuerySet

WARNINGS_IN_A_FEED = 30


@public_page()
@require_safe
def all_warnings(request: HttpRequest, form: str) -> HttpResponse:
    """Return a feed of the newest warnings."""
    return _answer(request, form, "warnings", reverse("warnings"), Warning.objects.published())


@public_page()
@require_safe
def about_tool(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Return a feed of the newest warnings about a tool."""
    tool = directory_access.get_tool_for_feed(slug)
    warnings = about(tool).rows
    return _answer(request, form, f"warnings about {tool.name}", reverse("tool", args=[slug]), warnings)


@public_page()
@require_safe
def about_tag(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Return a feed of the newest warnings with a tag; redirect from an old name of the tag."""
    found = access.get_tag_for_reading(slug)
    if found.moved:
        return redirect("feed_tag", slug=found.tag.slug, form=form, permanent=True)
    warnings = about(found.tag).rows
    return _answer(request, form, f"warnings tagged {found.tag.name}", reverse("tag", args=[slug]), warnings)


@public_page()
@require_safe
def about_marketplace(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Return a feed of the newest warnings from a marketplace."""
    marketplace = directory_access.get_marketplace_for_feed(slug)
    warnings = about(marketplace).rows
    address = reverse("marketplace", args=[slug])
    return _answer(request, form, f"warnings from {marketplace.name}", address, warnings)


def _answer(request: HttpRequest, form: str, subject: str, page: str, warnings: WarningQuerySet) -> HttpResponse:
    rows = list(warnings.sorted_by("newest").for_feed()[:WARNINGS_IN_A_FEED])
    feed = Feed(
        title=f"{settings.SITE_NAME}: {subject}",
        description=f"The newest {subject}, by freelancers for freelancers. Content: CC BY-SA 4.0.",
        page=absolute_url(page),
        address=absolute_url(request.path),
        publisher=settings.SITE_NAME,
        home=absolute_url("/"),
        entries=[_entry(row) for row in rows],
    )
    content, content_type = FORMS[form](feed)
    response = HttpResponse(content, content_type=content_type)
    changed = max((entry.updated for entry in feed.entries), default=None)
    # Set by date, and only once that day is over: before that, the feed can still change, and the ETag reveals
    # changes.
    if changed is not None and changed < timezone.localdate():
        response.headers["Last-Modified"] = http_date(_end_of(changed).timestamp())
    return response


def _entry(row: Warning) -> Entry:
    # A database constraint guarantees the date of a published warning.
    published = (row.published_at or row.updated_at).date()
    return Entry(
        title=row.title,
        summary=row.summary,
        address=absolute_url(row.get_absolute_url()),
        tags=sorted(tagged.tag.name for tagged in row.tagged.all()),
        published=published,
        updated=max(published, row.updated_at.date()),
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(tzinfo=UTC))
