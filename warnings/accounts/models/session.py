"""Sessions, and the rows of the database cache."""

import uuid
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from accounts.querysets import SessionQuerySet


class Session(AbstractBaseSession):
    """The session of a browser.

    Stores neither a network address nor the browser's name: the time of creation and the date of last use suffice to
    tell a user's sessions apart.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions"
    )
    created_at = models.DateTimeField(null=True, blank=True, db_column="began_at")
    last_seen_on = models.DateField(null=True, blank=True, db_column="seen_on")

    objects: ClassVar[Any] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"Session of {self.user}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return the store that reads and writes these rows."""
        return import_module(settings.SESSION_ENGINE).SessionStore


class CacheEntry(models.Model):
    """A cached value that is shared by processes and survives a restart, mostly counters of rate limits."""

    key = models.CharField(max_length=300, primary_key=True)
    value = models.TextField()
    expires_at = models.FloatField(db_index=True, help_text="Seconds since 1970.")

    class Meta:
        db_table = "accounts_keptvalue"

    def __str__(self) -> str:
        return self.key
