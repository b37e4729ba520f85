"""Find mentions (`@handle`) in a text."""

import re

from accounts.models import User
from common.text.folding import fold

_MENTION = re.compile(r"(?<![\w@/.])@([A-Za-z0-9][A-Za-z0-9_-]{1,28}[A-Za-z0-9])\b")
MOST_LOOKED_UP = 20


def mentioned(text: str) -> list[User]:
    """Return the users mentioned in a text, in order; unknown handles are ignored."""
    handles = list(dict.fromkeys(fold(handle) for handle in _MENTION.findall(text)))[:MOST_LOOKED_UP]
    found = {
        user.handle_folded: user for user in User.objects.filter(handle_folded__in=handles, erased_at__isnull=True)
    }
    return [found[handle] for handle in handles if handle in found]
