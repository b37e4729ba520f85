"""What hostile Markdown costs beside ordinary prose: no text may hold a worker."""

from collections.abc import Iterator

from bench.measure import Row, at_most, cost
from common.text.markdown import MarkdownError, render

PROSE = "Some prose with *emphasis*, a [link](https://example.org/page) and `code`.\n\n" * 66
UNITS = (
    "[", "![", "[^", "[a](", "[](", "*", "**a ", "_a_*", "`a", "``a`", "~", "<", "<a ", "&#", "\\", "|", "|a\n|-\n", "> a\n",
    "- a\n", "***\n", "* * *\n", "#\n", "a\n---\n", "    a\n", "http://", "[a]: b\n", "> - ",
)  # fmt: skip


def measure() -> Iterator[Row]:
    """The worst of many tangled texts of full length, and a text of 100,000 brackets."""
    prose = cost(lambda: render(PROSE), repeat=10)
    texts = {repr(unit): (unit * 20_000)[:20_000] for unit in UNITS}
    costs = {name: cost(lambda text=text: attempt(text), turns=3) for name, text in texts.items()}  # type: ignore[misc]
    worst = max(costs, key=lambda name: costs[name])
    yield at_most(
        f"worst tangled text of 20,000 characters ({worst})", "5,000 characters of prose", costs[worst] / prose, 60
    )
    yield at_most("100,000 brackets", "5,000 characters of prose", cost(lambda: attempt("[" * 100_000)) / prose, 1)


def attempt(text: str) -> None:
    """Render or be refused: both are answers."""
    try:
        render(text)
    except MarkdownError:
        return
