"""The digest of everything that was sent with a report, by which the same report is recognised."""

from collections.abc import Mapping
from typing import Any

from common.submission_keys import digest_of

# Fields of the form that hold no content: the files are enclosed, and nobody fills in the trap.
_NOT_TYPED = frozenset({"pictures", "website"})


def digest_of_report(fields: Mapping[str, Any], enclosed: Mapping[str, Any] | None = None) -> str:
    """Return what is stored as `sent_as` of a report with these cleaned fields and enclosures."""
    typed = {name: value for name, value in fields.items() if name not in _NOT_TYPED}
    return digest_of([typed, dict(enclosed or {})])
