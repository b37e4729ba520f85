"""What is counted in memory has an end, in time and in number."""

from common.memory_counts import MemoryCounts


def test_each_key_is_counted_until_its_time() -> None:
    counts = MemoryCounts()
    assert [counts.add("a", until=10), counts.add("a", until=99), counts.add("b", until=10)] == [1, 2, 1]
    assert (counts.get("a", now=9), counts.get("a", now=10), counts.get("c", now=9)) == (2, 0, 0)


def test_of_too_many_keys_the_oldest_goes() -> None:
    counts = MemoryCounts(most_keys=2)
    for key in "abac":
        counts.add(key, until=10)
    assert [counts.get(key, now=1) for key in "abc"] == [2, 0, 1]
    counts.clear()
    assert counts.get("a", now=1) == 0
