"""Numbered lines are a list only if they count up by one: "12. March" and "14. March" are dates. Pure."""

from collections.abc import Iterator, Sequence

from common.text.markdown_blocks import Block, Kind


def settle_numbers(block: Block) -> None:
    """Turn the numbered lists inside `block` that do not count up by one back into text."""
    settled: list[Block] = []
    for child in block.children:
        settle_numbers(child)
        if child.kind is not Kind.LIST or not child.is_numbered or _counts_up(child, settled):
            _append(settled, child)
            continue
        for item in child.children:
            for part in _as_text(item):
                _append(settled, part)
    block.children = settled


def _counts_up(block: Block, before: Sequence[Block]) -> bool:
    numbers = [item.marker[:-1] for item in block.children]
    if len(numbers) == 1:
        # A line alone counts nothing. "1." may begin a list, but in the middle of a paragraph it is a date.
        return numbers == ["1"] and not _continues(before, block)
    first = int(numbers[0])
    # A list would show "07." as "7.".
    return numbers == [str(number) for number in range(first, first + len(numbers))]


def _as_text(item: Block) -> Iterator[Block]:
    """Yield the blocks of an item, with its number in front of the first paragraph."""
    first = item.children[0] if item.children else None
    if first and first.kind is Kind.PARAGRAPH:
        first.lines[0] = f"{item.marker} {first.lines[0]}"
        first.after_blank = item.after_blank
    else:
        yield Block(Kind.PARAGRAPH, item.after_blank, lines=[item.marker])
    yield from item.children


def _append(blocks: list[Block], block: Block) -> None:
    if block.kind is Kind.PARAGRAPH and _continues(blocks, block):
        blocks[-1].lines += block.lines
    else:
        blocks.append(block)


def _continues(before: Sequence[Block], block: Block) -> bool:
    """Whether `block` follows a paragraph on the next line."""
    return bool(before) and before[-1].kind is Kind.PARAGRAPH and not block.after_blank
