"""Managers and querysets of users, sessions and notifications."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.utils import timezone

from accounts.choices import TrustLevel
from common.encryption import keyed_hashes
from common.text.folding import fold
from common.text.skeletons import skeleton

if TYPE_CHECKING:
    from accounts.models import FormerHandle, Notification, NotificationSettings, Session, User  # noqa: F401  (named in strings below)

_FOLDED, _SKELETON = "former handle", "look of a former handle"


class UserManager(BaseUserManager["User"]):
    """Find users by handle. No two users have handles that fold or look alike."""

    def create_user(self, handle: str, password: str | None = None, *, email: str | None = None) -> "User":
        """Create a user with the lowest trust level. With `password=None`, sign-in is impossible."""
        user = self.model(email=email or None)
        user.set_handle(handle)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this handle in any spelling that folds alike, as for sign-in."""
        return self.get(handle_folded=fold(username or ""))

    def like(self, handle: str) -> models.QuerySet["User"]:
        """Return the users whose handle folds or looks like this one."""
        alike = models.Q(handle_folded=fold(handle))
        if look := skeleton(handle):
            alike |= models.Q(handle_skeleton=look)
        return self.filter(alike)

    def acting_administrators(self) -> models.QuerySet["User"]:
        """Return the administrators who can sign in and act: neither erased nor deactivated nor suspended."""
        able = self.filter(trust_level=TrustLevel.ADMINISTRATOR, is_active=True, erased_at__isnull=True)
        return able.exclude(suspended_until__gt=timezone.now())

    def shown(self, handle: str) -> "User | None":
        """Return the user with a public profile under this handle, in any spelling, or None."""
        return self.filter(handle_folded=fold(handle), erased_at__isnull=True).first()


class FormerHandleQuerySet(models.QuerySet["FormerHandle"]):
    """Handles that erased accounts had."""

    def keep_back(self, handle: str) -> None:
        """Store hashes of a handle, so that no other account gets it or one that looks like it."""
        folded, look = fold(handle), skeleton(handle)
        self.get_or_create(
            folded_hash=keyed_hashes(folded, purpose=_FOLDED)[0],
            defaults={"skeleton_hash": keyed_hashes(look, purpose=_SKELETON)[0] if look else ""},
        )

    def like(self, handle: str) -> "FormerHandleQuerySet":
        """Return the entries of handles that fold or look like this one."""
        alike = models.Q(folded_hash__in=keyed_hashes(fold(handle), purpose=_FOLDED))
        if look := skeleton(handle):
            alike |= models.Q(skeleton_hash__in=keyed_hashes(look, purpose=_SKELETON))
        return self.filter(alike)


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
