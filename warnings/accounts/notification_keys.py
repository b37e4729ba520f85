"""Keys by which notifications about the same thing find each other."""

from typing import Any

from accounts.choices import NotificationKind


def key_of_news(post: Any) -> str:
    """Return the key of the notification that tells the author of a post or suggestion what was decided on it."""
    return f"{post._meta.model_name}:{getattr(post, 'public_id', post.pk)}"


def key_of_warning(kind: NotificationKind, warning: int) -> str:
    """Return the key of notifications about a warning. Not by its address, which may be redacted later."""
    return f"{kind}:{warning}"
