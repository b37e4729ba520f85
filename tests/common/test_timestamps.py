"""Times that come back from a page are read, and everything else is refused without overflowing."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common.text.timestamps import parse_timestamp


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-30T12:00:00+00:00", datetime(2026, 11, 30, 12, tzinfo=UTC)),
        ("2026-11-30T12:00:00.000001Z", datetime(2026, 11, 30, 12, 0, 0, 1, tzinfo=UTC)),
        ("2026-11-30 12:00:00+05:30", datetime(2026, 11, 30, 6, 30, tzinfo=UTC)),
    ],
)
def test_a_time_with_a_zone(text: str, found: datetime) -> None:
    assert parse_timestamp(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *(None, 7, 1e400, True, [], {}, b"2026-11-30T12:00:00Z"),
        *("", "yesterday", "2026-11-30", "2026-11-30T12:00:00", "2026-02-30T12:00:00Z", "2026-11-30T12:00:00+99:00"),
        *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z", "99999-01-01T00:00:00Z"),
    ],
)
def test_anything_else_is_refused(text: object) -> None:
    with pytest.raises(ValueError):
        parse_timestamp(text)


@given(st.text() | st.datetimes().map(lambda time: f"{time.isoformat()}+23:59"))
@example("２０２６-11-30T12:00:00Z")
def test_nothing_else_is_raised(text: str) -> None:
    with suppress(ValueError):
        assert parse_timestamp(text).tzinfo is UTC
