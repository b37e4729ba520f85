"""Usernames: after an @, in a service-specific form, or after the name of a service. Pure."""

import re
from collections.abc import Iterator

from reports.personal_data.kinds import Hit, Kind, hit
from reports.personal_data.ordinary import ORDINARY

_AT_SIGN = re.compile(r"(?<![\w@./+-])@(?P<who>[A-Za-z_][A-Za-z0-9_]{0,31}(?:[.-][A-Za-z0-9_]{1,31}){0,3})(?![/@\w])")
# Words after an @ that are not usernames: group mentions, CSS at-rules and decorators.
_NOBODY_AT = frozenset(
    "all everyone here channel media import param return returns override charset supports keyframes layer include"
    " property staticmethod classmethod dataclass latest font-face".split()
)
_FORMS = re.compile(
    r"(?<![\w#])(?:live:[A-Za-z0-9._:-]{3,60}[A-Za-z0-9]|wxid_[A-Za-z0-9]{4,40}|[A-Za-z0-9._%-]{2,64}@"
    r"(?:upi|ybl|ibl|axl|apl|paytm|ptsbi|okaxis|oksbi|okhdfcbank|okicici|icici|sbi|hdfcbank|axisbank|fam)(?![\w.])"
    r"|(?!(?:pr|order|issue|ticket|invoice|case|bug|task|job|contract|no|c|f|page|item|part|level)#)"
    r"[A-Za-z][A-Za-z0-9._]{1,31}#\d{4}(?!\d))",
    re.IGNORECASE,
)
_SERVICE = (
    r"telegram|tg|skype|discord|we[ ]?chat|weixin|vx|wx|whats[ ]?app|line|viber|signal|insta(?:gram)?|ig"
    r"|snap(?:chat)?|sc|face ?book|fb|messenger|twitter|tik[ ]?tok|kakao(?:[ ]?talk)?|zalo|qq|imo|github|reddit"
    r"|steam|slack|paypal|venmo|cash[ ]?app|upwork|fiverr|freelancer|icq|jabber|threema|botim|vk|linkedin|youtube"
    r"|twitch|google ?chat|hangouts"
)
_ACCOUNT = (
    r"(?:user|screen|nick|login|account|profile)[ ]?(?:name|id)s?|nick|handles?|user|nutzername|benutzername|usuario"
    r"|pseudo|identifiant|utilisateur|pengguna|kullanıcı adı|benutzer|nutzer|apodo|u/n"
)
_HAN = r"微信号?|微信ID|用户名|账号|账户|电报|飞机|QQ号?|V信|昵称|加我|加[Vv]"
_PERSON = (
    r"buyer|client|customer|seller|freelancer|scammer|member|käufer|kunde|comprador|cliente|acheteur|pembeli|penjual"
    r"|vendedor|vendeur|verkäufer|verkäuferin|käuferin|account|profile|profil|konto|cuenta"
)
_LINKS = (
    r"id|ids|name|username|user|handle|account|acc|profile|nick|contact|is|was|as|under|on|me|at|with|to|address"
    r"|tag|ist|es|est|adalah|hai|ki|mein|mera|amar|number|called|named|by|my|his|her|their|our|the|via|de|con|also"
    r"|and|e|te|pe|par|knock|den|diyen|dao|koro|karo|karen|message|msg|dm|text|ping|write|add|reach|find|search|now"
    r"|personal|private|new|old|sur|en|bei|unter|auf|ho|he|she"
)
_NAMED = re.compile(
    rf"(?<![A-Za-z0-9_@.])(?:(?P<service>{_SERVICE})|(?P<account>{_ACCOUNT})|(?P<person>{_PERSON})|(?P<han>{_HAN}))"
    rf"(?![a-z])(?P<links>(?:[ ]{{0,2}}(?:(?:{_LINKS})(?![a-z])|号|是|为)){{0,4}}+)"
    r"(?P<sign>[ ]{0,2}(?:[:=]|->|→|-(?=[ ])|[(\[](?=[A-Za-z0-9_@])|,(?=[ ]))?)[ ]{0,2}(?P<quote>[\"'“‘`«]?)"
    r"(?P<token>[$@]?[A-Za-z0-9_][A-Za-z0-9_.:#-]{1,60}+)",
    re.IGNORECASE,
)
_TELLING = re.compile(r"\d|_|#|[a-z]\.[a-z]|[a-z]:[a-z]", re.IGNORECASE)
# Quantities, levels, versions and file formats, which look like usernames but are not.
_QUANTITY = re.compile(
    r"[\d.,:#-]{1,60}[A-Za-z%]{0,4}\Z|(?:v|ver|version|level|lvl|tier|top|phase|step|day|week|web|html|css|mp|php"
    r"|python|ios|android|windows|win|h|co|covid|gpt|fy|q|kyc|\d\w{0,3}|mod|a|b2|4k|utf)-?[\d.:]{1,8}[a-z]?\Z"
    r"|[A-Za-z]{1,30}-\d{1,3}\Z",
    re.IGNORECASE,
)
_FILE_OR_SITE = re.compile(
    r"\.(?:com|org|net|io|app|pdf|docx?|xlsx?|zip|rar|exe|apk|png|jpe?g|mp4|txt|csv|psd|js|py|html|me|gg|co|de"
    r"|dev|so)\Z",
    re.I,
)
_SAYS_WHICH = re.compile(r"(?<![a-z])(?:id|ids|name|username|handle|nick|tag|号)(?![a-z])", re.IGNORECASE)
_ENDS_IN_VERB = re.compile(r"(?<![a-z])(?:is|was|es|ist|est)\Z", re.IGNORECASE)
_ENDS_HERE = re.compile(r"\A[\"'”’`»)\]]?[ ]?(?:[,.;!?)\n]|\Z)")


