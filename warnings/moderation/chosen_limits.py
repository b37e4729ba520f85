"""Rate limits that administrators have overridden, cached per process."""

from django.db import DatabaseError

from common.ttl_cache import TTLCache
from moderation.models import ChosenLimit

SECONDS = 15


def _load() -> dict[str, int]:
    return dict(ChosenLimit.objects.values_list("name", "most"))


remembered: TTLCache[dict[str, int]] = TTLCache(_load, seconds=SECONDS, instead={}, failures=(DatabaseError,))


def chosen_most(name: str) -> int | None:
    """Return the override of a limit, or None if it has its default."""
    return remembered.get().get(name)
