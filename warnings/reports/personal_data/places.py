"""Locations: IP addresses and geographic coordinates. Pure."""

import ipaddress
import re
from collections.abc import Iterator

from reports.personal_data.kinds import Hit, Kind, hit

_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}(?:\.|\[\.\])){3}\d{1,3}(?![A-Za-z\d]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f:]{6,39}(?:(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])")
_SAYS_VERSION = re.compile(
    r"(?:version|versi[oó]n|ver|v|release|build|firmware|driver|update[sd]?|section|clause|chapter|paragraph|§"
    r"|art(?:icle)?"
    r"|sdk|api|protocol|upgraded? to|版本)[.:]?[ ]?\Z",
    re.IGNORECASE,
)
_SAYS_ADDRESS = re.compile(
    r"(?:ip|ips|ipv4|address|adresse|addresses|from|server|host|proxy|login|at|via|von|desde)\Z", re.I
)
_WORD_BEFORE = re.compile(r"([^\W\d_]{2,30})[ ]\Z")
_SMALLEST_DECIMALS = 4
_PAIR = re.compile(
    r"(?<![\w.,$€£-])(?P<lat>[+-]?\d{1,2}\.\d{3,12})(?P<ns>[ ]?°?[ ]?[NS]?)"
    r"(?P<comma>[ ]?[,;/][ ]?|[ ]{1,2})(?:(?:lon|lng|long|longitude)[:= ]{1,3})?"
    r"(?P<lon>[+-]?\d{1,3}\.\d{3,12})(?P<ew>[ ]?°?(?:[ ]?[EWO](?![A-Za-z]))?)(?![\d%]|\.\d)",
    re.IGNORECASE,
)
_SAYS_PLACE = re.compile(
    r"(?:lat|latitude|gps|coordinates|coords|location|koordinaten|coordenadas|lokasi)[ :=(a-z]{0,6}\Z", re.I
)
_MINUTES = r"\d{1,3}[ ]?°[ ]?\d{1,2}[ ]?['’′´][ ]?(?:\d{1,2}(?:\.\d{1,6})?[ ]?(?:[\"”″]|''|′′)[ ]?)?"
_SEXAGESIMAL = re.compile(rf"(?<!\d){_MINUTES}[NS][ ,]{{0,3}}{_MINUTES}[EWO](?!\w)")


def network_addresses(text: str, nobody: frozenset[str] = frozenset()) -> Iterator[Hit]:
    """Yield IPv4 and IPv6 addresses, but no version numbers after names of tools and sites."""
    for found in _IPV4.finditer(text):
        before = text[max(0, found.start() - 32) : found.start()]
        if _is_somewhere(found.group().replace("[.]", ".")) and not _is_version(before, nobody):
            yield hit(Kind.IP, found.start(), found.end())
    for found in _IPV6.finditer(text):
        address = found.group().rstrip(":") if not found.group().endswith("::") else found.group()
        if address.count(":") >= 2 and re.search(r"\d", address) and _is_somewhere(address):
            yield hit(Kind.IP, found.start(), found.start() + len(address))


def _is_somewhere(text: str) -> bool:
    """Return whether a text is an IP address, other than loopback or unspecified."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_unspecified or address.is_loopback or text.startswith(("0.", "255.")))


def _is_version(before: str, nobody: frozenset[str]) -> bool:
    if _SAYS_VERSION.search(before):
        return not before.rstrip(": .").lower().endswith("ip")
    word = _WORD_BEFORE.search(before)
    if word is None or _SAYS_ADDRESS.search(word.group(1)):
        return False
    return word.group(1).casefold() in nobody or (word.group(1)[0].isupper() and not word.group(1).isupper())


def coordinates(text: str) -> Iterator[Hit]:
    """Yield geographic coordinates: decimal pairs accurate to about ten meters, or degrees, minutes and seconds."""
    for found in _PAIR.finditer(text):
        if _is_on_the_map(found, text[max(0, found.start() - 24) : found.start()]):
            trailing = len(found.group()) - len(found.group().rstrip())
            yield hit(Kind.COORDINATES, found.start(), found.end() - trailing)
    for found in _SEXAGESIMAL.finditer(text):
        yield hit(Kind.COORDINATES, found.start(), found.end())


def _is_on_the_map(found: re.Match[str], before: str) -> bool:
    latitude, longitude = found["lat"], found["lon"]
    if abs(float(latitude)) > 90 or abs(float(longitude)) > 180:
        return False
    says_so = bool(_SAYS_PLACE.search(before)) or bool((found["ns"] + found["ew"]).strip())
    if says_so:
        return True
    if not re.search(r"[,;/]", found["comma"]) and longitude[0] not in "+-":
        return False
    exact = min(len(latitude.split(".")[1]), len(longitude.split(".")[1])) >= _SMALLEST_DECIMALS
    # Two small numbers are usually prices or ratios.
    return exact and max(abs(float(latitude)), abs(float(longitude))) >= 2
