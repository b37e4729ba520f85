"""Rate limits, counted per source without storing anybody's address.

A source is a keyed hash of the network that a request came from, with a salt that is thrown away each day: the same
network cannot be recognised the day after, and no address can be worked out from what is stored.
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
from django.http import HttpRequest

from common.errors import ForewarnedError
from common.text.humanize import humanize_duration

# So much of an address is a network: one household or office, not one person.
IPV4_PREFIX, IPV6_PREFIX = 24, 48
DAY = 86_400


@dataclass(frozen=True)
class Limit:
    """At most `most` times in `seconds`, for what goes by this name; `about` tells people what is counted for whom.

    `reached` is what somebody reads who has to wait. Each limit is in the register, so that a page can show all of
    them and a host can choose another number, `least` or more.
    """

    name: str
    most: int
    seconds: int
    about: str
    reached: str = "That was often."
    least: int = 1

    def __post_init__(self) -> None:
        if REGISTER.setdefault(self.name, self) != self:
            raise ValueError(f"There is another limit of the name {self.name}.")


REGISTER: dict[str, Limit] = {}


class Chosen:
    """What a host chose instead of the limits' own numbers; the app that stores it puts its way of asking here."""

    most_of: Callable[[str], int | None] = staticmethod(lambda name: None)


class RateLimitedError(ForewarnedError):
    """A limit is reached; `wait` says after how many seconds it may be tried again, `words` how long that is."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, wait: int, limit: Limit) -> None:
        super().__init__(f"Too often; wait {wait} seconds.", "too-often")
        self.wait, self.limit, self.words = wait, limit, humanize_duration(wait)


def use(limit: Limit, who: str) -> None:
    """Count one use by `who`. Raises RateLimitedError when the limit is reached: exactly `most` uses get through."""
    if not settings.RATE_LIMITS:
        return
    now = time.time()
    left = int(limit.seconds - now % limit.seconds) + 1
    key = _key(limit, who, now)
    cache.add(key, 0, timeout=left)
    try:
        used = cache.incr(key)
    except ValueError:
        # It expired between the two: a new window has begun.
        used = 1
    if used > most(limit):
        raise RateLimitedError(left, limit)


def most(limit: Limit) -> int:
    """How often at most it is now: the host's number, or the limit's own."""
    return Chosen.most_of(limit.name) or limit.most


def is_reached(limit: Limit, who: str) -> bool:
    """Whether `who` has no use of a limit left; counts nothing."""
    used = cache.get(_key(limit, who, time.time())) if settings.RATE_LIMITS else None
    return used is not None and used >= most(limit)


def source(request: HttpRequest) -> str:
    """Where a request comes from, as a word that means nothing tomorrow."""
    network = _network(client_address(request))
    return hmac.new(_salt(), network.encode(), hashlib.sha256).hexdigest()[:32]


def client_address(request: HttpRequest) -> str:
    """Return the address of a request; trust the proxy's header only where the host configured a proxy.

    The proxy appends the address it saw to X-Forwarded-For; anybody can write what comes before it.
    """
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        last = forwarded.rpartition(",")[2].strip()
        if last:
            return last
    return str(request.META.get("REMOTE_ADDR", ""))


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
    """Today's salt. It is kept with the counters and nowhere else, and is gone when the day is."""
    now = time.time()
    today = int(now // DAY)
    salt = cache.get(f"salt:{today}")
    if salt is None:
        cache.add(f"salt:{today}", secrets.token_hex(32), timeout=DAY - int(now % DAY))
        cache.delete(f"salt:{today - 1}")
        salt = cache.get(f"salt:{today}")
    return f"{settings.SECRET_KEY}{salt}".encode()
