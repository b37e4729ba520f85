"""Template tags that every template may use (a builtin, see TEMPLATES)."""

import base64
import hashlib
import re
from functools import lru_cache

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def stylesheet(path: str) -> SafeString:
    """A `<link>` to one of our stylesheets, with the hash of its content."""
    return format_html(
        '<link rel="stylesheet" href="{}" integrity="{}">', staticfiles_storage.url(path), _integrity(path)
    )


@register.simple_tag
def script(path: str) -> SafeString:
    """A deferred module `<script>` of ours, with the hash of its content."""
    return format_html(
        '<script type="module" src="{}" integrity="{}"></script>', staticfiles_storage.url(path), _integrity(path)
    )


@register.filter
def host(url: str) -> str:
    """The host of an address, for showing where a link leads: `https://www.example.org/x` -> `example.org`."""
    found = re.match(r"https?://(?:www\.)?([^/:?#]+)", url)
    return found.group(1) if found else url


@register.filter
def percent(share: float) -> str:
    """A share between 0 and 1 as a whole percentage: 0.48 -> `48%`."""
    return f"{round(share * 100)}%"


def _integrity(path: str) -> str:
    return _hash_of(path) if settings.DEBUG else _kept_hash_of(path)


def _hash_of(path: str) -> str:
    """The Subresource Integrity value of the file as it is served (after `collectstatic` has rewritten it)."""
    if settings.DEBUG:
        found = finders.find(path)
        if not isinstance(found, str):
            raise template.TemplateSyntaxError(f"There is no static file {path}.")
        with open(found, "rb") as file:  # noqa: PTH123
            content = file.read()
    else:
        with staticfiles_storage.open(_stored_name(path)) as file:
            content = file.read()
    digest = hashlib.sha384(content).digest()
    return f"sha384-{base64.b64encode(digest).decode('ascii')}"


def _stored_name(path: str) -> str:
    """The fingerprinted name below the address that `collectstatic` gave the file."""
    return staticfiles_storage.url(path).removeprefix(settings.STATIC_URL)


_kept_hash_of = lru_cache(maxsize=64)(_hash_of)
