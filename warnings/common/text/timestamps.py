"""Read times that come back from a page, which anyone can change. Pure."""

from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime

_YEARS = range(1900, 9_000)


def parse_timestamp(text: object) -> datetime:
    """Return a time with its zone, in UTC.

    Raises ValueError for anything else, for a time without a zone, and for years in which arithmetic can overflow.
    """
    found = parse_datetime(text) if isinstance(text, str) else None
    if found is None or found.tzinfo is None or found.year not in _YEARS:
        raise ValueError("This is not a time with a zone.")
    return found.astimezone(UTC)
