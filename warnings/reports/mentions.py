"""Find mentions (`@handle`) in a text."""

import re
from html import unescape

from django.utils.html import strip_tags

from accounts.models import User
from common.text.folding import fold

_MENTION = re.compile(r"(?<![\w@/.])@([A-Za-z0-9][A-Za-z0-9_-]{1,28}[A-Za-z0-9])\b")
MOST_LOOKED_UP = 20
# What is quoted to be read, not said to anybody. Rendered HTML has no such element inside itself.
_QUOTED = re.compile(r"<(pre|code|a)\b.*?</\1>", re.DOTALL)


def spoken_text(html: str) -> str:
    """Return the text of rendered Markdown without code and links, in which an @ notifies nobody."""
    return unescape(strip_tags(_QUOTED.sub(" ", html)))


def mentioned(text: str) -> list[User]:
    """Return the users mentioned in a text, in order; unknown handles are ignored."""
    handles = list(dict.fromkeys(fold(handle) for handle in _MENTION.findall(text)))[:MOST_LOOKED_UP]
    found = {
        user.handle_folded: user for user in User.objects.filter(handle_folded__in=handles, erased_at__isnull=True)
    }
    return [found[handle] for handle in handles if handle in found]
