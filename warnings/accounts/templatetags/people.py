"""Template tags about people (built in, see TEMPLATES)."""

from typing import Any

from django import template

from accounts import policies
from accounts.display_names import FORMER, Name, author_of

register = template.Library()


@register.inclusion_tag("components/name.html")
def author(post: Any, nobody: str = FORMER) -> dict[str, Name]:
    """Render the author of a post, with a link to the profile if there is one."""
    return {"name": author_of(post, nobody)}


@register.simple_tag
def author_words(post: Any, nobody: str = FORMER) -> str:
    """Return the author's name as plain text."""
    return author_of(post, nobody).words


@register.simple_tag
def lacks_second_factor(user: Any) -> bool:
    """Return whether a visitor has to set up a second factor, as of now: a message would outlive its reason."""
    return user.is_authenticated and policies.lacks_second_factor(user)
