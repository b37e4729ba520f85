"""E-mail addresses, phone numbers, user names and links to profiles. Pure."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import phonenumbers

from reports.personal_data.kinds import Kind

# A stretch of a text, its kind, and what stands for it.
Hit = tuple[Kind, int, int, str]

_LOCAL = r"[\w.+-]{1,64}"
_LABEL = r"[\w-]{1,63}"
_TOP = r"[^\W\d_]{2,24}"
_AT = r"\s{0,3}[(\[{<]\s?(?:at|@|ät|arroba)\s?[)\]}>]\s{0,3}"
_DOT = r"(?:\.|\s{0,3}[(\[{<]\s?(?:dot|\.|punkt|punto)\s?[)\]}>]\s{0,3}|\s{1,3}(?:dot|punkt|punto)\s{1,3})"
_EMAILS = (
    re.compile(rf"(?<![\w.+-]){_LOCAL}(?:@|\s@\s){_LABEL}(?:\s?\.\s?{_LABEL}){{0,3}}\s?\.\s?{_TOP}\b", re.IGNORECASE),
    re.compile(rf"(?<![\w.+-]){_LOCAL}{_AT}{_LABEL}(?:{_DOT}{_LABEL}){{0,2}}{_DOT}{_TOP}\b", re.IGNORECASE),
    re.compile(
        rf"(?<![\w.+-]){_LOCAL}\s{{1,3}}at\s{{1,3}}{_LABEL}\s{{1,3}}(?:dot|punkt|punto)\s{{1,3}}{_TOP}\b", re.I
    ),
)

_PHONE = re.compile(r"(?<![\w.,$€£+-])(?:\+|\(\+?|00)?\d[\d\s().\-/]{5,22}\d(?![\w%]|[.,]\d)")
_DATE = re.compile(
    r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d"
)
_SAYS_PHONE = re.compile(
    r"(?:phone|tel|call|whats?\s?app|wa|viber|mobile|cell|sms|text me|number|handy|nummer|anruf|tel[eé]fono|llam\w+"
    r"|num[eé]ro|nomor|hubungi|imo|phn|no)\W{0,3}(?:\w+\W{1,3}){0,2}$",
    re.IGNORECASE,
)
_SAYS_ORDER = re.compile(
    r"(?:order|invoice|ticket|case|contract|transaction|tracking|isbn|version)\W{0,3}(?:\w+\W{1,3})?$", re.I
)
# Where a number without a country's prefix may come from: where most freelancers are.
_REGIONS = (
    "US",
    "GB",
    "IN",
    "BD",
    "PK",
    "DE",
    "FR",
    "ES",
    "PL",
    "UA",
    "ID",
    "PH",
    "NG",
    "KE",
    "BR",
    "VN",
    "TR",
    "EG",
)
_MOST_PHONES = 200

_AT_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_][\w.]{1,31}\b")
_NAMED_HANDLE = re.compile(
    r"\b(?:telegram|tg|skype|discord|we\s?chat|weixin|whats\s?app|line|viber|signal|insta(?:gram)?|snapchat|facebook|fb"
    r"|twitter|tiktok|kakao(?:talk)?|zalo|qq|handle|user\s?name|nick(?:name)?|user|login|profile|seller|buyer|account)"
    r"(?:\s+(?:id|name|username|handle|account|user|profile|is|was|as|under|on|me|at|number)){0,4}\s*[:=]?\s*[\"'“‘]?"
    r"([A-Za-z0-9][\w.:#-]{2,40}[\w])",
    re.IGNORECASE,
)
_HANDLE_SIGNS = re.compile(r"[0-9_:#]|\w\.\w")

_LINK = re.compile(
    r"(?:https?://|weixin://)?(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,24}(?::\d{1,5})?/[^\s<>\"')\]]{1,300}", re.I
)
# Hosts whose first part of the path is somebody, and parts that are not.
_PERSONAL_HOSTS = frozenset(
    "t.me telegram.me wa.me instagram.com facebook.com fb.com m.me twitter.com x.com tiktok.com vk.com discord.gg"
    " fiverr.com github.com snapchat.com line.me threads.net pinterest.com youtube.com join.skype.com ko-fi.com"
    " paypal.me freelancer.com behance.net dribbble.com linktr.ee".split()
)
_NOBODY = frozenset(
    "about help legal terms privacy support categories category search jobs login signup explore hashtag watch blog"
    " community resources pages policies contact news docs home settings stories p reel intent share sharer joinchat"
    " topics features pricing marketplace levels pro start_selling trust_and_safety results playlist".split()
)
_PERSONAL_PATH = re.compile(
    r"/(?:in|user|users|u|profile|profiles|people|member|members|freelancers|fl|id\d)(?:[/=]|\d)[^/?#]*", re.I
)
_PERSONAL_QUERY = frozenset({"user", "uid", "userid", "user_id", "username", "profile", "account", "member", "phone"})


def emails(text: str) -> Iterator[Hit]:
    """E-mail addresses, written plainly or so that a filter does not see them."""
    for pattern in _EMAILS:
        for found in pattern.finditer(text):
            yield Kind.EMAIL, found.start(), found.end(), "[e-mail]"


def phones(text: str) -> Iterator[Hit]:
    """Phone numbers: with a country's prefix, or where the words around say so, or that look like nothing else."""
    for number, found in enumerate(_PHONE.finditer(text)):
        if number >= _MOST_PHONES:
            return
        raw = found.group()
        if _DATE.search(raw) or not _is_phone(raw, text[max(0, found.start() - 40) : found.start()]):
            continue
        yield Kind.PHONE, found.start(), found.end(), "[phone]"


