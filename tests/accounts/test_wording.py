"""Sentences about accounts that carry a rule: what the next level takes, and a record in steps."""

import pytest

from accounts.choices import TrustLevel
from accounts.trust import Record, in_steps, level_of, next_step


def test_the_next_step_leads_where_it_says() -> None:
    record = Record(approved=3, helpful=4, days=10)
    words = "You become trusted with 2 more approved contributions, 1 more helpful vote, 20 more days."
    assert next_step(record) == words
    assert level_of(Record(approved=5, helpful=5, days=30)) == TrustLevel.TRUSTED
    assert "forgotten 180 days later" in next_step(Record(approved=9, taken_down=2))
    assert "since the last thing" in next_step(Record(approved=9, helpful=9, days=99, taken_down=1))


@pytest.mark.parametrize(
    ("record", "steps"),
    [
        (Record(), ["none", "none", "none", "under a week"]),
        (Record(1, 4, 1, 7), ["1 to 4", "1 to 4", "1", "under a month"]),
        (Record(5, 99, 2, 30), ["5 or more", "5 or more", "2 or more", "under a year"]),
        (Record(days=365), ["none", "none", "none", "a year or more"]),
    ],
)
def test_a_record_is_told_in_steps(record: Record, steps: list[str]) -> None:
    assert list(in_steps(record).values()) == steps
