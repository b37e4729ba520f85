"""Validate web addresses, build absolute URLs of the site, and register path converters."""

import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.urls import register_converter

MAX_ADDRESS = 2_000
# A dot-atom of RFC 5322, without the signs of older routes: % and !.
_LOCAL_PART = re.compile(r"[a-z0-9#$&'*+/=?^_`{|}~-]+(?:\.[a-z0-9#$&'*+/=?^_`{|}~-]+)*", re.IGNORECASE | re.ASCII)
# Python knows IDNA of 2003, which takes straße.de for strasse.de; since 2008 that is another domain.
_CHANGED_SINCE = frozenset("ßς\u200c\u200d")
# They open a page, a file or code, not an app.
_SCHEMES_OF_BROWSERS = frozenset(
    {"http", "https", "ftp", "file", "data", "javascript", "about", "blob", "ws", "wss", "view-source"}
)
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def split_url(url: str) -> SplitResult:
    """Return the parts of a URL, which are empty if it is malformed: `http://[::1/x` would raise ValueError."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def validate_web_url(url: str) -> str:
    """Return `url` if it is a plain http or https URL; else raise ValueError with the reason in words."""
    if len(url) > MAX_ADDRESS:
        raise ValueError(f"the address is longer than {MAX_ADDRESS} characters")
    if re.search(r"[\s\x00-\x1f\x7f<>\"\\^`{|}]", url):
        raise ValueError(f"{url!r} holds a space or a character that no address may hold")
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises ValueError if it is not a number
    except ValueError:
        raise ValueError(f"{url!r} is not a web address") from None
    if parts.scheme not in {"http", "https"}:
        raise ValueError(f"{url!r} does not begin with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise ValueError(f"{url!r} holds a user name; leave it out")
    validate_domain((parts.hostname or "").lower())
    return url


def validate_domain(domain: str) -> str:
    """Return `domain` if it is a lower-case host name such as `t.me`; else raise ValueError."""
    try:
        ascii_form = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise ValueError(f"{domain!r} is not a domain name") from None
    if domain != domain.lower() or not _DOMAIN.fullmatch(ascii_form):
        raise ValueError(f"{domain!r} is not a domain name such as t.me")
    return domain


def ascii_host(host: str) -> str:
    """Return a host name in lower case and in the letters of the DNS, for comparison. Raises ValueError."""
    plain = unicodedata.normalize("NFKC", host).strip().lower().removesuffix(".")
    if _CHANGED_SINCE.intersection(plain):
        raise ValueError(f"{host!r} has a letter that Python's IDNA takes for another one")
    return plain.encode("idna").decode("ascii")


def mailbox_at(email: str, domain: str) -> str:
    """Return an email address at exactly this domain or its `www.`, as mail has to be sent to it; else empty.

    Local parts that some servers pass on to another domain, such as `"a@evil.example"` and `a%evil.example`, count
    as addresses of that domain.
    """
    local, _, typed = email.rpartition("@")
    try:
        host, wanted = ascii_host(typed), ascii_host(domain)
    except ValueError:
        return ""
    ours = wanted and host.removeprefix("www.") == wanted.removeprefix("www.")
    return f"{local}@{host}" if ours and _LOCAL_PART.fullmatch(local) else ""


def validate_link_prefix(prefix: str) -> str:
    """Return `prefix` if it is a domain with at most one path segment (`g.co/meet`); else raise ValueError."""
    domain, slash, path = prefix.partition("/")
    validate_domain(domain)
    if slash and not re.fullmatch(r"[A-Za-z0-9._~-]+", path):
        raise ValueError(f"{prefix!r} is not a domain with one part of a path such as g.co/meet")
    return prefix


def validate_app_scheme(scheme: str) -> str:
    """Return `scheme` if it can open an app (`dingtalk` of `dingtalk://chat`); else raise ValueError."""
    if not re.fullmatch(r"[a-z][a-z0-9+.-]{0,39}", scheme):
        raise ValueError(f"{scheme!r} is not the scheme of an app's links such as dingtalk, in small letters")
    if scheme in _SCHEMES_OF_BROWSERS:
        raise ValueError(f"{scheme!r} opens no app, but a page")
    return scheme


def absolute_url(address: str) -> str:
    """Return a path of this site (`/tools/`) prefixed with PUBLIC_URL."""
    return f"{settings.PUBLIC_URL}{address}"


TAG_SLUG, FEED_FORM = "tagslug", "feedform"


class TagSlugConverter:
    r"""A tag's slug or name in any script. Vowel signs are no `\w`, so this says what an address cannot hold."""

    regex = r"[^\x00-\x20\x7f/.]+"

    def to_python(self, value: str) -> str:
        """Return the slug from a URL."""
        return value

    def to_url(self, value: str) -> str:
        """Return the slug for a URL."""
        return value


class FeedFormConverter(TagSlugConverter):
    """The extension of a feed's URL."""

    regex = "atom|rss|json"


# Registered here because several apps use them, and a name can be registered only once.
register_converter(TagSlugConverter, TAG_SLUG)
register_converter(FeedFormConverter, FEED_FORM)
