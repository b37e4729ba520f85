"""Tell a form that is sent twice from another text that is sent from the same form.

The key in a form says only which copy of the form it is: after Back, in a second tab or in a kept answer it is the
same, whatever was typed since. So a submission is recognised by the key and the content together.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.crypto import salted_hmac

_SALT = "common.submission_keys"
# What both parts of a key have together fits into every column for keys.
_FORM, _CONTENT = 16, 24


def stored_key(form_key: str, content: Any) -> str:
    """Return the key under which this content of a form is stored; other content of the same form has another one.

    With a unique constraint on it, of concurrent requests the same content is stored once, and other content as well.
    """
    return form_part(form_key) + content_part(content)


def form_part(form_key: str) -> str:
    """Return how the stored keys of everything that is sent from one copy of a form begin."""
    return _hash(form_key)[:_FORM]


def content_part(content: Any) -> str:
    """Return how the stored keys of this content end, whichever copy of the form it was sent from."""
    return digest_of(content)[:_CONTENT]


def digest_of(content: Any) -> str:
    """Return a keyed hash of cleaned content: texts, numbers, dates, rows, and lists and mappings of these."""
    return _hash(json.dumps(_plain(content), sort_keys=True))


def _hash(text: str) -> str:
    return str(salted_hmac(_SALT, text, algorithm="sha256").hexdigest())


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return f"{value._meta.label}:{value.pk}"
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return str(value)
