"""Named queries of accounts, sessions and notifications."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

from common.text.folding import fold

if TYPE_CHECKING:
    from accounts.models import Notification, NotificationSettings, Session, User  # noqa: F401  (named in strings below)


class UserManager(BaseUserManager["User"]):
    """Users by handle; handles that fold alike belong to one person."""

    def create_user(self, handle: str, password: str | None = None, *, email: str | None = None) -> "User":
        """Make a user with the lowest trust. `password=None` makes an account nobody can sign in to."""
        user = self.model(handle=handle, handle_folded=fold(handle), email=email or None)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by handle in any case and spacing, as sign-in does."""
        return self.get(handle_folded=fold(username or ""))

    def shown(self, handle: str) -> "User | None":
        """The person behind a public profile, by handle in any spelling; None for nobody and former members."""
        return self.filter(handle_folded=fold(handle), erased_at__isnull=True).first()


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions."""

    def of(self, user: Any, now: datetime) -> "SessionQuerySet":
        """Where somebody is signed in, most recently begun first."""
        return self.filter(user=user, expire_date__gt=now).order_by("-created_at")

    def expired(self, now: datetime) -> "SessionQuerySet":
        """Sessions that nobody can use any more."""
        return self.filter(expire_date__lte=now)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notices."""

    def to(self, user: Any) -> "NotificationQuerySet":
        """Those that somebody was given, latest first."""
        return self.filter(recipient=user).order_by("-at", "-id")

    def unread(self) -> "NotificationQuerySet":
        """Those that nobody has opened yet."""
        return self.filter(read_at__isnull=True)


class NotificationSettingsManager(models.Manager["NotificationSettings"]):
    """Notification settings, with defaults for people who have chosen none."""

    def of(self, user: Any) -> "NotificationSettings":
        """What somebody wants: everything in the inbox and no mail, until they chose."""
        return self.filter(user=user).first() or self.model(user=user)
