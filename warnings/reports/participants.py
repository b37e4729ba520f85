"""Count the participants of warnings and comments, for sorting."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from accounts.permissions import PERMISSIONS
from reports.choices import Status
from reports.models import Comment, Report, Vote, Warning


def participants(post: Warning | Comment) -> int:
    """How many people with standing voted on, answered or reported something, its author not among them."""
    return participants_of([post])[post.pk]


def participants_of(posts: Sequence[Warning | Comment]) -> dict[int, int]:
    """The same for several warnings, or several comments, by key, in one query."""
    found: dict[int, set[int]] = defaultdict(set)
    if posts:
        for post, person in _who_took_part(type(posts[0]), [post.pk for post in posts]):
            found[post].add(person)
    return {post.pk: len(found[post.pk] - {post.author_id}) for post in posts}


def _who_took_part(model: type[Warning | Comment], keys: list[int]) -> Any:
    """Pairs of the key of a thing and that of somebody with standing who took part in it."""
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
