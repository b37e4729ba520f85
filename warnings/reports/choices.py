"""Choices of warnings, reports and their discussion."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a warning, report or comment stands; the allowed moves are in workflow.py."""

    DRAFT = "draft", "Draft"
    PENDING = "pending", "Waiting for a moderator"
    CHANGES_ASKED = "changes-asked", "Changes asked"
    PUBLISHED = "published", "Published"
    UNPUBLISHED = "unpublished", "Unpublished"
    HIDDEN = "hidden", "Hidden until a moderator looks"
    MERGED = "merged", "Merged into another"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn by its author"


class Outcome(TextChoices):
    """How it ended for the person who reports."""

    NOT_STATED = "not-stated", "Not stated"
    REFUSED = "refused", "Refused in time"
    LOST_MONEY = "lost-money", "Lost money"
    LOST_ACCOUNT = "lost-account", "Lost the account"
    HARASSED = "harassed", "Was harassed"
    OTHER = "other", "Something else"


class Stance(TextChoices):
    """How a comment stands to the warning."""

    NONE = "", "Comment"
    AGREES = "agrees", "Agrees"
    DISAGREES = "disagrees", "Disagrees"
    ADVICE = "advice", "Advice"
    THANKS = "thanks", "Thanks"


class EvidenceKind(TextChoices):
    """What a stored file is; everything else is converted or refused."""

    PNG = "image/png", "PNG image"
    WEBP = "image/webp", "WebP image"


class RevisionState(TextChoices):
    """Whether a stored version became the warning's text."""

    APPLIED = "applied", "Applied"
    SUGGESTED = "suggested", "Waits for a decision"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn by its author"


class VoidReason(TextChoices):
    """Why a vote does not count at present."""

    SUSPENDED = "suspended", "Its voter is suspended"
    RING = "ring", "Part of a ring"


class AlarmKind(TextChoices):
    """What votes look like when they are not those of independent people."""

    BURST = "burst", "Many new accounts at once"
    RING = "ring", "Accounts that vote for each other"
