"""Links, divided into those to one person and those to pages for everyone. Pure."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from common.urls import split_url
from reports.personal_data.kinds import Hit, Kind, hit

_HOST_DOT = r"(?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\))"
_LINK = re.compile(
    r"(?<![\w@.-])(?:"
    r"(?:weixin|tg|viber|whatsapp|snapchat|kakaotalk)://[^\s\x00<>\"]{1,300}"
    r"|skype:[A-Za-z][\w.:,-]{2,60}\?[a-z]{2,10}|(?:(?:https?|hxxps?)://)(?:[\w-]{1,63}(?:" + _HOST_DOT + r""
    r"|(?=[/?:]))){1,6}[\w-]{0,63}(?::\d{1,5})?"
    r"(?:[/?#][^\s\x00<>\"]{0,600})?"
    r"|(?:[A-Za-z0-9-]{1,63}" + _HOST_DOT + r"){1,4}[A-Za-z]{2,24}(?::\d{1,5})?[/?][^\s\x00<>\"]{1,600}"
    r")",
    re.IGNORECASE,
)
_CLOSING = ".,;:!?'”’»*_"
_PERSONAL_SCHEMES = ("weixin://", "tg://", "viber://", "whatsapp://", "snapchat://", "kakaotalk://", "skype:")
_BEFORE_HOST = re.compile(r"\A(?:www|m|mobile|web|api|chat|join|vm|de|es|fr|it|pt|id|in|uk|[a-z]{2}-[a-z]{2})\.")
# Hosts whose paths start with a username.
_PERSONAL_HOSTS = frozenset(
    "t.me telegram.me telegram.dog wa.me whatsapp.com instagram.com instagr.am facebook.com fb.com fb.me m.me "
    "messenger.com twitter.com x.com vk.com discord.gg fiverr.com snapchat.com threads.net threads.com "
    "pinterest.com skype.com paypal.me ko-fi.com linktr.ee calendly.com buymeacoffee.com patreon.com cash.app "
    "dribbble.com behance.net github.com gitlab.com twitch.tv soundcloud.com onlyfans.com about.me line.me "
    "lin.ee zalo.me ok.ru bsky.app fiverr.me contra.com wise.com".split()
)
# Personal only with a single path segment; the second segment is a public work of that person.
_ONE_PART_ONLY = frozenset("github.com gitlab.com soundcloud.com contra.com wise.com".split())
# First path segments that are not usernames.
_NOBODY = frozenset(
    "about account accounts ads agency ai api apps article articles auth blog blogs brand business careers cart "
    "categories category channels checkout codes collections community company contact content cookies cp "
    "customers dashboard desktop developer developers discover docs documentation download downloads editing "
    "edit en enterprise events explore faq features feed forgot_password forum gaming gigs gp groups guide "
    "guides hashtag help home how-it-works i inbox intent intl invite inspiration issues jobs journal learn "
    "legal library levels list login logout logo-maker management marketplace maps media messages mobile news "
    "notifications orders p pages plans policies policy posts press pricing privacy pro product products "
    "projects pulls reel reels register release resources results rules safety search security seller_dashboard "
    "sellers send services settings share sharer sharer.php shop signin signup sitemap start_selling status "
    "stories store support tags team teams terms terms-of-service terms_of_service topics tos trending trust "
    "trust_and_safety trust-safety tutorials upgrade use video videos watch web welcome whatsapp what-is s "
    "stickers addstickers iv plugins gaming tr legal-portal cp gift business-solutions help-center helpcenter "
    "hc me new create import licenses nonprofit sponsors readme".split()
)
_PERSONAL_PATH = re.compile(
    r"/(?:in|pub|user|users|u|profile|profiles|people|member|members|freelancers?|fl|resume|seller|sellers|author"
    r"|channel|c|o/profiles/users|paypalme|invite|ti/p|id)(?=/(?P<who>[^/?#]{1,120}))|/(?P<at>@[\w.-]{1,60})"
    r"|/(?P<job>jobs/~\w{6,40})",
    re.IGNORECASE,
)
# Path segments that are personal on a few sites only; elsewhere they are a country or a category.
_NEEDS_SITE = {
    "in": ("linkedin.com",),
    "pub": ("linkedin.com",),
    "c": ("youtube.com",),
    "channel": ("youtube.com", "whatsapp.com"),
    "invite": ("discord.com", "discordapp.com"),
    "fl": ("upwork.com",),
    "resume": ("toptal.com",),
    "id": ("steamcommunity.com",),
    "people": ("facebook.com", "flickr.com"),
    "author": ("medium.com",),
    "freelancer": ("peopleperhour.com",),
    "freelancers": ("upwork.com", "guru.com"),
    "seller": ("fiverr.com",),
    "sellers": ("fiverr.com",),
}
_PERSONAL_QUERY = frozenset("user uid userid user_id username profile profile_id member phone seller buyer u".split())
_ID_QUERY = frozenset({"id", "profileid", "ref_id"})
_LONG_ID = re.compile(r"(?=[^.]{0,80}\d)[\w~-]{8,80}\Z|\d{6,20}\Z")
_PAGES_WITH_IDS = re.compile(
    r"/(?:item|details|article|news|viewtopic|showthread|post|watch|search|question|app)\b", re.I
)
_HELP_HOST = re.compile(r"\A(?:docs?|help|support|developers?|wiki|learn|status|blog|community|api-docs)\.")
_HELP_PATH = re.compile(r"/(?:docs?|help|support|documentation|wiki|manual|guides?|hc)/", re.IGNORECASE)


def profile_links(text: str) -> Iterator[Hit]:
    """Yield links to one person in a folded text."""
    for start, end in spans(text):
        if _leads_to_somebody(text[start:end]):
            yield hit(Kind.PROFILE_LINK, start, end)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of links in a folded text, without surrounding punctuation."""
    for found in _LINK.finditer(text):
        link = found.group().rstrip(_CLOSING)
        for opening, closing in ("()", "[]", "{}"):
            if link.endswith(closing) and opening not in link:
                link = link[:-1].rstrip(_CLOSING)
        yield found.start(), found.start() + len(link)


