"""People with an account."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.managers import UserManager
from common.constraints import one_of


class TrustLevel(models.TextChoices):
    """How far a person's work is trusted; what each level may do is a table in the policies."""

    NEW = "new"
    MEMBER = "member"
    TRUSTED = "trusted"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: a handle, perhaps an e-mail address that is never shown, and a trust level.

    An erased person's row stays without handle, address and password, so that their public work stays too,
    under "former member".
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    handle = models.CharField(max_length=40, unique=True)
    handle_folded = models.CharField(max_length=200, unique=True)
    email = models.EmailField(null=True, blank=True, unique=True)
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
    def shown_name(self) -> str:
        """What pages call this person: the handle, or "former member" once the account was erased."""
        return "former member" if self.erased_at else self.handle
