"""What is counted of warnings and comments to order them by."""

from accounts.permissions import PERMISSIONS
from reports.models import Comment, Vote, Warning


def participants(thing: Warning | Comment) -> int:
    """How many people with standing voted on, answered or reported something, its author not among them."""
    levels = PERMISSIONS["vote_counts"].others
    voters = Vote.objects.on(thing).counting().filter(standing=True).order_by().values("user")
    if isinstance(thing, Warning):
        speakers = thing.comments.published().filter(author__trust_level__in=levels).order_by().values("author")
        reporters = thing.reports.published().filter(author__trust_level__in=levels).order_by().values("author")
        everybody = voters.union(speakers, reporters)
    else:
        everybody = voters.union(
            thing.answers.published().filter(author__trust_level__in=levels).order_by().values("author")
        )
    found = {key for (key,) in everybody.values_list("user")}
    return len(found - {thing.author_id})