def _is_phone(raw: str, before: str) -> bool:
    digits = re.sub(r"\D", "", raw)
    if not 7 <= len(digits) <= 15 or _SAYS_ORDER.search(before):
        return False
    if raw.lstrip("(").startswith("+") or digits.startswith("00"):
        return _is_valid(f"+{digits.removeprefix('00')}", None)
    if _SAYS_PHONE.search(before):
        return any(_is_valid(digits, region) or _is_valid(f"+{digits}", None) for region in _REGIONS)
    grouped = len(re.findall(r"\d+", raw)) >= 3 and len(digits) >= 10
    national = digits.startswith("0") and len(digits) >= 10
    return (grouped or national) and any(_is_valid(digits, region) for region in _REGIONS)


def _is_valid(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


def handles(text: str) -> Iterator[Hit]:
    """User names: after an @, or after the name of a messenger and looking like one."""
    for found in _AT_HANDLE.finditer(text):
        yield Kind.HANDLE, found.start(), found.end(), "[username]"
    for found in _NAMED_HANDLE.finditer(text):
        if _HANDLE_SIGNS.search(found.group(1)) and not _is_only_number(found.group(1)):
            yield Kind.HANDLE, found.start(1), found.end(1), "[username]"


def _is_only_number(word: str) -> bool:
    """Whether a word is a quantity, a time or a level, and not a name: `24h`, `10:30`, `2.5`."""
    return bool(re.fullmatch(r"[\d.,:]+[a-z]{0,3}", word, re.IGNORECASE))


def profile_links(text: str) -> Iterator[Hit]:
    """Links that lead to one person."""
    for found in _LINK.finditer(text):
        address = found.group().rstrip(".,;:!?")
        if _leads_to_somebody(address):
            yield Kind.PROFILE_LINK, found.start(), found.start() + len(address), "[profile link]"


def _leads_to_somebody(address: str) -> bool:
    if address.lower().startswith("weixin://"):
        return True
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    except ValueError:
        return False
    first = parts.path.strip("/").split("/")[0].lower().lstrip("@+~")
    if host in _PERSONAL_HOSTS and first and first not in _NOBODY:
        return True
    names = {name.lower() for name, value in parse_qsl(parts.query) if value}
    return bool(_PERSONAL_PATH.search(parts.path)) or bool(names & _PERSONAL_QUERY)
