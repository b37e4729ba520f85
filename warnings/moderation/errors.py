"""Exceptions of moderation."""

from datetime import datetime
from http import HTTPStatus

from django.core.exceptions import PermissionDenied

from common.errors import ForewarnedError, Sentence


class ClaimedByAnotherError(ForewarnedError):
    """Another moderator, `name`, has claimed the case until `until`."""

    def __init__(self, name: str, until: datetime) -> None:
        super().__init__(f"{name} looks at this case until {until:%H:%M} UTC.", "leased")
        self.name, self.until = name, until


class CaseClosedError(ForewarnedError):
    """The case has been decided meanwhile."""

    sentence = Sentence("This case was decided meanwhile. Nothing was changed.", "decided")


class ConflictOfInterestError(ForewarnedError, PermissionDenied):
    """Moderators cannot decide what they wrote, flagged, decided before or are connected to.

    The message says which applies.
    """

    status = HTTPStatus.FORBIDDEN


class ActionRefusedError(ForewarnedError):
    """The decision cannot be applied. The message gives the reason."""
