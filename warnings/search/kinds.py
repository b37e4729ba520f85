"""Kinds of documents, and their labels in the index."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """The kinds of thing that the index holds."""

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

# Labels are terms that no text can hold: they begin as no folded word does.
_LABEL = "0zz"


# What posts can be narrowed by, besides their kind.
SUBJECTS = ("tool", "tactic", "marketplace", "tag")


def subject_of(name: str) -> tuple[str, int] | None:
    """What a label narrows to, if it is one of the subjects: the reverse of `label`."""
    for what in SUBJECTS:
        value = name.removeprefix(f"{_LABEL}{what}")
        if value != name and value.isdigit():
            return what, int(value)
    return None


def label(what: str, value: object) -> str:
    """The term by which the index narrows: `label("tool", 7)`."""
    return f"{_LABEL}{what}{value}"
