"""Choices of warnings, reports and their discussion."""

from django.db.models import TextChoices


class Status(TextChoices):
    """The workflow status of a post; `workflow.py` has the allowed transitions."""

    DRAFT = "draft", "Draft"
    PENDING = "pending", "Waiting for a moderator"
    CHANGES_ASKED = "changes-asked", "Changes asked"
    PUBLISHED = "published", "Published"
    UNPUBLISHED = "unpublished", "Unpublished"
    HIDDEN = "hidden", "Hidden until a moderator looks"
    MERGED = "merged", "Merged into another"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn by its author"


class CountKind(TextChoices):
    """What a number of published posts is of: all warnings, all reports, or the warnings about an entry."""

    WARNINGS = "warnings", "Warnings"
    REPORTS = "reports", "Reports"
    TOOL = "tool", "Warnings about a tool"
    TACTIC = "tactic", "Warnings about a tactic"
    MARKETPLACE = "marketplace", "Warnings about a marketplace"
    TAG = "tag", "Warnings with a tag"


class Outcome(TextChoices):
    """The outcome for the author of a report."""

    NOT_STATED = "not-stated", "Not stated"
    REFUSED = "refused", "Refused in time"
    LOST_MONEY = "lost-money", "Lost money"
    LOST_ACCOUNT = "lost-account", "Lost the account"
    HARASSED = "harassed", "Was harassed"
    OTHER = "other", "Something else"


class Stance(TextChoices):
    """A comment's stance on the warning."""

    NONE = "", "Comment"
    AGREES = "agrees", "Agrees"
    DISAGREES = "disagrees", "Disagrees"
    ADVICE = "advice", "Advice"
    THANKS = "thanks", "Thanks"


class EvidenceKind(TextChoices):
    """The media type of a stored file; other formats are converted or refused."""

    PNG = "image/png", "PNG image"
    WEBP = "image/webp", "WebP image"


class VoidReason(TextChoices):
    """Why a vote does not count."""

    SUSPENDED = "suspended", "Its voter is suspended"
    RING = "ring", "Part of a ring"


class AlarmKind(TextChoices):
    """A pattern of votes that do not look independent."""

    BURST = "burst", "Many new accounts at once"
    RING = "ring", "Accounts that vote for each other"
