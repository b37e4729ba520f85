"""Count the participants of warnings and comments, for sorting."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from accounts.permissions import PERMISSIONS
from reports.choices import Status
from reports.models import Comment, Report, Vote, Warning


def participants(post: Warning | Comment) -> int:
    """Return how many users whose votes count voted, replied or reported, excluding the author."""
    return participants_of([post])[post.pk]


def participants_of(posts: Sequence[Warning | Comment]) -> dict[int, int]:
    """Return the participants of several posts of the same model, by primary key, in one query."""
    found: dict[int, set[int]] = defaultdict(set)
    if posts:
        for post, person in _who_took_part(type(posts[0]), [post.pk for post in posts]):
            found[post].add(person)
    return {post.pk: len(found[post.pk] - {post.author_id}) for post in posts}


def _who_took_part(model: type[Warning | Comment], keys: list[int]) -> Any:
    """Return pairs of a post's primary key and that of a participant whose votes count."""
    levels = PERMISSIONS["vote_counts"].others
    name = str(model._meta.model_name)
    votes = (
        Vote.objects.counting().filter(standing=True, **{f"{name}__in": keys}).order_by().values_list(name, "user")
    )
    spoke = ((Comment, "warning"), (Report, "warning")) if model is Warning else ((Comment, "parent"),)
    rows = (
        kind._default_manager.filter(
            status=Status.PUBLISHED, author__trust_level__in=levels, **{f"{above}__in": keys}
        )
        .order_by()
        .values_list(above, "author")
        for kind, above in spoke
    )
    return votes.union(*rows)