def _leads_to_somebody(link: str) -> bool:
    plain = re.sub(_HOST_DOT, ".", link, flags=re.IGNORECASE)
    if plain.lower().startswith(_PERSONAL_SCHEMES):
        return True
    plain = re.sub(r"\Ahxxp", "http", plain, flags=re.IGNORECASE)
    # Only the beginning tells: another link may stand in the query of one that is written without "https".
    parts = split_url(plain if re.match(r"https?://", plain, re.IGNORECASE) else f"https://{plain}")
    whole_host = parts.hostname or ""
    host = _BEFORE_HOST.sub("", whole_host)
    if _asks_for_somebody(parts.path, parts.query):
        return True
    if _HELP_HOST.match(whole_host) or _HELP_PATH.search(parts.path):
        return False
    return _begins_with_a_name(host, whole_host, parts.path) or _has_a_personal_part(host, parts.path)


def _asks_for_somebody(path: str, query: str) -> bool:
    for name, value in parse_qsl(query):
        if name.lower() in _PERSONAL_QUERY and value.lower() not in _NOBODY:
            return True
        if name.lower() in _ID_QUERY and _LONG_ID.match(value) and not _PAGES_WITH_IDS.search(path):
            return True
    return False


def _begins_with_a_name(host: str, whole_host: str, path: str) -> bool:
    if host not in _PERSONAL_HOSTS:
        return False
    parts = path.strip("/").split("/")
    first = parts[0].lower().lstrip("@+~$")
    if whole_host in ("chat.whatsapp.com", "join.skype.com"):
        return bool(first)
    if host in _ONE_PART_ONLY and len(parts) > 1:
        return False
    return len(first) > 1 and first not in _NOBODY


def _has_a_personal_part(host: str, path: str) -> bool:
    for found in _PERSONAL_PATH.finditer(path):
        if found["at"] or found["job"]:
            return True
        sites = _NEEDS_SITE.get(found.group().split("/")[1].lower())
        if (sites is None or host in sites) and found["who"].lower().lstrip("@~") not in _NOBODY:
            return True
    return False