def marked_handles(text: str) -> Iterator[Hit]:
    """Yield usernames in a folded text with a characteristic form: `@someone`, `live:someone`, `someone#1234`."""
    for found in _AT_SIGN.finditer(text):
        if found["who"].lower() not in _NOBODY_AT:
            yield hit(Kind.HANDLE, found.start(), found.end())
    for found in _FORMS.finditer(text):
        yield hit(Kind.HANDLE, found.start(), found.end())


def named_handles(text: str, nobody: frozenset[str]) -> Iterator[Hit]:
    """Yield usernames after the name of a service or a word like "username", except names of tools and sites."""
    position = 0
    while found := _NAMED.search(text, position):
        token = found["token"].rstrip(".:-")
        if _is_handle(found, token, text, nobody):
            position = found.start("token") + len(token)
            yield hit(Kind.HANDLE, found.start("token"), position)
        else:
            # A word that is not a username may itself introduce one: "buyer Telegram: someone".
            position = found.start("token")


def _is_handle(found: re.Match[str], token: str, text: str, nobody: frozenset[str]) -> bool:
    plain = token.lstrip("@$").lower()
    if len(plain) < 3 or plain in ORDINARY or plain in nobody or _FILE_OR_SITE.search(token):
        return False
    if token.isdigit():
        if found.group().lower().startswith("qq"):
            return 5 <= len(token) <= 11
        return bool(found["account"]) and "id" in found.group().lower() and len(token) >= 6
    announced = bool(found["sign"].strip() or found["links"].strip())
    # Codes and vouchers: "Fiverr SAVE20".
    if _QUANTITY.match(token) or (token.isupper() and "_" not in token and not announced):
        return False
    if found["quote"] and (found["account"] or _SAYS_WHICH.search(found["links"])):
        return True
    if _TELLING.search(token) and not (found["sign"].strip() == "," and not found["service"]):
        return not found["person"] or (len(plain) >= 5 and token[0].isalpha())
    return not token[0].isupper() and _is_announced(found, text)


def _is_announced(found: re.Match[str], text: str) -> bool:
    """Return whether the context makes clear that a plain word is a username."""
    if found["person"]:
        return False
    sign, links = found["sign"].strip(" -,"), found["links"].strip()
    if not sign and re.match(r"[ ]?\w", text[found.end() : found.end() + 2]):
        # "his username is nightowl on both sites", but not "telegram is down today".
        return bool(found["account"]) and bool(_ENDS_IN_VERB.search(links))
    ends = bool(_ENDS_HERE.match(text[found.end("token") : found.end("token") + 3]))
    if found["account"]:
        return bool(sign or links)
    if found["han"] or _SAYS_WHICH.search(links):
        return bool(sign) or (bool(links) and ends)
    return sign in (":", "=", "->", "→") and ends
