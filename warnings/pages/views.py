"""Home, the pages about the site, machine-readable files and error pages."""

import hashlib
import logging
from collections import Counter
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import trust
from accounts.choices import TrustLevel
from accounts.permissions import PERMISSIONS
from accounts.viewers import address_of, viewer_of
from common.errors import Sentence
from common.http.public_pages import public_page
from common.http.returned_forms import (
    FAILED,
    GONE,
    NOT_PERMITTED,
    NOT_UNDERSTOOD,
    TOKEN_EXPIRED,
    TOO_OFTEN,
    as_it_is,
    has_input,
    returned_form,
)
from common.urls import absolute_url
from directory import grade
from directory.choices import CanDisable, Control, FeatureFamily
from directory.models import Feature, Tool
from directory.verdict import GRADE_WORDS
from moderation import flag_weights, priority
from moderation.choices import CaseKind
from moderation.decisions.effects import abuse_of_notices
from pages import sitemaps
from pages.example import method_example
from pages.figures import figures
from pages.health import is_ready, readiness
from reports import ranking
from reports.known_addresses import known_address
from reports.models import Warning

logger = logging.getLogger(__name__)

# More than the settings DATA_UPLOAD_MAX_... allow.
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
WORST_TOOLS = 6
LATEST_WARNINGS = 5
# RFC 9116 recommends less than a year. The file is generated per request, so it always expires this far ahead.
SECURITY_TXT_DAYS = 90
FAMILY_ICONS = {
    FeatureFamily.AVAILABILITY_PRESSURE: "bell",
    FeatureFamily.SURVEILLANCE: "camera",
    FeatureFamily.DEVICE_CONTROL: "device",
    FeatureFamily.ACCOUNT_CONTROL: "key",
    FeatureFamily.IDENTITY_EXPOSURE: "identity",
    FeatureFamily.EVIDENCE_LOSS: "evidence",
    FeatureFamily.MONEY: "money",
}
# Files that a page needs to look and work the same offline.
KEPT_FILES = (
    "css/site.css",
    "icons/favicon.svg",
    "js/copy.js",
    "js/offline.js",
    "js/share.js",
    "js/shortcuts.js",
    "js/suggest.js",
    "js/theme.js",
    "vendor/lucide/icons.svg",
)


@public_page()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the search box, the riskiest tools, the latest warnings and an overview."""
    counts = Counter(Feature.objects.current().values_list("family", flat=True))
    families = [
        {"slug": family.value, "name": family.label, "count": counts[family], "icon": FAMILY_ICONS[family]}
        for family in FeatureFamily
    ]
    context = {
        "worst": Tool.objects.assessed().for_list().worst_first()[:WORST_TOOLS],
        "latest": Warning.objects.published().sorted_by("newest").for_list()[:LATEST_WARNINGS],
        "families": families,
        "figures": figures(),
        "structured": _website(),
    }
    return render(request, "pages/home.html", context)


@public_page()
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Show the page about the site and its operator."""
    return render(request, "pages/about.html", {"figures": figures()})


@public_page()
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Show how grades are computed. The numbers come from the code that computes them."""
    today = timezone.localdate()
    context = {
        "weight": grade.WEIGHT,
        "controls": [(c.label, grade.CONTROL_WEIGHTS[c]) for c in Control],
        "can_disable": [(c.label, grade.CAN_DISABLE_WEIGHTS[c]) for c in CanDisable],
        "grades": [(g, start, GRADE_WORDS[g]) for g, start in grade.GRADE_STARTS],
        "full_coverage": grade.FULL_COVERAGE,
        "minimum_coverage": grade.MINIMUM_COVERAGE,
        "stale_after_months": grade.STALE_AFTER_MONTHS,
        "floors": Feature.objects.current().exclude(floor=""),
        "example": method_example(today),
        "ranking": ranking,
    }
    return render(request, "pages/method.html", context)


@public_page()
@require_safe
def guidelines(request: HttpRequest) -> HttpResponse:
    """Show what may be written and how it is moderated."""
    levels = list(TrustLevel)
    context = {
        "levels": [level.label for level in levels],
        "permissions": [
            (row.words, [(level in row.others, level in row.own) for level in levels]) for row in PERMISSIONS.values()
        ],
        "trust": trust,
        "patience": [(CaseKind(kind).label.lower(), hours) for kind, hours in priority.HOURS.items()],
        "urgency": priority.RULE,
        "flags": flag_weights,
        "misuse": abuse_of_notices,
    }
    return render(request, "pages/guidelines.html", context)


@public_page()
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is stored about whom."""
    return render(request, "pages/privacy.html")


