"""The cache in the database: exact counting, whatever asks at once, and gone when its time is over."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from accounts.models import CacheEntry
from tests.services.processes import start

pytestmark = pytest.mark.django_db

COUNTING = """
from common.http.rate_limits import Limit, RateLimitedError, use
passed = 0
for _ in range(25):
    try:
        use(Limit("contested", most=40, seconds=10**9, about="Tests"), "everybody")
        passed += 1
    except RateLimitedError:
        pass
print(passed)
"""


def test_it_keeps_what_is_json_until_its_time_is_over() -> None:
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC), tick=False) as clock:
        cache.set("a", [1, "two", None], timeout=10)
        assert cache.get("a") == [1, "two", None]
        assert "a" in cache
        clock.shift(11)
        assert cache.get("a", "gone") == "gone"
        assert "a" not in cache


def test_many_values_are_read_with_one_query(django_assert_num_queries: Any) -> None:
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC), tick=False) as clock:
        cache.set("old", 1, timeout=5)
        clock.shift(6)
        cache.set_many({"a": 1, "b": [2]}, timeout=10)
        with django_assert_num_queries(1):
            assert cache.get_many(["a", "b", "old", "never"]) == {"a": 1, "b": [2]}


def test_one_of_two_that_add_succeeds_and_an_expired_value_is_no_obstacle() -> None:
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC), tick=False) as clock:
        assert cache.add("b", 1, timeout=10)
        assert not cache.add("b", 2, timeout=10)
        assert cache.get("b") == 1
        clock.shift(11)
        assert cache.add("b", 3, timeout=10)
        assert cache.get("b") == 3


def test_counting_needs_a_number_to_begin_with() -> None:
    with pytest.raises(ValueError, match="nothing"):
        cache.incr("nothing")
    cache.set("c", 4)
    assert (cache.incr("c"), cache.incr("c", 3), cache.decr("c")) == (5, 8, 7)


def test_values_can_be_kept_longer_and_forgotten() -> None:
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC), tick=False) as clock:
        cache.set("d", 1, timeout=10)
        assert cache.touch("d", 100)
        clock.shift(50)
        assert cache.get("d") == 1
        assert cache.delete("d")
        assert not cache.delete("d")
        assert not cache.touch("d")
        cache.set("e", 1, timeout=None)
        clock.shift(10**9)
        assert cache.get("e") == 1
    cache.clear()
    assert not CacheEntry.objects.exists()


def test_what_is_over_is_thrown_out_now_and_then() -> None:
    CacheEntry.objects.create(key="old", value="1", expires_at=time.time() - 1)
    for number in range(60):
        cache.set(f"n{number}", number)
    assert not CacheEntry.objects.filter(key="old").exists()


def test_counting_from_several_processes_is_exact(bare_site: dict[str, str]) -> None:
    # It takes seconds: four processes count.
    running = [start(COUNTING, bare_site) for _ in range(4)]
    answers = [process.communicate(timeout=120) for process in running]
    assert sum(int(out) for out, _ in answers) == 40, answers
