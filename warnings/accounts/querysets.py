"""Managers and querysets of users, sessions and notifications."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

from common.text.folding import fold

if TYPE_CHECKING:
    from accounts.models import Notification, NotificationSettings, Session, User  # noqa: F401  (named in strings below)


class UserManager(BaseUserManager["User"]):
    """Find users by handle. No two users have handles that fold alike."""

    def create_user(self, handle: str, password: str | None = None, *, email: str | None = None) -> "User":
        """Create a user with the lowest trust level. With `password=None`, sign-in is impossible."""
        user = self.model(handle=handle, handle_folded=fold(handle), email=email or None)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this handle in any spelling that folds alike, as for sign-in."""
        return self.get(handle_folded=fold(username or ""))

    def shown(self, handle: str) -> "User | None":
        """Return the user with a public profile under this handle, in any spelling, or None."""
        return self.filter(handle_folded=fold(handle), erased_at__isnull=True).first()


class SessionQuerySet(models.QuerySet["Session"]):
    """Queries on sessions."""

    def of(self, user: Any, now: datetime) -> "SessionQuerySet":
        """Return a user's current sessions, the newest first."""
        return self.filter(user=user, expire_date__gt=now).order_by("-created_at")

    def expired(self, now: datetime) -> "SessionQuerySet":
        """Return expired sessions."""
        return self.filter(expire_date__lte=now)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Queries on notifications."""

    def to(self, user: Any) -> "NotificationQuerySet":
        """Return a user's notifications, the newest first."""
        return self.filter(recipient=user).order_by("-at", "-id")

    def unread(self) -> "NotificationQuerySet":
        """Return notifications that the recipient has not opened."""
        return self.filter(read_at__isnull=True)


class NotificationSettingsManager(models.Manager["NotificationSettings"]):
    """Notification settings, with defaults for users who have not chosen any."""

    def of(self, user: Any) -> "NotificationSettings":
        """Return a user's settings. By default, all notifications are in the inbox and none is mailed."""
        return self.filter(user=user).first() or self.model(user=user)
