"""People with an account, where they are signed in, and the small values that outlive a restart."""

import uuid
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.managers import NoticeQuerySet, NoticeSettingsManager, SessionQuerySet, UserManager
from accounts.naming import name_of
from accounts.permissions import STAFF
from accounts.words import Digest, NoticeKind, TrustLevel
from common.db.constraints import one_of


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: a handle, perhaps an e-mail address that is never shown, and a trust level.

    An erased person's row stays without handle, address and password, so that their public work stays too,
    under "former member". The address is a copy of the primary one that allauth keeps; only a verified address
    is one person's, so that nobody learns by signing up which addresses have an account.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    handle = models.CharField(max_length=40, unique=True)
    handle_folded = models.CharField(max_length=200, unique=True)
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001  (no address, not an empty one)
    trust_level = models.CharField(max_length=20, choices=TrustLevel, default=TrustLevel.NEW)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    suspended_until = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (
            one_of("trust_level", TrustLevel),
            models.CheckConstraint(condition=~Q(handle_folded=""), name="accounts_user_handle_not_empty"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(email__isnull=True), name="accounts_user_erased_has_no_email"
            ),
        )

    def __str__(self) -> str:
        return self.handle

    @property
    def is_suspended(self) -> bool:
        """Whether this person may read but not write for now, or is shut out."""
        return not self.is_active or (self.suspended_until is not None and self.suspended_until > timezone.now())

    @property
    def is_moderator(self) -> bool:
        """Whether this person's words carry the mark of the moderators."""
        return self.trust_level in STAFF

    @property
    def shown_name(self) -> str:
        """What pages call this person: the handle, or "former member" once the account was erased."""
        return name_of(self).words


class Session(AbstractBaseSession):
    """A browser that keeps something with us, mostly because somebody is signed in there.

    Holds neither a network address nor the browser's name: when it began and the day it was last used tell
    people's sessions apart well enough.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions"
    )
    began_at = models.DateTimeField(null=True, blank=True)
    seen_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"Session of {self.user}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that reads and writes these rows."""
        return import_module(settings.SESSION_ENGINE).SessionStore


class KeptValue(models.Model):
    """A value of the cache that must hold across processes and a restart: counters of rate limits, mostly."""

    key = models.CharField(max_length=300, primary_key=True)
    value = models.TextField()
    expires_at = models.FloatField(db_index=True, help_text="Seconds since 1970.")

    def __str__(self) -> str:
        return self.key


class Notice(models.Model):
    """Something somebody is told of on the site. While it is unread, more of the same (`key`) only raises `count`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind)
    key = models.CharField(max_length=100)
    text = models.CharField(max_length=300)
    address = models.CharField(max_length=300, help_text="A path of this site.")
    count = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            one_of("kind", NoticeKind),
            models.UniqueConstraint(
                fields=["recipient", "key"], condition=Q(read_at__isnull=True), name="accounts_notice_one_unread"
            ),
        )
        indexes = (models.Index(fields=["recipient", "-at", "-id"], name="accounts_notice_inbox"),)

    def __str__(self) -> str:
        return self.text


class NoticeSettings(models.Model):
    """What somebody wants to be told of, on the site and by mail."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_settings")
    muted = models.JSONField(default=list, blank=True, help_text="Kinds of notices that are not wanted at all.")
    digest = models.CharField(max_length=10, choices=Digest, default=Digest.NEVER)
    not_mailed = models.JSONField(default=list, blank=True, help_text="Kinds that are kept out of the mail.")
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeSettingsManager()

    class Meta:
        constraints = (one_of("digest", Digest),)

    def __str__(self) -> str:
        return f"Notices of {self.user}"
