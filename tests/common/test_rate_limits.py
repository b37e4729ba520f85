"""Limits: exactly as many as allowed, per network, without an address anywhere."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import DatabaseError
from django.test import RequestFactory

from accounts.models import CacheEntry
from common.http.rate_limits import Limit, RateLimitedError, client_address, is_reached, source, use

pytestmark = pytest.mark.django_db

THREE = Limit("test", most=3, seconds=60, about="Tests")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def windows_begin_with_the_test() -> None:
    """They begin and end where the clock says: it is set here."""


def request(address: str, **headers: str) -> Any:
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def test_as_many_as_allowed_get_through_and_the_wait_is_told() -> None:
    with time_machine.travel(NOON + timedelta(seconds=20), tick=False) as clock:
        for _ in range(3):
            use(THREE, "somebody")
        with pytest.raises(RateLimitedError) as refused:
            use(THREE, "somebody")
        assert refused.value.wait == 41
        use(THREE, "somebody-else")
        clock.shift(refused.value.wait)
        use(THREE, "somebody")


@pytest.mark.parametrize(
    ("before", "times", "passes"), [(0, 3, True), (0, 4, False), (1, 2, True), (2, 2, False), (3, 0, True)]
)
def test_several_uses_are_counted_at_once(before: int, times: int, passes: bool) -> None:
    for _ in range(before):
        use(THREE, "somebody")
    with nullcontext() if passes else pytest.raises(RateLimitedError):
        use(THREE, "somebody", times=times)


def test_limits_can_be_switched_off_for_benchmarks(settings: Any) -> None:
    settings.RATE_LIMITS = False
    for _ in range(10):
        use(THREE, "somebody")


def test_a_counter_that_expires_meanwhile_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(key: str, *_: Any) -> int:
        raise ValueError(key)

    monkeypatch.setattr(cache, "incr", gone)
    use(THREE, "somebody")


def test_without_a_database_uses_are_counted_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise DatabaseError

    with monkeypatch.context() as failing:
        for name in ("get", "add", "incr"):
            failing.setattr(cache, name, broken)
        use(THREE, "offline", times=3)
        assert is_reached(THREE, "offline")
        with pytest.raises(RateLimitedError):
            use(THREE, "offline")
    with pytest.raises(RateLimitedError):
        use(THREE, "offline")


def test_one_network_is_one_source_and_another_is_another() -> None:
    same = {source(request(address)) for address in ("203.0.113.7", "203.0.113.250", "::ffff:203.0.113.9")}
    assert len(same) == 1
    assert source(request("203.0.114.7")) not in same
    assert source(request("2001:db8:1:2::1")) == source(request("2001:db8:1:ff::9"))
    assert source(request("nonsense")) == source(request(""))


def test_nobody_can_be_recognised_the_day_after() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        today = source(request("203.0.113.7"))
        assert source(request("203.0.113.7")) == today
        clock.shift(timedelta(days=1))
        assert source(request("203.0.113.7")) != today
        assert CacheEntry.objects.filter(key__contains="salt").count() == 1


def test_nothing_that_is_stored_holds_an_address() -> None:
    use(THREE, source(request("203.0.113.7")))
    assert "203.0.113" not in " ".join(f"{row.key} {row.value}" for row in CacheEntry.objects.all())


def test_an_address_that_somebody_claims_to_have_is_not_believed(settings: Any) -> None:
    forged = {"X-Forwarded-For": "198.51.100.1"}
    assert client_address(request("203.0.113.7", **forged)) == "203.0.113.7"
    settings.BEHIND_PROXY = True
    assert client_address(request("127.0.0.1", **forged)) == "198.51.100.1"
    two = {"X-Forwarded-For": "6.6.6.6, 198.51.100.1"}
    assert client_address(request("127.0.0.1", **two)) == "198.51.100.1"
    assert client_address(request("127.0.0.1")) == "127.0.0.1"
