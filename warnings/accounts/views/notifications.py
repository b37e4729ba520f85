"""List notifications, change their settings, and unsubscribe from mail."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import digests
from accounts.actions import notifications
from accounts.choices import Digest, NotificationKind
from accounts.emails import verified_email
from accounts.forms.notifications import NotificationSettingsForm
from accounts.models import Notification, NotificationSettings
from accounts.viewers import person_of
from common.pagination import paginate
from common.text.timestamps import parse_timestamp


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """List the user's notifications, the newest first."""
    notices = Notification.objects.to(person_of(request))
    context = {"listing": paginate(request, notices), "unread": notices.unread().count(), "now": timezone.now()}
    return render(request, "accounts/notices.html", context)


@require_safe
@login_required
def open_notification(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Mark a notification as read and redirect to its subject."""
    notice = Notification.objects.to(person_of(request)).filter(public_id=public_id).first()
    if notice is None:
        raise Http404("You have no such notice.")
    notifications.mark_read(notice=notice)
    return redirect(notice.address)


@require_POST
@login_required
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark the notifications on the page as read; newer ones remain unread."""
    now = timezone.now()
    try:
        until = min(parse_timestamp(request.POST.get("until")), now)
    except ValueError:
        until = now
    notifications.mark_all_read(actor=person_of(request), until=until)
    return redirect("notices")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Show and change the notification settings."""
    person = person_of(request)
    chosen = NotificationSettings.objects.of(person)
    initial = {
        "wanted": [kind for kind in NotificationKind.values if kind not in chosen.muted],
        "digest": chosen.digest,
        "mailed": [kind for kind in NotificationKind.values if kind not in chosen.not_mailed],
    }
    form = NotificationSettingsForm(
        request.POST if request.method == "POST" else None, initial=initial, staff=person.is_moderator
    )
    if form.is_valid():
        notifications.set_notification_settings(
            actor=person,
            muted=form.unwanted("wanted"),
            digest=Digest(form.cleaned_data["digest"]),
            not_mailed=form.unwanted("mailed"),
        )
        messages.success(request, "Saved.", extra_tags="saved")
        return redirect("choose_notices")
    status = 422 if form.is_bound else 200
    context = {"form": form, "reachable": verified_email(person)}
    return render(request, "accounts/choose_notices.html", context, status=status)


# Mail software sends this POST without a CSRF token (RFC 8058); the token in the URL authorises it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Unsubscribe from digests with the link in one of them."""
    user = digests.user_of_token(token)
    if user is None:
        raise Http404("This link does not belong to anybody here.")
    if request.method == "POST":
        notifications.stop_mail(user=user)
    return render(request, "accounts/stop_mail.html", {"stopped": request.method == "POST"})
