"""Find links in a text (plain, shortened, bare or disguised) and other contact details. Pure."""

import re
from dataclasses import dataclass

_TOP = (
    "com|net|org|info|biz|xyz|top|site|online|club|shop|store|live|pro|vip|icu|cc|io|co|me|app|dev|link|click|win|bet"
    "|casino|ru|cn|in|id|de|fr|es|it|pl|br|uk|us|eu|tk|ml|ga|cf|ly|gl|to|ws|tv"
)
_HOST = rf"(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,4}}(?:{_TOP})(?![\w-])"
_WRITTEN = re.compile(r"(?:https?|hxxps?|ftp)\s?:\s?//[^\s<>\"'\])]{1,300}", re.IGNORECASE)
_BARE = re.compile(rf"(?<![\w@./-])(?:www\.)?{_HOST}(?:/[^\s<>\"'\])]{{0,300}})?", re.IGNORECASE)
_DISGUISED = re.compile(
    rf"hxxps?\s?:|(?<![\w-])[a-z0-9-]{{2,63}}(?:\s?[\[(]\s?(?:\.|dot)\s?[\])]\s?|\s(?:dot|\.)\s)(?:{_TOP})(?![\w-])",
    re.IGNORECASE,
)
_SHORTENED = re.compile(
    r"(?<![\w.-])(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|cutt\.ly|rb\.gy|ow\.ly|shorturl\.at|rebrand\.ly|tiny\.cc"
    r"|bl\.ink|s\.id|clck\.ru|v\.gd|lnkd\.in|shorte\.st|adf\.ly|t\.ly|soo\.gd|dub\.sh)/",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"(?<![\w.-])(?:t\.me|telegram\.me|wa\.me|chat\.whatsapp\.com|api\.whatsapp\.com|discord\.gg|m\.me|signal\.group"
    r"|join\.skype\.com|line\.me)/[\w@+/-]{2,80}",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<a\s[^>]{0,300}href|\[url[=\]]|\[link[=\]]", re.IGNORECASE)
_LABELLED = re.compile(r"\[[^\[\]\n]{1,200}\]\(\s?https?://", re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}\.[a-z.]{2,20}", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w./-])\+?\d(?:[ ().-]{0,2}\d){8,14}(?![\w/])")
_HANDLE = re.compile(r"(?<![\w@.])@[a-z]\w{3,31}", re.IGNORECASE)


@dataclass(frozen=True)
class Reached:
    """The links and contact details in a text, as written."""

    links: tuple[str, ...]
    bare: tuple[str, ...]
    disguised: tuple[str, ...]
    shortened: tuple[str, ...]
    invites: tuple[str, ...]
    markup: tuple[str, ...]
    labelled: tuple[str, ...]
    contacts: tuple[str, ...]


def reached(plain: str, names: frozenset[str] = frozenset()) -> Reached:
    """Return the links and contact details in a text.

    A bare host that is a known name (“Freelancer.com”) is not a link.
    """
    links = _all(_WRITTEN, plain)
    rest = _WRITTEN.sub(" ", plain)
    contacts = _all(_MAIL, rest) + _all(_PHONE, rest) + _all(_HANDLE, rest)
    bare = tuple(host for host in _all(_BARE, _MAIL.sub(" ", rest)) if _only_letters(host) not in names)
    return Reached(
        links=links,
        bare=bare,
        disguised=_all(_DISGUISED, plain),
        shortened=_all(_SHORTENED, plain),
        invites=_all(_INVITES, plain),
        markup=_all(_MARKUP, plain),
        labelled=_all(_LABELLED, plain),
        contacts=contacts,
    )


def _all(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(match[0] for match in pattern.finditer(text))


def _only_letters(host: str) -> str:
    return re.sub(r"\W", "", host.casefold())
