"""Whether the time of an answer tells who has an account: known and unknown in turn, a thousand samples of each."""

import math
import time
from collections.abc import Callable
from importlib import import_module
from statistics import median
from typing import Any

from bench.measure import Row

SAMPLES = 1_000
PASSWORD = "correct horse battery"  # noqa: S105  (of an account that lives as long as the benchmark)


def measure() -> list[Row]:
    """The rows for signing in, asking for a new password, and following a report."""
    settings = import_module("django.conf").settings
    settings.RATE_LIMITS, settings.ACCOUNT_RATE_LIMITS = False, False
    client = import_module("django.test").Client(HTTP_HOST="127.0.0.1")
    user = import_module("accounts.models").User.objects.create_user("Heron", PASSWORD, email="heron@example.org")
    addresses = import_module("allauth.account.models").EmailAddress.objects
    addresses.create(user=user, email="heron@example.org", verified=True, primary=True)
    tracking = import_module("reports.tracking_codes")
    warning = import_module("reports.models").Warning.objects.first()
    code = tracking.code_of(b"somebody's secret")
    warning.reports.create(tracking_hash=tracking.hash_of(code))
    near = code[:-1] + ("a" if code[-1] != "a" else "i")

    def sign_in(login: str) -> Callable[[], Any]:
        return lambda: client.post("/accounts/login/", {"login": login, "password": "wrong wrong wrong"})

    def reset(email: str) -> Callable[[], Any]:
        return lambda: client.post("/accounts/password/reset/", {"email": email})

    def follow(guess: str) -> Callable[[], Any]:
        return lambda: client.get(f"/track/{guess}/")

    return [
        _alike("Signing in with a wrong password: a handle that exists", sign_in("Heron"), sign_in("Nobody")),
        _alike("Asking for a new password: an address with an account", reset(user.email), reset("no@example.org")),
        _alike("A tracking code that is wrong in one letter", follow(near), follow("b" + near[1:])),
    ]


def _alike(what: str, one: Callable[[], Any], other: Callable[[], Any]) -> Row:
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(SAMPLES + 20):
        # Each goes first as often: what comes second finds the caches warm.
        for which in ((0, 1), (1, 0))[number % 2]:
            start = time.perf_counter()
            (one, other)[which]()
            if number >= 20:
                times[which].append(time.perf_counter() - start)
    p = _chance(*times)
    ratio = median(times[0]) / median(times[1])
    return Row(what, f"one that is not there, {SAMPLES} each, p = {p:.3f}", ratio, "p above 0.01", p > 0.01)


def _chance(one: list[float], other: list[float]) -> float:
    """How likely such a difference is by chance: Mann and Whitney's test, two-sided, by its normal approximation."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(rank for rank, (_, which) in enumerate(ranked, start=1) if which == 0)
    n, m = len(one), len(other)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))
