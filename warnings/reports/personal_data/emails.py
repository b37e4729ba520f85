"""E-mail addresses, plain or obfuscated. Pure.

The search starts at the at sign; then the host is matched forwards and the name backwards, both with a bounded
length, so that the time is linear even for a text made only of at signs.
"""

import re
from collections.abc import Iterator

from reports.personal_data.kinds import Hit, Kind, hit

# Letters or digits of scripts written with spaces; CJK or Thai characters next to an address are not part of it.
_SIGN = r"[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]"
_OPEN, _CLOSE = r"[(\[{<]", r"[)\]}>]"
_AT_WORDS = "at|ät|aet|arroba|chez|klammeraffe|собака|艾特"
_DOT_WORDS = "dot|punkt|punto|ponto|point|titik|точка|点"
_AT = re.compile(
    rf"[ \t]{{0,3}}{_OPEN}[ ]?(?:@|{_AT_WORDS})[ ]?{_CLOSE}[ \t]{{0,3}}"
    r"|(?<=\w)\(a\)(?=\w)|[ ]?@[ ]?"
    rf"|[ ]{{1,3}}(?:{_AT_WORDS})[ ]{{1,3}}"
    r"|(?<=[A-Za-z0-9])[_-]at[_-](?=[A-Za-z])",
    re.IGNORECASE,
)
_WORDED_DOT = (
    rf"[ ]{{0,3}}{_OPEN}[ ]?(?:\.|{_DOT_WORDS})[ ]?{_CLOSE}[ ]{{0,3}}"
    rf"|[ ]{{1,3}}(?:{_DOT_WORDS})[ ]{{1,3}}|[_-]dot[_-]"
)
_LABEL = rf"(?!_){_SIGN}(?:(?!_){_SIGN}|-(?!dot-)){{0,62}}+"
_HOST = re.compile(
    rf"{_LABEL}(?:(?:{_WORDED_DOT}|[ ]?\.(?:[ ](?=(?:com|net|org)\b))?){_LABEL}){{1,4}}", re.IGNORECASE
)
_TOP = re.compile(r"[^\W\d_]{2,24}\Z")
_SEPARATED = re.compile(r"[\s.()\[\]{}<>]{1,6}")
# The name, matched backwards; a spelled-out dot is between words.
_NAME_BACKWARDS = re.compile(
    rf"(?:{_SIGN}|[.+%'-]){{1,64}}+(?:(?:[ ]{{1,2}}(?:tod|tknup|otnup)[ ]{{1,2}}|[ ]?[)\]]tod[(\[][ ]?)"
    rf"(?:{_SIGN}|[+-]){{1,64}}+){{0,3}}",
    re.IGNORECASE,
)
_PROVIDER = (
    r"(?:g(?:oogle)?mail|yahoo|hotmail|outlook|proton(?:mail)?|icloud|gmx|web|aol|live|mail|yandex|zoho|qq|163|ymail)"
)
_IS_PROVIDER = re.compile(rf"{_PROVIDER}(?:\W{{1,9}}|\Z)(?:dot\W{{1,3}})?(?:[a-z]{{2,4}})?", re.IGNORECASE)
_BARE_PROVIDER = re.compile(r"(?:g(?:oogle)?mail|yahoo|hotmail|outlook|protonmail)(?![\w-])", re.IGNORECASE)
_NO_SIGN = re.compile(
    rf"(?<![\w.@])[A-Za-z][A-Za-z0-9._-]{{2,40}}+[ ](?:{_PROVIDER})(?:[ ]dot)?[ ](?:com|de|net|org|co)(?!\w)", re.I
)
# Capitals inside a word: "nameATexampleDOTcom".
_RUN_TOGETHER = re.compile(r"(?<![\w.-])[a-z0-9._+-]{2,64}AT[a-z0-9-]{1,63}DOT[a-z]{2,24}(?!\w)")
_SAYS_MAIL = re.compile(r"(?:e-?mail|gmail|mail me|write me|correo|courriel|邮箱|surel|contact)\b[^\n]{0,20}\Z", re.I)
_COMMON_TOP = re.compile(r"\b(?:com|net|org|edu|info|co|de|fr|es|uk|in|id|ru)\Z", re.IGNORECASE)
# Words before "at gmail.com" that are not the name of an address.
_NOT_A_NAME = frozenset(
    "me him her us them it in is are was be look looking account accounts available up login log mail email contact "
    "write here there only not and or arrive sign signed register registered working works work hosted support "
    "back up out sold found listed page site live one meet start check visit see inbox address folder".split()
)


def emails(text: str) -> Iterator[Hit]:
    """Yield e-mail addresses in a folded text."""
    backwards = text[::-1]
    for sign in _AT.finditer(text):
        end = _end_of_host(text, sign)
        name = _NAME_BACKWARDS.match(backwards, len(text) - sign.start()) if end else None
        if name is None:
            continue
        start = len(text) - name.end()
        start += len(text[start : sign.start()]) - len(text[start : sign.start()].lstrip(".-'+%"))
        if start < sign.start() and _is_meant(text, start, sign, end):
            yield hit(Kind.EMAIL, start, end)
    for found in _RUN_TOGETHER.finditer(text):
        yield hit(Kind.EMAIL, found.start(), found.end())
    for found in _NO_SIGN.finditer(text):
        name_word = found.group().split(" ")[0]
        if re.search(r"[\d._]", name_word) or _SAYS_MAIL.search(text[max(0, found.start() - 30) : found.start()]):
            yield hit(Kind.EMAIL, found.start(), found.end())


def _end_of_host(text: str, sign: re.Match[str]) -> int:
    """Return the end offset of the host after an at sign, or 0 if there is none."""
    host = _HOST.match(text, sign.end())
    if host is None:
        bare = _BARE_PROVIDER.match(text, sign.end())
        return bare.end() if bare else 0
    labels = re.split(_WORDED_DOT + r"|[ ]?\.[ ]?", host.group(), flags=re.IGNORECASE)
    end = host.end()
    # "write to a@example.com.Then", "a@example.com.2 days": drop labels that are not a top-level domain.
    while len(labels) > 1 and not _TOP.match(labels[-1]):
        end -= len(labels.pop())
        while _SEPARATED.match(text[end - 1]):
            end -= 1
    return end if len(labels) > 1 else 0


def _is_meant(text: str, start: int, sign: re.Match[str], end: int) -> bool:
    """Return whether the text around an at sign is an address: certain for @, a guess for the word "at"."""
    name, host = text[start : sign.start()], text[sign.end() : end]
    plain_at = sign.group().strip()
    if plain_at == "@":
        if sign.group() == " @" and not _COMMON_TOP.search(host):
            # "insta @the.shop": a username.
            return False
        return "." in host or bool(re.search(_WORDED_DOT, host, re.I)) or bool(_BARE_PROVIDER.match(host))
    if not plain_at.isalpha():
        return True
    if name.lower() in _NOT_A_NAME:
        return False
    worded = bool(re.search(rf"{_OPEN}|\b(?:{_DOT_WORDS})\b", host, re.IGNORECASE))
    telling = bool(re.search(r"[\d._+]", name)) or bool(_SAYS_MAIL.search(text[max(0, start - 30) : start]))
    if "." not in host and not worded:
        return telling
    return worded or (bool(_IS_PROVIDER.match(host)) and (telling or len(name) > 4)) or plain_at.lower() == "arroba"
