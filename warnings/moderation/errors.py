"""Refusals of moderation."""

from datetime import datetime
from http import HTTPStatus

from django.core.exceptions import PermissionDenied

from common.errors import ForewarnedError, Sentence


class ClaimedByAnotherError(ForewarnedError):
    """Somebody else looks at the case; `name` says who, `until` how long at least."""

    def __init__(self, name: str, until: datetime) -> None:
        super().__init__(f"{name} looks at this case until {until:%H:%M} UTC.", "leased")
        self.name, self.until = name, until


class CaseClosedError(ForewarnedError):
    """The case was decided meanwhile."""

    sentence = Sentence("This case was decided meanwhile. Nothing was changed.", "decided")


class ConflictOfInterestError(ForewarnedError, PermissionDenied):
    """Nobody decides on what they wrote, flagged, decided before, or have to do with; the message says which."""

    status = HTTPStatus.FORBIDDEN


class ActionRefusedError(ForewarnedError):
    """A decision cannot be carried out; the message says why, as a sentence."""
