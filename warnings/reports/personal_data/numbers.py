"""Card numbers, bank accounts, order numbers, network addresses and places on the map. Pure."""

import ipaddress
import re
from collections.abc import Iterator

from reports.personal_data.contacts import Hit
from reports.personal_data.kinds import Kind

_CARD = re.compile(r"(?<![\d-])[2-6](?:[ -]?\d){12,18}(?![\d-])")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}")
# How long an IBAN is by country (ISO 13616, SWIFT's registry).
_IBAN_LENGTHS = dict(
    pair.split(":")
    for pair in (
        "AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BR:29 BY:28 CH:21 CR:22 CY:28 CZ:24 DE:22 DK:18 DO:28"
        " EE:20 EG:29 ES:24 FI:18 FO:18 FR:27 GB:22 GE:22 GI:23 GL:18 GR:27 GT:28 HR:21 HU:28 IE:22 IL:23 IQ:23 IS:26"
        " IT:27 JO:30 KW:30 KZ:20 LB:28 LC:32 LI:21 LT:20 LU:20 LV:21 LY:25 MC:27 MD:24 ME:22 MK:19 MR:27 MT:31 MU:30"
        " NL:18 NO:15 PK:24 PL:28 PS:29 PT:25 QA:29 RO:24 RS:22 SA:24 SC:31 SE:24 SI:19 SK:24 SM:27 ST:25 SV:28 TL:23"
        " TN:24 TR:26 UA:29 VA:22 VG:24 XK:20"
    ).split()
)
_FIVERR_ORDER = re.compile(r"(?<![A-Za-z0-9])#?FO[0-9A-F]{8,20}(?![A-Za-z0-9])")
_ORDER = re.compile(
    r"\b(?:order|contract|invoice|transaction|txn|ticket|case|booking|payment|dispute|job|auftrag|bestell(?:ung)?|rechnung"
    r"|pedido|commande|factura|facture|pesanan)(?:s?nummer)?"
    r"(\s*(?:id|no\.?|number|nr\.?|num|code|ref(?:erence)?|n[uú]mero))?\s*(?:is|was)?\s*([:#=]{0,2})\s*"
    r"([A-Za-z0-9](?:[A-Za-z0-9-]{4,38})[A-Za-z0-9])(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![\d.\w])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\w)")
_IPV6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])")
_SAYS_VERSION = re.compile(r"(?:version|ver|v|release|build|firmware)\W{0,2}$", re.IGNORECASE)
_COORDINATES = re.compile(
    r"(?<![\d.])-?\d{1,2}\.\d{3,8}(?:°?\s?[NS])?\s?,\s?-?\d{1,3}\.\d{3,8}(?:°?\s?[EW]\b)?(?![\d.]\d)"
)


def cards(text: str) -> Iterator[Hit]:
    """Card numbers: 13 to 19 digits that begin with 2 to 6 and pass the check of Luhn (ISO/IEC 7812-1)."""
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if _passes_luhn(digits) and len(set(digits)) > 1:
            yield Kind.CARD, found.start(), found.end(), "[card number]"


def _passes_luhn(digits: str) -> bool:
    """Every second digit from the right is doubled, its digits are added up; the sum ends in 0."""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def ibans(text: str) -> Iterator[Hit]:
    """Bank accounts in the international form, whose remainder by 97 is 1 (ISO 13616)."""
    for found in _IBAN.finditer(text):
        length = int(_IBAN_LENGTHS.get(found.group()[:2].upper(), 0))
        end = _end_of(found.group(), length)
        if length and end and _is_iban(re.sub(r"[ -]", "", found.group()[:end])):
            yield Kind.IBAN, found.start(), found.start() + end, "[bank account]"


def _end_of(text: str, length: int) -> int:
    """Where the first `length` letters and digits of a text end; 0 if it has fewer."""
    seen = 0
    for place, character in enumerate(text):
        seen += character.isalnum()
        if seen == length:
            return place + 1
    return 0


def _is_iban(account: str) -> bool:
    moved = account[4:] + account[:4]
    return moved.isascii() and int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def orders(text: str) -> Iterator[Hit]:
    """Numbers of orders, contracts, invoices and payments."""
    for found in _FIVERR_ORDER.finditer(text):
        yield Kind.ORDER, found.start(), found.end(), "[order number]"
    for found in _ORDER.finditer(text):
        says_number, sign, token = found.groups()
        digits = sum(character.isdigit() for character in token)
        if digits >= (4 if says_number or sign else 6):
            yield Kind.ORDER, found.start(3), found.end(3), "[order number]"


def network_addresses(text: str) -> Iterator[Hit]:
    """IP addresses, of both versions; not the numbers of versions."""
    for pattern in (_IPV4, _IPV6):
        for found in pattern.finditer(text):
            if _SAYS_VERSION.search(text[max(0, found.start() - 12) : found.start()]):
                continue
            try:
                address = ipaddress.ip_address(found.group())
            except ValueError:
                continue
            if not address.is_unspecified:
                yield Kind.IP, found.start(), found.end(), "[IP address]"


def coordinates(text: str) -> Iterator[Hit]:
    """Places on the map as two numbers with at least three decimals: good to a hundred metres."""
    for found in _COORDINATES.finditer(text):
        yield Kind.COORDINATES, found.start(), found.end(), "[place]"
