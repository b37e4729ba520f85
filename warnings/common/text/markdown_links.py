"""Links in Markdown: which addresses a text may link to, and addresses that are links without any markup. Pure.

A link to any other address is shown as it was typed: a link that does nothing would hide what the author meant.
"""

import re
from html import unescape
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ReferenceProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    AUTOLINK_RE,
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    AutolinkInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.util import AtomicString

SCHEMES = {"http", "https", "mailto"}

# Python-Markdown puts escaped characters between these two.
_ESCAPED = re.compile("\x02(\\d+)\x03")
_WWW = re.compile(r"www\.", re.IGNORECASE)
# An address ends at white space, at "<" and at the punctuation of Chinese and Japanese, which have no spaces.
_BARE = "(?i)(?<![A-Za-z0-9@/.])(?:https?://|www\\.)[^\\s<>\x02\x03\u2018-\u201f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff65]+"
_BARE_HOST = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]|$)", re.IGNORECASE)
_AFTER_ADDRESS = "?!.,:;*_~'\"]}|"
# "[Alice]: hello" is what Alice said; only an address makes it the definition of a link.
_DEFINED_ADDRESS = r"(?=<?(?i:https?://|mailto:|www\.|/|\#))"


def may_link_to(address: str) -> bool:
    """Whether people's texts may link to an address: one of the web, a mailbox, or a page of this site."""
    if re.fullmatch(r"/(?![/\\])[^\\\s]*", address) or re.fullmatch(r"#[\w-]*", address):
        return True
    try:
        parts = urlsplit(address)
        # Reading the port raises ValueError if it is none.
        parts.port  # noqa: B018
    except ValueError:
        return False
    if parts.scheme.lower() == "mailto":
        return True
    # A relative URL would look like this site's, and "https://bank@evil" like the bank's.
    return parts.scheme.lower() in SCHEMES and bool(parts.netloc) and "@" not in parts.netloc


class LinkExtension(Extension):
    """Links only to addresses that texts may link to, to pictures instead of showing them, and to bare addresses."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Replace Python-Markdown's own link processors, keeping their names and order."""
        patterns = md.inlinePatterns
        patterns.register(_Reference(REFERENCE_RE, md), "reference", 170)
        patterns.register(_Link(LINK_RE, md), "link", 160)
        patterns.register(_Image(IMAGE_LINK_RE, md), "image_link", 150)
        patterns.register(_ImageReference(IMAGE_REFERENCE_RE, md), "image_reference", 140)
        patterns.register(_ShortReference(REFERENCE_RE, md), "short_reference", 130)
        patterns.register(_ShortImageReference(IMAGE_REFERENCE_RE, md), "short_image_ref", 125)
        patterns.register(_Autolink(AUTOLINK_RE, md), "autolink", 120)
        patterns.register(_BareAddress(_BARE, md), "bare_address", 115)


class DefinitionProcessor(ReferenceProcessor):
    """Finds definitions of links, `[name]: address`, whose address can be one."""

    RE = re.compile(
        ReferenceProcessor.RE.pattern.replace(r"([^\s]+)", rf"{_DEFINED_ADDRESS}([^\s]+)", 1), re.MULTILINE
    )


class _Checked(InlineProcessor):
    """A link processor of Python-Markdown that leaves a link as it was typed if its address is not allowed."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Return the link, where it begins and where it ends."""
        element, start, end = super().handleMatch(m, data)
        if not isinstance(element, Element):
            return element, start, end
        address = element.get("href") or element.get("src") or ""
        if _WWW.match(address):
            address = f"https://{address}"
        if not may_link_to(unescape(_ESCAPED.sub(lambda found: chr(int(found[1])), address))):
            return None, None, None
        if element.tag == "img":
            return self._link_to_picture(element.get("alt") or address, address), start, end
        element.set("href", address)
        if not (element.text or "").strip():
            element.text = AtomicString(address)
        return element, start, end

    def _link_to_picture(self, text: str, address: str) -> Element | str:
        """Return a link, because pages load nothing from other sites, or only text inside another link."""
        inline = self.md.treeprocessors["inline"]
        if isinstance(inline, InlineTreeprocessor) and "a" in inline.ancestors:
            return text
        link = Element("a", href=address)
        link.text = AtomicString(text)
        return link


class _Reference(_Checked, ReferenceInlineProcessor):
    pass


class _Link(_Checked, LinkInlineProcessor):
    pass


class _Image(_Checked, ImageInlineProcessor):
    pass


class _ImageReference(_Checked, ImageReferenceInlineProcessor):
    pass


class _ShortReference(_Checked, ShortReferenceInlineProcessor):
    pass


class _ShortImageReference(_Checked, ShortImageReferenceInlineProcessor):
    pass


class _Autolink(_Checked, AutolinkInlineProcessor):
    pass


class _BareAddress(InlineProcessor):
    """Links `https://` and `www.` addresses in the middle of a text, by GitHub's rules."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802  (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the link, where it begins and where it ends."""
        shown = _without_end_of_sentence(m[0])
        address = f"https://{shown}" if _WWW.match(shown) else shown
        # In addresses brackets are encoded, so this is one with a note or with the mark of a redaction in it.
        if "[" in shown or not _BARE_HOST.match(shown) or not may_link_to(unescape(address)):
            return None, None, None
        link = Element("a", href=address)
        link.text = AtomicString(shown)
        return link, m.start(), m.start() + len(shown)


def _without_end_of_sentence(address: str) -> str:
    """Return an address without the punctuation behind it, and without brackets that were opened before it."""
    unopened = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in _AFTER_ADDRESS or (address[end - 1] == ")" and unopened > 0)):
        unopened -= address[end - 1] == ")"
        end -= 1
    return address[:end]
