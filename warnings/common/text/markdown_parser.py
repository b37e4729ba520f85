"""Build the elements of a Markdown text from its blocks, as a parser for Python-Markdown. Pure.

Python-Markdown finds blocks by blank lines and steps of four spaces; people know what GitHub, Discourse and Reddit
do, which is CommonMark. Only tables, link references and paragraphs are left to its own block processors.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import ParagraphProcessor
from markdown.util import AtomicString, code_escape

from common.text.markdown_blocks import Block, Kind, find_blocks
from common.text.markdown_links import DefinitionProcessor
from common.text.markdown_numbers import settle_numbers

_TABLE_LINE = re.compile(r"[|: -]*\|[|: -]*$")


class CommonMarkParser(BlockParser):
    """Parses quotes, lists, headings and code as CommonMark does."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.blockprocessors.register(DefinitionProcessor(self), "reference", 15)
        self.blockprocessors.register(ParagraphProcessor(self), "paragraph", 10)

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802  (Python-Markdown's name)
        """Return the tree of elements of a whole text."""
        blocks = find_blocks(lines)
        settle_numbers(blocks)
        self.root = Element(self.md.doc_tag)
        self._add_children(self.root, blocks)
        return ElementTree(self.root)

    def _add_children(self, parent: Element, block: Block) -> None:
        for child in block.children:
            self._add(parent, child)

    def _add(self, parent: Element, block: Block) -> None:
        match block.kind:
            case Kind.PARAGRAPH:
                self._add_paragraph(parent, block)
            case Kind.LIST:
                self._add_list(parent, block)
            case Kind.QUOTE:
                self._in_state("quote", SubElement(parent, "blockquote"), block)
            case Kind.HEADING:
                SubElement(parent, f"h{block.level}").text = "\n".join(block.lines).strip()
            case Kind.RULE:
                SubElement(parent, "hr")
            case _:
                code = "\n".join(block.lines).rstrip()
                SubElement(SubElement(parent, "pre"), "code").text = AtomicString(f"{code_escape(code)}\n")

    def _add_list(self, parent: Element, block: Block) -> None:
        element = SubElement(parent, "ol" if block.is_numbered else "ul")
        if block.is_numbered and (start := int(block.children[0].marker[:-1])) != 1:
            element.set("start", str(start))
        for item in block.children:
            # In the state "list", Python-Markdown puts no paragraphs around text.
            self._in_state("looselist" if block.is_loose else "list", SubElement(element, "li"), item)

    def _in_state(self, state: str, parent: Element, block: Block) -> None:
        self.state.set(state)
        self._add_children(parent, block)
        self.state.reset()

    def _add_paragraph(self, parent: Element, block: Block) -> None:
        self.parseBlocks(parent, ["\n".join(part).rstrip() for part in _with_tables_apart(block.lines)])
        if len(parent) and (text := parent[-1].tail):
            # Python-Markdown puts a line end, which would be a line break, before text that follows a block.
            parent[-1].tail = text.lstrip("\n")


def _with_tables_apart(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines before a table, which belong to no table, and the others."""
    for number in range(2, len(lines)):
        if _TABLE_LINE.match(lines[number]) and "|" in lines[number - 1] and "-" in lines[number]:
            yield lines[: number - 1]
            yield lines[number - 1 :]
            return
    yield lines
