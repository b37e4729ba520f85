"""Rate limits, counted per source without storing addresses.

A source is a keyed hash of the network of a request, with a salt that is discarded daily. The same network cannot be
recognised on the next day, and no address can be derived from what is stored.

While nothing can be stored, because the disk is full or read-only, each process counts uses in its memory: people go
on reading, and guesses of secrets are still bounded.
"""

import hashlib
import hmac
import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest

from common.errors import ForewarnedError
from common.memory_counts import MemoryCounts
from common.text.humanize import humanize_duration

# The prefix of an address that counts as one network: a household or office, not a person.
IPV4_PREFIX, IPV6_PREFIX = 24, 48
DAY = 86_400
_NOT_STORED = (DatabaseError, InterfaceError)
_IN_MEMORY = MemoryCounts()
# Instead of a salt that cannot be stored.
_SALT_IN_MEMORY = secrets.token_hex(32)


@dataclass(frozen=True)
class Limit:
    """At most `most` uses in `seconds`, under a unique name; `about` describes what is counted for whom.

    `reached` is shown to users who have to wait. Each limit is registered, so that a page can list all of them and
    administrators can choose another number, which must be `least` or more.
    """

    name: str
    most: int
    seconds: int
    about: str
    reached: str = "You have done this too often."
    least: int = 1

    def __post_init__(self) -> None:
        if REGISTER.setdefault(self.name, self) != self:
            raise ValueError(f"There is another limit of the name {self.name}.")


REGISTER: dict[str, Limit] = {}


class Chosen:
    """The source of overridden limits. The app that stores them sets `most_of`."""

    most_of: Callable[[str], int | None] = staticmethod(lambda name: None)


class RateLimitedError(ForewarnedError):
    """A limit is reached. `wait` is the number of seconds until the next try, `words` the same in words."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, wait: int, limit: Limit) -> None:
        self.wait, self.limit, self.words = wait, limit, humanize_duration(wait)
        super().__init__(f"{limit.reached} Please wait {self.words} and try again.", "too-often")


def use(limit: Limit, who: str, *, times: int = 1) -> None:
    """Count `times` uses by `who`, in memory if they cannot be stored.

    Raises RateLimitedError after exactly `most` uses.
    """
    if not settings.RATE_LIMITS or not times:
        return
    now = time.time()
    left = int(limit.seconds - now % limit.seconds) + 1
    key = _key(limit, who, now)
    try:
        used = _count(key, left, times) + _IN_MEMORY.get(key, now=now)
    except _NOT_STORED:
        used = _stored(key) + _IN_MEMORY.add(key, until=now + left, times=times)
    if used > most(limit):
        raise RateLimitedError(left, limit)


def most(limit: Limit) -> int:
    """Return the current number of a limit: the override or the default."""
    return Chosen.most_of(limit.name) or limit.most


def is_reached(limit: Limit, who: str) -> bool:
    """Return whether `who` has reached a limit; counts no use."""
    now = time.time()
    key = _key(limit, who, now)
    return settings.RATE_LIMITS and _stored(key) + _IN_MEMORY.get(key, now=now) >= most(limit)


def source(request: HttpRequest) -> str:
    """Return the source of a request, which changes daily."""
    network = _network(client_address(request))
    return hmac.new(_salt(), network.encode(), hashlib.sha256).hexdigest()[:32]


def client_address(request: HttpRequest) -> str:
    """Return the address of a request. Trust the proxy's header only if the host configured a proxy.

    The proxy appends the address it saw to X-Forwarded-For; the client controls everything before that.
    """
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        last = forwarded.rpartition(",")[2].strip()
        if last:
            return last
    return str(request.META.get("REMOTE_ADDR", ""))


def _count(key: str, left: int, times: int) -> int:
    cache.add(key, 0, timeout=left)
    try:
        return int(cache.incr(key, times))
    except ValueError:
        # The counter expired between the two calls, so a new window has begun.
        return times


def _stored(key: str) -> int:
    try:
        return int(cache.get(key) or 0)
    except _NOT_STORED:
        return 0


def _key(limit: Limit, who: str, now: float) -> str:
    return f"limit:{limit.name}:{who}:{int(now // limit.seconds)}"


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    prefix = IPV4_PREFIX if parsed.version == 4 else IPV6_PREFIX
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False))


def _salt() -> bytes:
    """Return today's salt. It is stored only in the cache and expires at the end of the day."""
    now = time.time()
    today = int(now // DAY)
    try:
        salt = cache.get(f"salt:{today}")
        if salt is None:
            cache.add(f"salt:{today}", secrets.token_hex(32), timeout=DAY - int(now % DAY))
            cache.delete(f"salt:{today - 1}")
            salt = cache.get(f"salt:{today}")
    except _NOT_STORED:
        salt = _SALT_IN_MEMORY
    return f"{settings.SECRET_KEY}{salt}".encode()
