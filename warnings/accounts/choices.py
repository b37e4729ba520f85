"""Choices of the accounts models."""

from django.db.models import TextChoices


class TrustLevel(TextChoices):
    """How far a user's contributions are trusted. The permissions say what each level may do."""

    NEW = "new"
    MEMBER = "member"
    TRUSTED = "trusted"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class NotificationKind(TextChoices):
    """The kinds of notifications."""

    ANSWER = "answer", "Somebody answers a comment of mine"
    MENTION = "mention", "Somebody mentions me"
    OWN_WARNING = "own-warning", "Something happens on a warning that I began"
    OWN_WORK = "own-work", "A moderator or editor decides on something of mine"
    DECISION = "decision", "A moderator takes something of mine down, or decides about my account"
    WATCHED = "watched", "Something new in what I watch"
    TRUST = "trust", "My trust level changes"
    CASE = "case", "Something waits for the moderators"


# The person concerned has a right to these notifications (DSA article 17), so they cannot be muted.
ALWAYS_SENT = frozenset({NotificationKind.DECISION})


class Digest(TextChoices):
    """How often notifications are mailed in a digest."""

    NEVER = "never", "Never"
    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"