@public_page()
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show the page that replaces unvisited pages while offline."""
    return render(request, "pages/offline.html")


@require_safe
@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve the script that caches visited pages for offline use, from the root, which sets its scope."""
    files = [static(name) for name in KEPT_FILES]
    context = {
        "files": files,
        "offline": reverse("offline"),
        "static_url": settings.STATIC_URL,
        # The names are fingerprinted, so changed files result in a new worker.
        "version": hashlib.sha256("".join(files).encode()).hexdigest()[:12],
    }
    return render(request, "pages/service-worker.js", context, content_type="text/javascript; charset=utf-8")


@public_page()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Serve robots.txt."""
    text = render_to_string("pages/robots.txt", {"public_url": settings.PUBLIC_URL})
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public_page()
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Serve security.txt: where to report a vulnerability (RFC 9116)."""
    contact = f"mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else absolute_url(reverse("about"))
    expires = (datetime.now(UTC) + timedelta(days=SECURITY_TXT_DAYS)).replace(microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: en",
        f"Canonical: {absolute_url(reverse('security-txt'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page()
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Serve the index of the sitemap."""
    return _xml(sitemaps.as_index(sitemaps.files()))


@public_page()
@require_safe
def sitemap_file(request: HttpRequest, section: str, file: int) -> HttpResponse:
    """Serve one file of the sitemap, with the addresses of public pages."""
    return _xml(sitemaps.as_file(sitemaps.addresses_in(section, file)))


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect from the traditional path to the icon."""
    return redirect(static("icons/favicon.svg"), permanent=True)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Respond if the process is alive."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Report whether database, migrations, index and disk work, and the start is over; with status 503 if not."""
    parts = readiness()
    ready = is_ready(parts)
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": ready, **parts}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Respond with 400 to a malformed request, and with 413 to one that brings more than is read."""
    if isinstance(exception, TOO_MUCH):
        return _error_page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "pages/413.html")
    if not isinstance(exception, SuspiciousOperation):
        # Django logs the others. Neither the message nor the address: both may hold what was typed.
        logger.warning("Refused an unreadable request: %s", type(exception).__name__)
    return _error(request, HTTPStatus.BAD_REQUEST, "pages/400.html", NOT_UNDERSTOOD)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Respond with 403 to a request that is not permitted."""
    return _error(request, HTTPStatus.FORBIDDEN, "pages/403.html", NOT_PERMITTED)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Respond with 403 to a form without a valid CSRF token; return what was typed with a new token.

    A form that another site submitted is not returned: one click would then do what that site wants.
    """
    foreign = reason == REASON_BAD_ORIGIN % request.headers.get("Origin", "")
    if foreign or request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"} or not has_input(request):
        return as_it_is(_error_page(HTTPStatus.FORBIDDEN, "pages/403_csrf.html"))
    problem = address_of(request).cookie_problem or TOKEN_EXPIRED
    return returned_form(request, status=HTTPStatus.FORBIDDEN, problem=problem, sender=_sender(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Respond with 404 for a missing page, or redirect to the one that its address means."""
    if request.method in {"GET", "HEAD"} and (address := known_address(request.path_info)):
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    return _error(request, HTTPStatus.NOT_FOUND, "pages/404.html", GONE)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Respond with 429 to what the sign-in library refuses for a while."""
    return _error(request, HTTPStatus.TOO_MANY_REQUESTS, "pages/429.html", TOO_OFTEN)


def server_error(request: HttpRequest) -> HttpResponse:
    """Respond with 500 to an unhandled exception, without the database, which may have failed."""
    return _error(request, HTTPStatus.INTERNAL_SERVER_ERROR, "pages/500.html", FAILED)


def _xml(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/xml")
    # The file itself is no result of a search.
    response.headers["X-Robots-Tag"] = "noindex, noodp, noarchive"
    return response


def _website() -> dict[str, Any]:
    """Return the site and its search box as structured data."""
    target = f"{absolute_url(reverse('search'))}?q={{search_term_string}}"
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    site = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": absolute_url("/"),
    }
    return site | {"potentialAction": action}


def _sender(request: HttpRequest) -> str:
    """Return who would send a form now, since signing in or out elsewhere is why its token changed."""
    try:
        viewer = viewer_of(request)
    except DatabaseError:
        return ""
    return f"You are signed in as {viewer.handle}." if viewer else "You are not signed in."


def _error(request: HttpRequest, status: HTTPStatus, template: str, problem: Sentence) -> HttpResponse:
    """Return the form that was submitted, or an error page."""
    if has_input(request):
        return returned_form(request, status=status, problem=problem)
    return _error_page(status, template)


def _error_page(status: HTTPStatus, template: str) -> HttpResponse:
    """Return an error page, rendered without the request, so that it cannot fail again."""
    context = {"site_name": settings.SITE_NAME, "public_url": settings.PUBLIC_URL}
    return HttpResponse(render_to_string(template, context), status=status)
