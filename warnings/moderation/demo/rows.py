"""Rows to choose from, sorted here: the databases sort text differently."""

from collections.abc import Iterable
from typing import Any

from directory.models import Tool


def by_slug(rows: Iterable[Any]) -> list[Any]:
    """Return rows sorted by their slug."""
    return sorted(rows, key=lambda row: row.slug)


def worst_tools(most: int) -> list[Tool]:
    """Return the tools with the highest risk, the highest first."""
    return sorted(by_slug(Tool.objects.all()), key=lambda tool: -tool.risk)[:most]
