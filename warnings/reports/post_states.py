"""Serialise the state of posts to JSON before and after a decision, so that it can be undone exactly."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from reports.models import Comment, Report, Warning

Post = Warning | Report | Comment
_MODELS: dict[str, Any] = {"warning": Warning, "report": Report, "comment": Comment}
TEXTS = {
    "warning": ("title", "summary", "body", "what_to_do"),
    "report": ("body", "remarks"),
    "comment": ("body",),
}


def states_of(posts: Iterable[Post]) -> list[dict[str, Any]]:
    """Return the states of posts, in their order."""
    return [state_of(post) for post in posts]


def state_of(post: Post) -> dict[str, Any]:
    """Return the state of a post: its identity, status, dates and texts, and the flags that moderators can set."""
    state: dict[str, Any] = {
        "kind": post._meta.model_name,
        "key": post.pk,
        "status": str(post.status),
        "published_at": _as_text(post.published_at),
        "texts": {name: getattr(post, name) for name in TEXTS[str(post._meta.model_name)]},
    }
    state["taken_down_at"] = _as_text(post.taken_down_at)
    if isinstance(post, Warning):
        return state | {"merged_into": post.merged_into_id, "locked": post.locked, "disputed": post.disputed}
    if isinstance(post, Report):
        shown = post.evidence.filter(published=True).values_list("pk", flat=True)
        state |= {"warning": post.warning_id, "pictures": sorted(shown)}
    return state


def posts_of(states: Sequence[dict[str, Any]]) -> list[Post]:
    """Lock and return the posts that the states belong to, in the global lock order, skipping deleted ones."""
    found: list[Post] = []
    for kind, model in _MODELS.items():
        keys = [state["key"] for state in states if state["kind"] == kind]
        found += (
            model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
        )
    return found


def _as_text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
