"""Recognise what was sent before: after the Back button a form has a new key, and the same content.

Only a keyed hash of the sender and the content is stored, for a day.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence

from django.conf import settings
from django.core.cache import cache

REMEMBERED = 86_400


def first_key(key: str, *, sender: str, content: Sequence[str]) -> str:
    """Return the key under which a sender first sent this content today, or `key`, which is remembered as that.

    Of concurrent calls with different keys, all get the same one.
    """
    name = _name(sender, content)
    return key if cache.add(name, key, timeout=REMEMBERED) else known_key(sender=sender, content=content) or key


def known_key(*, sender: str, content: Sequence[str]) -> str:
    """Return the key under which a sender sent this content, or an empty string."""
    return str(cache.get(_name(sender, content)) or "")


def remember_key(key: str, *, sender: str, content: Sequence[str]) -> None:
    """Remember the key under which a sender sent this content last."""
    cache.set(_name(sender, content), key, timeout=REMEMBERED)


def forget_key(key: str, *, sender: str, content: Sequence[str]) -> None:
    """Forget that a sender sent this content under this key, because it was refused."""
    if known_key(sender=sender, content=content) == key:
        cache.delete(_name(sender, content))


def _name(sender: str, content: Sequence[str]) -> str:
    # Spaces and line ends may change on the way to a browser and back.
    typed = json.dumps([sender, *(" ".join(text.split()) for text in content)])
    return "sent:" + hmac.new(settings.SECRET_KEY.encode(), typed.encode(), hashlib.sha256).hexdigest()
