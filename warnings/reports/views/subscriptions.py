"""Watch and stop watching; the news page and the private feed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.viewers import person_of
from common.errors import ForewarnedError
from common.feeds import Entry, Feed, as_atom
from common.text.cleaning import without_unstorable
from common.urls import absolute_url
from directory.policies import access as directory_access
from reports.actions import subscriptions
from reports.models import FeedAddress, Subscription
from reports.news import Piece, news_of
from reports.policies import access


def _tag(slug: str) -> Any:
    return access.get_tag_for_reading(without_unstorable(slug)).tag


# Object types that can be watched, with the URL name of their page.
_FINDERS = {
    "warning": access.get_warning_for_reading,
    "tool": directory_access.get_tool_for_reading,
    "marketplace": directory_access.get_marketplace_for_reading,
    "tag": _tag,
}


@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Subscribe or unsubscribe; a GET, for example after login, redirects to the object."""
    if kind not in _FINDERS:
        raise Http404("That cannot be watched.")
    target = _FINDERS[kind](slug)
    if request.method == "POST":
        if not isinstance(request.user, User):
            return redirect_to_login(request.path)
        try:
            stops = request.POST.get("act") == "stop"
            act = subscriptions.stop_watching if stops else subscriptions.watch
            act(actor=request.user, target=target)
            words, code = ("You no longer watch this.", "unwatched") if stops else ("You watch this now.", "watched")
            messages.success(request, words, extra_tags=code)
        except subscriptions.TargetGoneError as gone:
            messages.info(request, gone.sentence, extra_tags=gone.code)
        except ForewarnedError as refused:
            messages.error(request, refused.sentence, extra_tags=refused.code)
    if request.POST.get("back") == "watches":
        return redirect("watches")
    return redirect(reverse(kind, kwargs={"slug": target.slug}))


@require_safe
@login_required
def watches(request: HttpRequest) -> HttpResponse:
    """List the user's subscriptions and new posts in them."""
    person = person_of(request)
    mine = [(row, reverse(name, kwargs={"slug": row.target.slug}), name) for row, name in _named(person)]
    context = {
        "watches": mine,
        "news": news_of(person),
        "feed": FeedAddress.objects.filter(user=person).first(),
        # Shown only once, since only the hash is stored.
        "secret": request.session.pop("feed_secret", ""),
    }
    return render(request, "reports/watches.html", context)


@require_POST
@login_required
def renew_feed(request: HttpRequest) -> HttpResponse:
    """Replace or delete the address of the user's private feed."""
    person = person_of(request)
    if request.POST.get("act") == "close":
        subscriptions.close_feed(actor=person)
    else:
        request.session["feed_secret"] = subscriptions.renew_feed(actor=person)
    return redirect(f"{reverse('watches')}#feed")


@require_safe
def own_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Return the private feed for its secret address. Raises Http404."""
    rows = FeedAddress.objects.select_related("user").filter(secret_hash=FeedAddress.hash_of(secret))
    found = rows.filter(user__is_active=True).first()
    if found is None:
        raise Http404("There is no such feed.")
    feed = Feed(
        title=f"What you watch on {settings.SITE_NAME}",
        description="New warnings, reports and comments in what you watch.",
        page=absolute_url(reverse("watches")),
        address=absolute_url(request.path),
        publisher=settings.SITE_NAME,
        home=absolute_url("/"),
        entries=[_entry(piece) for piece in news_of(found.user)],
    )
    content, content_type = as_atom(feed)
    response = HttpResponse(content, content_type=content_type)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _entry(piece: Piece) -> Entry:
    day = piece.at.date()
    return Entry(
        title=f"{piece.words}: {piece.title}",
        summary=piece.excerpt,
        address=absolute_url(piece.address),
        tags=[],
        published=day,
        updated=day,
        identity=absolute_url(f"/#{piece.key}"),
    )


def _named(user: Any) -> list[tuple[Subscription, str]]:
    return [(row, row.target._meta.model_name or "") for row in Subscription.objects.by(user)]
