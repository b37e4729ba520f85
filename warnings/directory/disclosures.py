"""Declared connections to tools, which bar people from decisions and are shown beside their edits."""

from collections.abc import Iterable
from typing import Any

from directory.models import Connection

LONGEST_SHOWN = 500


def disclosed_connections(user: Any, tools: Iterable[str]) -> str:
    """What somebody has declared about some tools (by slug) or their vendors, as one line; empty if nothing."""
    rows = Connection.objects.of(user).concerning(tools)
    return "; ".join(str(row) for row in rows)[:LONGEST_SHOWN]


def is_connected(user: Any, tools: Iterable[str]) -> bool:
    """Whether somebody may not decide about some tools, because they declared a connection to one of them."""
    return Connection.objects.of(user).concerning(tools).exists()
