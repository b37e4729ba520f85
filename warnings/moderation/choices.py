"""Choices of the moderation models."""

from django.db.models import TextChoices


class CaseKind(TextChoices):
    """Why a case was opened."""

    REPORT = "report", "Report"
    AFTERWARDS = "afterwards", "Report shown at once"
    COMMENT = "comment", "Comment"
    FLAGS = "flags", "Flagged"
    SUGGESTION = "suggestion", "Suggested edit"
    ENTRY = "entry", "Suggested edit of the directory"
    ALARM = "alarm", "Votes that need a look"
    APPEAL = "appeal", "Appeal"
    NOTICE = "notice", "Legal notice"
    STATEMENT = "statement", "Statement of a named party"
    FACT = "fact", "Fact to check again"
    SOURCE = "source", "Source reported changed"
    ACCOUNT = "account", "Account"


class LegalThreatKind(TextChoices):
    """How the site is threatened because of what it publishes."""

    DEMAND = "demand", "Demand of whom it is about"
    LETTER = "letter", "Letter of a lawyer"
    CLAIM = "claim", "Claim in court"
    ABUSE = "abuse", "Threats or abuse against people of the site"
    OTHER = "other", "Something else"


class CaseState(TextChoices):
    """Whether a case is open."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Act(TextChoices):
    """What a moderator can decide."""

    PUBLISH = "publish", "Approve"
    REQUEST_CHANGES = "ask", "Ask for changes"
    DECLINE = "decline", "Decline"
    MERGE = "merge", "Merge into another"
    NO_ACTION = "keep", "Leave as it is"
    UNFOUNDED = "unfounded", "Leave as it is: the notice is manifestly without ground"
    WARN_NOTIFIER = "warn-notifier", "Leave as it is, and warn who sent the notice"
    PAUSE_NOTIFIER = "pause-notifier", "Leave as it is, and let notices from this address wait"
    UNPUBLISH = "unpublish", "Take down"
    HIDE = "hide", "Hide for now"
    RESTORE = "restore", "Show again"
    LOCK = "lock", "Lock"
    UNLOCK = "unlock", "Unlock"
    DISPUTE = "dispute", "Mark as disputed"
    UNDISPUTE = "undispute", "End the dispute"
    REDACT = "redact", "Remove passages"
    ACCEPT = "accept", "Accept the edit"
    CORRECTED = "corrected", "Corrected by hand"
    RECHECK = "recheck", "It changed: check again what rests on it"
    VOID_VOTES = "void", "Void the votes"
    WARN = "warn", "Warn the person"
    SUSPEND = "suspend", "Suspend the person"
    UNSUSPEND = "lift", "End the suspension"
    UPHOLD = "uphold", "The decision stands"
    OVERTURN = "overturn", "Undo the decision"


class Basis(TextChoices):
    """What prompted the moderators' review (DSA article 17(3)(b))."""

    OWN = "own", "The moderators' own initiative"
    SUBMISSION = "submission", "It was sent to us for publication"
    FLAG = "flag", "Flags of readers"
    NOTICE = "notice", "A legal notice"
    APPEAL = "appeal", "An appeal"
    RULE = "rule", "An automatic rule"


class FlagReason(TextChoices):
    """Why a reader flags something."""

    UNTRUE = "untrue", "It is not true"
    PERSONAL = "personal", "It names or exposes a person"
    HATE = "hate", "It attacks people, not conduct"
    SPAM = "spam", "It is advertising or spam"
    OFF_TOPIC = "off-topic", "It does not belong here"
    OUTDATED = "outdated", "It is out of date"
    CHANGED = "changed", "The page says something else now"
    GONE = "gone", "The page is gone, or cannot be opened"
    OTHER = "other", "Something else"


class FlagState(TextChoices):
    """The outcome of a flag."""

    OPEN = "open", "Waits for a moderator"
    UPHELD = "upheld", "Right: something was done"
    TURNED_DOWN = "turned-down", "Looked at, and left as it is"


class AppealState(TextChoices):
    """The outcome of an appeal."""

    OPEN = "open", "Waits for another moderator"
    UPHELD = "upheld", "The decision stands"
    OVERTURNED = "overturned", "The decision was undone"


class NoticeGround(TextChoices):
    """The legal ground of a notice."""

    DEFAMATION = "defamation", "It is false and harms somebody's reputation"
    PRIVACY = "privacy", "It shows personal data or private life"
    COPYRIGHT = "copyright", "It uses a work or a mark without permission"
    HATE = "hate", "It incites hatred or violence"
    ABUSE = "abuse", "It shows sexual abuse"
    OTHER = "other", "Another law"


class AnnouncementLevel(TextChoices):
    """The style of an announcement."""

    INFO = "info", "Information"
    WARNING = "warning", "Warning"


class StatementState(TextChoices):
    """The state of a vendor's statement."""

    UNVERIFIED = "unverified", "Waits for proof of who writes"
    PENDING = "pending", "Waits for a moderator"
    PUBLISHED = "published", "Shown"
    DECLINED = "declined", "Not shown"
    REPLACED = "replaced", "Replaced by a newer one"
    WITHDRAWN = "withdrawn", "Withdrawn by the vendor"


AUTHOR, FLAGGER, NOTIFIER, SPEAKER = "author", "flagger", "notifier", "speaker"
"""The roles in which a person can appeal."""
