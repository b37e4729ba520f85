"""Find the blocks of a Markdown text: quotes, lists, headings, code and paragraphs. Pure.

This is the first phase of the parsing strategy in the CommonMark specification
(https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy), line by line and in linear time. Raw HTML is text
here. Tables and link references are left to the renderer of paragraphs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

# Markers inside more quotes and list items than this are text: a line may not cost more than that.
MAX_DEPTH = 20
_CODE_INDENT = 4

_HEADING = re.compile(r" {0,3}(#{1,6})(?: +(.*)| *)$")
_CLOSING_HASHES = re.compile(r"(?:^| )#+ *$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+) *$")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:_ *){3,}|(?:- *){3,})$")
_FENCE = re.compile(r"( {0,3})(?:(`{3,})[^`]*|(~{3,}).*)$")
_QUOTE = re.compile(r" {0,3}> ?")
# "1. 3. 2026" is a date, and no list inside a list.
_DATE = r" +\d{1,2}\.(?: |$|\d{4}\b)"
_MARKER = re.compile(rf"( {{0,3}})([-+*]|\d{{1,9}}[.)](?!{_DATE}))(?: |$)")


class Kind(Enum):
    """What a block is."""

    ROOT = auto()
    QUOTE = auto()
    LIST = auto()
    ITEM = auto()
    PARAGRAPH = auto()
    HEADING = auto()
    RULE = auto()
    FENCE = auto()
    CODE = auto()


@dataclass
class Block:
    """A block with its lines or with the blocks inside it."""

    kind: Kind
    after_blank: bool = False
    lines: list[str] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)
    # A heading's level.
    level: int = 0
    # The marker of an item, the fence of code, or the sign that all markers of a list share.
    marker: str = ""
    # How far the text of an item or of fenced code is indented.
    indent: int = 0

    @property
    def is_numbered(self) -> bool:
        """Whether it is a numbered list, or an item of one."""
        return self.marker[-1:] in {".", ")"}

    @property
    def is_loose(self) -> bool:
        """Whether blank lines separate the items of a list, or the blocks directly inside one of them."""
        blocks = [block for item in self.children for block in item.children[1:]]
        return any(block.after_blank for block in [*self.children[1:], *blocks])


def find_blocks(lines: Iterable[str]) -> Block:
    """Return the root of the blocks that lines without tabs form."""
    finder = _Finder()
    for line in lines:
        finder.add(line)
    return finder.root


class _Finder:
    """Adds lines to the blocks that are open: quotes and items, the outermost first, and at most one leaf."""

    def __init__(self) -> None:
        self.root = Block(Kind.ROOT)
        self.open = [self.root]
        self.leaf: Block | None = None
        # The container of the blank line just before, if there was one.
        self.blank: Block | None = None

    def add(self, line: str) -> None:
        """Add the next line."""
        matched, rest = self._continue(line)
        fence = self.leaf if matched == len(self.open) else None
        if fence and fence.kind is Kind.FENCE:
            self._add_to_fence(fence, rest)
            return
        begun, rest = self._begin_containers(matched, rest)
        outside = not begun and matched < len(self.open)
        if outside and not self._is_lazy(rest):
            self._close(matched)
            outside = False
        self._add_to_leaf(rest, outside=outside)

    def _continue(self, line: str) -> tuple[int, str]:
        """Return how many open containers a line continues, and what is left of the line inside them."""
        rest = line
        for depth, block in enumerate(self.open[1:], start=1):
            if block.kind is Kind.QUOTE:
                quote = _QUOTE.match(rest)
                if not quote:
                    return depth, rest
                rest = rest[quote.end() :]
            elif not rest.strip():
                # An item may begin with one blank line, and no more.
                if not block.children:
                    return depth, rest
                rest = ""
            elif _indent(rest) >= block.indent:
                rest = rest[block.indent :]
            else:
                return depth, rest
        return len(self.open), rest

    def _begin_containers(self, matched: int, rest: str) -> tuple[bool, str]:
        """Open the quotes and items that begin in a line. Return whether there are any, and the rest of the line."""
        begun = False
        while matched < MAX_DEPTH and _indent(rest) < _CODE_INDENT:
            quote = _QUOTE.match(rest)
            marker = None if quote or self._ends_paragraph(rest, matched, begun) else _MARKER.match(rest)
            if not quote and not (marker and self._may_begin_list(marker, rest, matched, begun)):
                break
            if not begun:
                self._close(matched)
            begun = True
            if quote:
                self._open(Block(Kind.QUOTE, self._after_blank()))
                rest = rest[quote.end() :]
            else:
                assert marker is not None
                rest = self._open_item(marker, rest)
            matched = len(self.open)
        return begun, rest

    def _ends_paragraph(self, rest: str, matched: int, begun: bool) -> bool:
        """Whether a line of hyphens or stars is a rule or an underline, and so begins no list."""
        return bool(_RULE.match(rest) or (self._in_paragraph(matched, begun) and _UNDERLINE.match(rest)))

    def _in_paragraph(self, matched: int, begun: bool) -> bool:
        leaf = self.leaf
        return not begun and matched == len(self.open) and leaf is not None and leaf.kind is Kind.PARAGRAPH

    def _may_begin_list(self, marker: re.Match[str], rest: str, matched: int, begun: bool) -> bool:
        """Only an item with text, numbered 1 if at all, interrupts a paragraph: "... in\n14. March" goes on."""
        if not self._in_paragraph(matched, begun):
            return True
        return bool(rest[marker.end() :].strip()) and (marker[2] in "-+*" or int(marker[2][:-1]) == 1)

    def _open_item(self, marker: re.Match[str], rest: str) -> str:
        before, sign = marker.groups()
        text = rest[len(before) + len(sign) :]
        spaces = _indent(text)
        if not text.strip() or spaces > _CODE_INDENT:
            spaces = 1
        parent = self.open[-1]
        kind = sign[-1]
        if not (parent.children and parent.children[-1].kind is Kind.LIST and parent.children[-1].marker == kind):
            parent.children.append(Block(Kind.LIST, self._after_blank(), marker=kind))
        item = Block(Kind.ITEM, self._after_blank(), marker=sign, indent=len(before) + len(sign) + spaces)
        parent.children[-1].children.append(item)
        self.open.append(item)
        # What follows on the line does not follow a blank one.
        self.blank = None
        return text[spaces:]

    def _open(self, block: Block) -> None:
        self.open[-1].children.append(block)
        self.open.append(block)
        self.blank = None

    def _close(self, matched: int) -> None:
        del self.open[matched:]
        self.leaf = None

    def _is_lazy(self, rest: str) -> bool:
        """Whether a line outside a quote or item still belongs to the paragraph that is open there."""
        if not (self.leaf and self.leaf.kind is Kind.PARAGRAPH and rest.strip()):
            return False
        return _indent(rest) >= _CODE_INDENT or not (_HEADING.match(rest) or _RULE.match(rest) or _FENCE.match(rest))

    def _add_to_fence(self, fence: Block, rest: str) -> None:
        self.blank = None
        closing = rest.strip()
        if _indent(rest) < _CODE_INDENT and closing.startswith(fence.marker) and not closing.strip(fence.marker[0]):
            self.leaf = None
        else:
            fence.lines.append(rest[min(fence.indent, _indent(rest)) :])

    def _add_to_leaf(self, rest: str, *, outside: bool) -> None:
        if not rest.strip():
            self._add_blank(rest)
            return
        in_paragraph = self.leaf is not None and self.leaf.kind is Kind.PARAGRAPH
        if _indent(rest) >= _CODE_INDENT and not in_paragraph:
            if not (self.leaf and self.leaf.kind is Kind.CODE):
                self._begin_leaf(Block(Kind.CODE))
            self._extend(rest[_CODE_INDENT:])
        elif _indent(rest) >= _CODE_INDENT or not (self._add_underline(rest, outside) or self._add_other(rest)):
            if not in_paragraph:
                self._begin_leaf(Block(Kind.PARAGRAPH))
            self._extend(rest.lstrip(" "))
        self.blank = None

    def _add_blank(self, rest: str) -> None:
        container = self.open[-1]
        begins_item = container.kind is Kind.ITEM and not container.children
        self.blank = None if begins_item else container
        if self.leaf and self.leaf.kind is Kind.CODE:
            self._extend(rest[_CODE_INDENT:])
        else:
            self.leaf = None

    def _add_underline(self, rest: str, outside: bool) -> bool:
        underline = _UNDERLINE.match(rest)
        if outside or not underline or not (self.leaf and self.leaf.kind is Kind.PARAGRAPH):
            return False
        self.leaf.kind, self.leaf.level = Kind.HEADING, 1 if underline[1][0] == "=" else 2
        self.leaf = None
        return True

    def _add_other(self, rest: str) -> bool:
        """Add a heading, a rule or the first line of fenced code, if the line is one."""
        if heading := _HEADING.match(rest):
            words = _CLOSING_HASHES.sub("", heading[2] or "")
            self._begin_leaf(Block(Kind.HEADING, level=len(heading[1]), lines=[words]))
            self.leaf = None
        elif _RULE.match(rest):
            self._begin_leaf(Block(Kind.RULE))
            self.leaf = None
        elif fence := _FENCE.match(rest):
            self._begin_leaf(Block(Kind.FENCE, marker=fence[2] or fence[3], indent=len(fence[1])))
        else:
            return False
        return True

    def _after_blank(self) -> bool:
        """Whether a block that begins now follows a blank line. One that ends a quote counts inside it only."""
        return self.blank is not None and (self.blank.kind is not Kind.QUOTE or self.blank is self.open[-1])

    def _begin_leaf(self, leaf: Block) -> None:
        leaf.after_blank = self._after_blank()
        self.open[-1].children.append(leaf)
        self.leaf = leaf

    def _extend(self, line: str) -> None:
        assert self.leaf is not None
        self.leaf.lines.append(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
