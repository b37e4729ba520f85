"""Template tags for all templates (built in, see TEMPLATES)."""

import base64
import hashlib
import json
import re
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.json_ld import breadcrumbs
from common.text.humanize import humanize_duration
from common.text.markdown import trusted_html

register = template.Library()

ICONS = "vendor/lucide/icons.svg"


@register.simple_tag
def stylesheet(path: str) -> SafeString:
    """Return a `<link>` to a stylesheet, with its integrity hash."""
    return format_html(
        '<link rel="stylesheet" href="{}" integrity="{}">', staticfiles_storage.url(path), _integrity(path)
    )


@register.simple_tag
def script(path: str) -> SafeString:
    """Return a deferred module `<script>`, with its integrity hash."""
    return format_html(
        '<script type="module" src="{}" integrity="{}"></script>', staticfiles_storage.url(path), _integrity(path)
    )


@register.simple_tag
def plain_script(path: str) -> SafeString:
    """Return a deferred `<script>` that is not a module, for libraries that define globals."""
    return format_html(
        '<script defer src="{}" integrity="{}"></script>', staticfiles_storage.url(path), _integrity(path)
    )


@register.simple_tag
def early_script(path: str) -> SafeString:
    """Return a blocking `<script>` for changes that would otherwise flicker after the page is shown."""
    return format_html('<script src="{}" integrity="{}"></script>', staticfiles_storage.url(path), _integrity(path))


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon (see `frontend/icons.py`). It repeats adjacent text, so screen readers skip it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', staticfiles_storage.url(ICONS), name
    )


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Return structured data as a script element. It is data, which no policy blocks and no browser runs."""
    # Escape characters that could end the element or begin a comment; JSON parsers decode the escapes.
    packed = json.dumps(data, ensure_ascii=False).translate({ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
    return format_html('<script type="application/ld+json">{}</script>', trusted_html(packed))


@register.simple_tag
def breadcrumb_data(*steps: str) -> SafeString:
    """Return breadcrumbs as structured data, from name, address, name, address ... from the top down."""
    return json_ld(breadcrumbs(list(zip(steps[::2], steps[1::2], strict=True))))


@register.tag
def social(parser: Parser, token: Token) -> "SocialNode":
    """Repeat the title and description between `social` and `endsocial` in Open Graph tags."""
    nodelist = parser.parse(("endsocial",))
    parser.delete_first_token()
    return SocialNode(nodelist)


class SocialNode(Node):
    """Render its content, then the same title and description as Open Graph tags."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Render the content once and copy title and description from it, already escaped."""
        content = self.nodelist.render(context)
        title = re.search(r"<title>(.*?)</title>", content, re.DOTALL)
        description = re.search(r'<meta name="description" content="([^"]*)"', content)
        words = {
            "og:title": title.group(1) if title else "",
            "og:description": description.group(1) if description else "",
        }
        tags = [f'<meta property="{name}" content="{value}">' for name, value in words.items() if value]
        return trusted_html("\n    ".join([content.rstrip(), *tags]))


@register.filter
def host(url: str) -> str:
    """Return the host of a URL, to show where a link leads: `https://www.example.org/x` -> `example.org`."""
    found = re.match(r"https?://(?:www\.)?([^/:?#]+)", url)
    return found.group(1) if found else url


@register.filter
def along_meter(risk: float) -> str:
    """Return the x position of the risk meter's mark: 0 to 200 units, minus half the mark's width."""
    return f"{min(100.0, max(0.0, risk)) * 2 - 5:.1f}"


@register.filter
def initials(name: str) -> str:
    """Return one or two letters for a person: `Ada Byron` -> `AB`, `mona` -> `M`."""
    words = re.findall(r"[^\W_]+", name) or ["?"]
    return "".join(word[0] for word in words[:2]).upper()


@register.filter
def hue(name: str) -> int:
    """Return a stable number from 0 to 5 for a name: the colour of its avatar."""
    return sum(name.encode()) % 6


@register.filter
def duration(seconds: float) -> str:
    """Return a duration in words: 2400 -> `40 minutes`."""
    return humanize_duration(seconds)


@register.filter
def percent(share: float) -> str:
    """Return a fraction as a whole percentage: 0.48 -> `48%`."""
    return f"{round(share * 100)}%"


def _integrity(path: str) -> str:
    return _hash_of(path) if settings.DEBUG else _kept_hash_of(path)


def _hash_of(path: str) -> str:
    """Return the Subresource Integrity value of a file as it is served (after `collectstatic`)."""
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
    """Return the fingerprinted name that `collectstatic` gave a file, below STATIC_URL."""
    return staticfiles_storage.url(path).removeprefix(settings.STATIC_URL)


_kept_hash_of = lru_cache(maxsize=64)(_hash_of)
