"""Phone numbers: with a country code, after a word that introduces them, or with an unambiguous form. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumberMatcher, PhoneNumberType

from reports.personal_data.kinds import Hit, Kind, hit

_CANDIDATE = re.compile(
    r"(?<![A-Za-z0-9_$€£₹¥৳#=*])(?<!\d[.,:/-])(?:\([ ]?)?(?:\+[ ]?|00(?=[ ]?\d))?[(\[]?[ ]?"
    r"\d(?:(?:[ .()\[\]\-‐-―−]{1,3}|/)?+\d){5,24}+(?!\d|[.,]\d|[A-Za-z])"
)
_GROUP_END = re.compile(r"\d(?=\D|\Z)")
_DATE = re.compile(
    r"(?:19|20)\d\d[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|[12]\d|3[01])[-/. ](?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d[ ]?[-–/][ ]?(?:19|20)\d\d(?!\d)|\A(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\Z"
)
_THOUSANDS = re.compile(r"\A[1-9]\d{0,2}(?:[ .]\d{3}){1,4}\Z")
_DOTTED = re.compile(r"\A\d{1,3}(?:\.\d{1,3}){3}\Z")
_BETWEEN = r"[^\w\x00\n]{0,4}(?:[^\W\d]{1,12}[^\w\x00\n]{1,3}){0,3}\Z"
_SAYS_PHONE = re.compile(
    r"(?:(?<![A-Za-z])(?:phones?|tel|t[eé]l[eé]fonos?|t[eé]l[eé]phone|telefon(?:nummer|o|e)?|telf|telp|call(?:s|ed"
    r"|ing)?|whats?[ ]?app(?:ed)?|wapp|watsapp|wtsp|wa|viber|mobile?|m[oó]vil|celular|cell|cel|sms|text(?:s|ed)?"
    r"|ring|dial|handy"
    r"(?:nummer)?|anrufen|ruf|ll[aá]m\w{1,6}|portable|appel\w{0,4}|joindre|hubungi|hp|imo|phn|ph|signal|botim|zalo"
    r"|bkash|nagad|gpay|phonepe|paytm|jazzcash|easypaisa|m-?pesa|reach (?:me|him|her|them|us)|zadzwo\w{1,3}"
    r"|ligue)(?![A-Za-z])"
    r"|电话|手机|微信|联系|致电|号码|ফোন|নাম্বার|নম্বর|फोन|नंबर|телефон|тел|звони\w{0,3}|номер)" + _BETWEEN,
    re.IGNORECASE,
)
# Words that also introduce other numbers, so the number must follow directly.
_MAY_SAY_PHONE = re.compile(
    r"(?<![A-Za-z])(?:numbers?|nummer|numero|n[uú]mero|num[eé]ro|nomor|nambar|nmbr|contact|kontakt|contacto"
    r"|line|telegram|no)"
    r"(?:[ ](?:is|was|hai|es|ist|est|ta|adalah|at|on|me|him|her))?[ ]?(?:[:=][ ]?|[ ])\Z",
    re.IGNORECASE,
)
_SAYS_OTHERWISE = re.compile(
    r"(?<![A-Za-z])(?:order|invoice|ticket|case|contract|transaction|tracking|isbn|version|serial|release|build|id"
    r"|ids|sku|pages?|section|vat|tax|nit|bestell\w{0,8}|rechnung\w{0,8}|auftrag\w{0,8}|pedido|factura|commande"
    r"|facture|price|budget|paid|earned|cost|total|rs|inr|usd|bdt|eur|timestamp|epoch|error|code|resolution|bitcoin"
    r"|订单号?)"
    r"[^\w\n]{0,4}(?:(?:no|nr|number|num|id|is|was|of|num[eé]ro|n[uú]mero)[^\w\n]{0,3}){0,2}\Z",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(
    r"\A[ ]?(?:[%$€£₹৳¥]|(?:usd|eur|gbp|inr|bdt|pkr|idr|vnd|php|ngn|rs|k|words?|views?|messages?|pcs|pieces|items?"
    r"|dollars?|euros?|pounds?|rupees?|taka|rupiah|yuan|followers|likes|users|people|orders|sellers|buyers|hours?"
    r"|days?|downloads|"
    r"installs|customers|rows|lines|records|members|subscribers|impressions|clicks|visits|px|bytes|bits|mb|gb"
    r"|kb|ms|seconds)"
    r"(?![A-Za-z]))|\A:\d",
    re.IGNORECASE,
)
# Regions assumed for numbers without a country code: where most freelancers are.
_REGIONS = "US GB IN BD PK DE FR ES PL UA ID PH NG KE BR VN TR EG CN IT AU".split()
_AMERICAN = re.compile(r"\A(?:1[ .-]{1,2})?(?:\([2-9]\d\d\)[ -]{0,2}|[2-9]\d\d[ .-])\d{3}[ .-]\d{4}\Z")
_INDIAN = re.compile(r"\A[6-9]\d{4}[ -]?\d{5}\Z")
_CHINESE = re.compile(r"\A1[3-9]\d[ -]?\d{4}[ -]?\d{4}\Z")
_COUNTRY_CODES = (
    "880",
    "91",
    "92",
    "44",
    "49",
    "62",
    "63",
    "234",
    "254",
    "55",
    "84",
    "86",
    "380",
    "34",
    "33",
    "90",
    "20",
)
_MOST_BEGINNINGS = 6
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


@dataclass
class _Allowance:
    """A limit on library calls per text.

    Once it is exhausted, the form alone decides, and doubtful numbers are reported.
    """

    left: int = 1_000

    def is_valid(self, number: str, region: str | None) -> bool:
        """Return whether `number` is assigned in `region`, or anywhere if it has a country code."""
        self.left -= 1
        if self.left < 0:
            return True
        parsed = _parsed(number, region)
        return parsed is not None and phonenumbers.is_valid_number(parsed)

    def is_grouped(self, written: str, region: str) -> bool:
        """Return whether `written` is a valid number of `region` with its usual grouping."""
        self.left -= 2
        return (
            self.left >= 0 and PhoneNumberMatcher(written, region, Leniency.STRICT_GROUPING, max_tries=1).has_next()
        )


def phones(text: str) -> Iterator[Hit]:
    """Yield phone numbers in a folded text."""
    allowance = _Allowance()
    for found in _CANDIDATE.finditer(text):
        before, after = text[max(0, found.start() - 48) : found.start()], text[found.end() : found.end() + 14]
        raw = found.group()
        lead = len(raw) - len(raw.lstrip("( [" if raw.count("(") > raw.count(")") else " "))
        length = _length_of_phone(raw[lead:], before, after, allowance)
        if length:
            yield hit(Kind.PHONE, found.start() + lead, found.start() + lead + length)


def _length_of_phone(raw: str, before: str, after: str, allowance: _Allowance) -> int:
    """Return the length of the phone number at the start of `raw`, or 0."""
    international = raw.lstrip("([ ").startswith(("+", "00"))
    if _DATE.search(raw) or _DOTTED.match(raw) or (_UNIT_AFTER.match(after) and not _says_phone(before)):
        return 0
    if international:
        return _valid_beginning(raw, (None,), allowance) or _whole(raw, 8 if "+" in raw else 10)
    if _SAYS_OTHERWISE.search(before):
        return 0
    if _says_phone(before):
        return _valid_beginning(raw, tuple(_REGIONS), allowance) or _whole(raw, 7)
    return len(raw) if _looks_like_nothing_else(raw, allowance) else 0


def _says_phone(before: str) -> bool:
    return bool(_SAYS_PHONE.search(before) or _MAY_SAY_PHONE.search(before))


def _valid_beginning(raw: str, regions: tuple[str | None, ...], allowance: _Allowance) -> int:
    """Return the length of the longest prefix of whole groups that is a valid number; two numbers may be adjacent."""
    ends = [found.end() for found in _GROUP_END.finditer(raw)]
    plausible = [end for end in ends if 7 <= _digits(raw[:end]) <= 15]
    for end in plausible[: -1 - _MOST_BEGINNINGS : -1]:
        if any(allowance.is_valid(_dialled(raw[:end], region), region) for region in regions):
            return end
    return 0


def _whole(raw: str, fewest: int) -> int:
    return len(raw) if fewest <= _digits(raw) <= 15 and not _THOUSANDS.match(raw.lstrip("+")) else 0


def _looks_like_nothing_else(raw: str, allowance: _Allowance) -> bool:
    digits = re.sub(r"\D", "", raw)
    if _THOUSANDS.match(raw) or not 9 <= len(digits) <= 14:
        return False
    if _AMERICAN.match(raw):
        return True
    if _INDIAN.match(raw):
        return allowance.is_valid(digits, "IN")
    if _CHINESE.match(raw):
        return allowance.is_valid(digits, "CN")
    if raw.isdigit() and digits.startswith(_COUNTRY_CODES) and len(digits) >= 11:
        return _is_mobile(digits)
    if digits.startswith("0") and len(digits) >= 10:
        return any(allowance.is_valid(digits, region) for region in _REGIONS)
    return len(_GROUP_END.findall(raw)) > 2 and any(allowance.is_grouped(raw, region) for region in _REGIONS)


def _is_mobile(digits: str) -> bool:
    parsed = _parsed(f"+{digits}", None)
    return parsed is not None and phonenumbers.number_type(parsed) in _MOBILE


def _dialled(raw: str, region: str | None) -> str:
    """Return the digits for parsing: without the "(0)" of "+44 (0)20", and with a plus sign for 00."""
    digits = re.sub(r"\D", "", raw.replace("(0)", "") if region is None else raw)
    return digits if region else f"+{digits.removeprefix('00')}"


def _parsed(number: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number, region)
    except NumberParseException:
        return None


def _digits(raw: str) -> int:
    return sum(character.isdigit() for character in raw)
