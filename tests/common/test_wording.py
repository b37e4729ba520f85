"""How long to wait, in words that are true and short."""

import pytest

from common.text.humanize import humanize_duration


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 second"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "60 seconds"),
        (61, "2 minutes"),
        (2_400, "40 minutes"),
        (3_300, "55 minutes"),
        (3_512, "about an hour"),
        (4_500, "about an hour"),
        (4_501, "about 2 hours"),
        (40_000, "about 11 hours"),
        (86_400, "about 24 hours"),
        (129_601, "about 2 days"),
    ],
)
def test_a_wait_in_words(seconds: int, words: str) -> None:
    assert humanize_duration(seconds) == words
