"""Declared connections to tools, which are shown next to edits and exclude users from decisions."""

from collections.abc import Iterable
from typing import Any

from directory.models import Connection

LONGEST_SHOWN = 500


def disclosed_connections(user: Any, tools: Iterable[str]) -> str:
    """Return a user's declared connections to tools (by slug) or their vendors on one line; empty if none."""
    rows = Connection.objects.of(user).concerning(tools)
    return "; ".join(str(row) for row in rows)[:LONGEST_SHOWN]


def is_connected(user: Any, tools: Iterable[str]) -> bool:
    """Return whether a user declared a connection to one of the tools and so may not decide about them."""
    return Connection.objects.of(user).concerning(tools).exists()
