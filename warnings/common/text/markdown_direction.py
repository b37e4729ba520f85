"""Give each block of a Markdown text the direction of its own words. Pure.

A browser could find the direction of a paragraph (`dir="auto"`), but not that of a list or quote whose items have
their own: it decides on which side bullets and lines stand. So what differs from its surroundings gets an attribute.
"""

import re
import unicodedata
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

DIRECTED = {"p", "pre", "blockquote", "ul", "ol", "li", "h3", "h4", "h5", "h6", "table", "th", "td"}
_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}
# What Python-Markdown has put in place of something else, such as an escaped character.
_STASHED = re.compile("\x02[^\x03]*\x03")


class DirectionProcessor(Treeprocessor):
    """Sets `dir` on blocks. It has to run after the inline patterns, whose elements hold the words."""

    def run(self, root: Element) -> None:
        """Modify the tree in place."""
        _direct(root, "ltr")


def _direct(parent: Element, around: str) -> None:
    for element in parent:
        direction = around
        if element.tag in DIRECTED and (own := _direction_of(element)) and own != around:
            direction = own
            element.set("dir", own)
        _direct(element, direction)


def _direction_of(element: Element) -> str | None:
    """Return the direction of the first letter, as the Unicode Bidirectional Algorithm does (rules P2 and P3)."""
    for text in element.itertext():
        for char in _STASHED.sub("", text):
            if direction := _DIRECTIONS.get(unicodedata.bidirectional(char)):
                return direction
    return None
