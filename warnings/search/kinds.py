"""Kinds of documents, and their labels in the index."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """The kinds of indexed documents."""

    TOOL = "tool", "Tools"
    FEATURE = "feature", "Features"
    FACT = "fact", "Facts"
    TACTIC = "tactic", "Tactics"
    MARKETPLACE = "marketplace", "Marketplaces"
    WARNING = "warning", "Warnings"
    REPORT = "report", "Reports"
    COMMENT = "comment", "Comments"


DIRECTORY_KINDS = (Kind.TOOL, Kind.FEATURE, Kind.FACT, Kind.TACTIC, Kind.MARKETPLACE)
POST_KINDS = (Kind.WARNING, Kind.REPORT, Kind.COMMENT)

# A prefix that no folded word can have, so labels never match texts.
_LABEL = "0zz"


# The filters of posts besides their kind.
SUBJECTS = ("tool", "tactic", "marketplace", "tag")


def subject_of(name: str) -> tuple[str, int] | None:
    """Return the subject and key of a label, or None if it is not a subject: the inverse of `label`."""
    for what in SUBJECTS:
        value = name.removeprefix(f"{_LABEL}{what}")
        if value != name and value.isdigit():
            return what, int(value)
    return None


def label(what: str, value: object) -> str:
    """Return the index term for a filter: `label("tool", 7)`."""
    return f"{_LABEL}{what}{value}"
