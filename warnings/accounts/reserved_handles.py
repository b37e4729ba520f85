"""Decide which handles would speak for the site: as staff, as the site itself or as a role address. Pure.

Handles are compared by how they look, so spellings such as `adm1n` need no entry of their own.
"""

import re

from common.text.skeletons import skeleton

# Whatever contains the name of the site reads as the site.
_SITE = skeleton("forewarned")
# Who runs a site: nobody else may have such a word as a part of a longer handle, as in `admin-mona`.
_STAFF = (
    "admin administrator administration administrators mod moderator moderation staff sysadmin automod automoderator"
    " webadmin superadmin superuser sysop"
)
# Roles, and the names that stand for nobody, for everybody or for something that is gone.
_ROLES = (
    "forewarn helpdesk help owner root sudo system team official management operator support null undefined none"
    " anonymous anon nobody everyone everybody deleted removed erased suspended banned former unknown bot"
    " unnamed author reporter seller buyer client"
)
# The addresses of RFC 2142, and those that are as common today.
_ADDRESSES = (
    "info marketing sales abuse noc security postmaster hostmaster webmaster usenet news www uucp ftp trouble"
    " noreply donotreply mailer daemon mailerdaemon bounce listserv majordomo unsubscribe newsletter legal privacy"
    " billing contact feedback press dpo compliance moderators notifications"
)
# Words that add nothing to the words above.
_FILLERS = (
    "the our your this real true only actual genuine verified official original site website web page forum"
    " community head chief lead senior junior super global main assistant and of for at by by team staff crew group"
    " desk department dept office account user member person people profile mail email request requests trust safety"
    " service services dev tech new old"
)
# So short that they count only as a part of their own: in `im-a-mod`, not in `Modi`.
_SHORT_FILLERS = frozenset("a i of at by is im am hr".split())
# A name of many people, which looks like one of the words.
_PEOPLE = frozenset({"seiler"})
# Refused only alone: as a part it would refuse too many ordinary names.
_ALONE = skeleton("me")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")
_DIGITS_AT_ENDS = re.compile(r"(?:(?<=[-_])|^)[0-9]+|[0-9]+(?=[-_]|$)")


def _one_of(*words: str) -> str:
    looks = {skeleton(word) for word in " ".join(words).split()}
    return "(?:" + "|".join(sorted(looks, key=lambda look: (-len(look), look))) + ")"


_NAMES = _one_of(_STAFF, _ROLES, _ADDRESSES)
_REST = _one_of(_FILLERS)
_RESERVED = re.compile(f"{_REST}*{_NAMES}s?(?:{_NAMES}s?|{_REST}s?)*")
_STAFF_PART = re.compile(f"{_one_of(_STAFF.replace(' mod ', ' '))}s?")


def speaks_for_the_site(handle: str) -> bool:
    """Return whether a handle reads as staff, as the site, as a role address or as nobody in particular.

    It does if its look, without separators and digits at the ends, is made of such words and of words that add
    nothing, or if one of its parts names staff.
    """
    if handle.rstrip("0123456789").lower() in _PEOPLE:
        return False
    spellings = _spellings(handle)
    looks = {skeleton(shorter) for spelling in spellings for shorter in (spelling, _without_short_fillers(spelling))}
    if skeleton(handle) == _ALONE or any(_SITE in look or _RESERVED.fullmatch(look) for look in looks):
        return True
    parts = {skeleton(part) for spelling in spellings for part in _PART.findall(spelling)}
    return any(_STAFF_PART.fullmatch(part) for part in parts)


def _without_short_fillers(spelling: str) -> str:
    return "".join(part for part in _PART.findall(spelling) if part.lower() not in _SHORT_FILLERS)


def _spellings(handle: str) -> set[str]:
    """Return a handle with and without the digits that a person may have added to a word.

    A digit may also stand for a letter, so each number of digits at the end is left out once.
    """
    letters = handle.rstrip("0123456789")
    shorter = {handle[:end] for end in range(len(letters), len(handle) + 1)}
    return shorter | {_DIGITS_AT_ENDS.sub("", handle), re.sub("[0-9]", "", handle)}
