"""Users, and the handles of erased ones."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.display_names import name_of
from accounts.permissions import STAFF
from accounts.querysets import FormerHandleQuerySet, UserManager
from common.db.constraints import one_of
from common.text.folding import fold
from common.text.skeletons import skeleton


class FormerHandle(models.Model):
    """The handle of an erased account, as keyed hashes only.

    Nobody gets the handle again, because links and mentions would lead to another person. What looks like it is kept
    back as well; the folded form stays the same when the table of look-alikes changes.
    """

    folded_hash = models.CharField(max_length=64, unique=True)
    skeleton_hash = models.CharField(max_length=64, blank=True, db_index=True)

    objects = FormerHandleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.folded_hash


class User(AbstractBaseUser, PermissionsMixin):
    """A user with a handle, an optional email address that is never shown, and a trust level.

    The row of an erased user remains without handle, address and password, so that their public work remains under
    "former member". The address is a copy of allauth's primary one. Only verified addresses are unique, so that
    signing up does not reveal which addresses have an account.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    handle = models.CharField(max_length=40, unique=True)
    handle_folded = models.CharField(max_length=200, unique=True)
    # None for older accounts whose handle looks like that of a still older one.
    handle_skeleton = models.CharField(max_length=200, null=True, editable=False)  # noqa: DJ001  (unique but for None)
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001  (None for no address)
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
            models.UniqueConstraint(
                fields=["handle_skeleton"],
                condition=Q(handle_skeleton__isnull=False),
                name="accounts_user_handle_skeleton_unique",
            ),
            models.CheckConstraint(condition=~Q(handle_folded=""), name="accounts_user_handle_not_empty"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(email__isnull=True), name="accounts_user_erased_has_no_email"
            ),
        )

    def __str__(self) -> str:
        return self.handle

    def set_handle(self, handle: str) -> None:
        """Set the handle and what it is compared by, without saving."""
        self.handle, self.handle_folded, self.handle_skeleton = handle, fold(handle), skeleton(handle) or None

    @property
    def is_suspended(self) -> bool:
        """Whether the user is suspended or deactivated."""
        return not self.is_active or (self.suspended_until is not None and self.suspended_until > timezone.now())

    @property
    def is_moderator(self) -> bool:
        """Whether the user is a moderator or administrator."""
        return self.trust_level in STAFF

    @property
    def shown_name(self) -> str:
        """The handle, or "former member" if the account was erased."""
        return name_of(self).words
