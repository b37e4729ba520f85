"""Render users' Markdown: check it cheaply, convert it, and sanitise the result.

There are two layers of protection: Python-Markdown runs without raw HTML and images, and nh3 sanitises its output
with a narrow allow-list. Texts are rendered once, when they are saved, and RENDERER_VERSION is stored with the
result.
"""

import re
from collections import Counter
from html import unescape
from xml.etree.ElementTree import Element

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from common.text.cleaning import BIDI_CONTROLS, normalise_text
from common.text.markdown_direction import DIRECTED, DirectionProcessor
from common.text.markdown_limits import MAX_CHARACTERS, MarkdownError, check
from common.text.markdown_links import SCHEMES, LinkExtension, may_link_to
from common.text.markdown_parser import CommonMarkParser

__all__ = ["RENDERER_VERSION", "MarkdownError", "render", "trusted_html"]

RENDERER_VERSION = 6

_BLOCKS = {"p", "br", "hr", "pre", "blockquote", "ul", "ol", "li", "h3", "h4", "h5", "h6"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_INLINE = {"em", "strong", "del", "code", "a", "sup"}
_TAGS = _BLOCKS | _TABLES | _INLINE
_ATTRIBUTES = {tag: {"dir"} for tag in DIRECTED}
_ATTRIBUTES |= {"a": {"href", "title"}, "th": {"align", "dir"}, "td": {"align", "dir"}, "ol": {"start", "dir"}}
# Users' headings start at h3: the page has h1, the section h2.
_HEADING_SHIFT = 2
_LONGEST_ANCHOR = 60


def render(text: str, *, anchors: bool = False) -> SafeString:
    """Render Markdown to sanitised HTML. With `anchors`, headings get links (one such text per page).

    Raises MarkdownError for text that is too long or too complex.
    """
    if len(text) > 2 * MAX_CHARACTERS:
        check(text)
    clean = normalise_text(text)
    check(clean)
    try:
        html = _markdown().convert(clean)
    except RecursionError:
        raise MarkdownError("too-deep", "The text is nested too deeply to be shown.") from None
    # Remove direction controls again, because entities such as &#8238; have become characters.
    clean_html = _CLEANER.clean(html).translate(BIDI_CONTROLS)
    if anchors:
        clean_html = _with_anchors(clean_html)
    return mark_safe(clean_html)  # noqa: S308  (the only place where users' HTML becomes trusted)


def trusted_html(stored: str) -> SafeString:
    """Mark HTML as safe that `render` returned and the database stored."""
    return mark_safe(stored)  # noqa: S308


def _with_anchors(html: str) -> str:
    """Give each heading of sanitised HTML a unique ID and a link to itself."""
    taken: Counter[str] = Counter()

    def anchored(heading: re.Match[str]) -> str:
        level, direction, words = heading.groups()
        # A slug contains only letters, digits, "-" and "_", so it cannot end the attribute.
        name = slugify(unescape(strip_tags(words)), allow_unicode=True)[:_LONGEST_ANCHOR] or "part"
        taken[name] += 1
        name = f"text-{name}" if taken[name] == 1 else f"text-{name}-{taken[name]}"
        link = f'<a class="anchor" href="#{name}" aria-label="Link to this part">#</a>'
        return f'<h{level}{direction} id="{name}">{words} {link}</h{level}>'

    return re.sub(r'<h([3-6])((?: dir="\w+")?)>(.*?)</h\1>', anchored, html, flags=re.DOTALL)


def _markdown() -> Markdown:
    """Return a new converter: it is cheap to create and keeps state, so that threads cannot share one."""
    return Markdown(
        extensions=[
            _Ours(),
            LinkExtension(),
            TableExtension(use_align_attribute=True),
            "nl2br",
            "pymdownx.tilde",
        ],
        extension_configs={"pymdownx.tilde": {"subscript": False}},
        output_format="html",
    )


class _Ours(Extension):
    """Find blocks as CommonMark does, disallow raw HTML, and shift headings."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Replace the parser of blocks, deregister raw HTML and register the tree processors."""
        # Before the extension for tables, which registers with the parser.
        md.parser = CommonMarkParser(md)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # A backslash at the end of a line, after escaped ones are found: the line break of CommonMark.
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "hard_break", 175)
        md.treeprocessors.register(_Headings(md), "headings", 5)
        md.treeprocessors.register(DirectionProcessor(md), "direction", 4)


class _Headings(Treeprocessor):
    """Shift headings down."""

    def run(self, root: Element) -> None:
        """Modify the tree in place."""
        for element in root.iter():
            level = re.fullmatch(r"h([1-6])", str(element.tag))
            if level:
                element.tag = f"h{min(6, int(level.group(1)) + _HEADING_SHIFT)}"


def _allowed_attribute(tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value, or None to drop it."""
    if (tag, name) != ("a", "href"):
        return value
    return value if may_link_to(value) else None


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    attribute_filter=_allowed_attribute,
    strip_comments=True,
    link_rel="nofollow ugc noopener noreferrer",
    url_schemes=SCHEMES,
)
