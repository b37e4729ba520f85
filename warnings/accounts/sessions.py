"""The session backend: a table with the owner of each session, so that sessions can be listed and ended."""

from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

BEGAN, SEEN = "began", "seen"
"""Additional session keys: the times of sign-in and last use, in seconds since 1970."""


class SessionStore(DatabaseStore):
    """Django's database sessions, stored in this app's table."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the session model."""
        return apps.get_model("accounts", "Session")

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row for a session; its owner comes from Django's own session key."""
        signed_in = data.get(SESSION_KEY)
        if signed_in:
            data.setdefault(BEGAN, timezone.now().timestamp())
        row: Any = super().create_model_instance(data)
        same = self.get_model_class()._default_manager.filter(pk=row.session_key)
        known = same.values_list("public_id", flat=True).first()
        row.public_id = known or row.public_id
        row.user_id = int(signed_in) if signed_in else None
        row.created_at = datetime.fromtimestamp(data[BEGAN], UTC) if signed_in else None
        row.last_seen_on = timezone.localdate() if signed_in else None
        return row
