"""Compare a few tools."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory import matrix
from directory.models import Feature, Tool

MOST_COMPARED = 4
FEWEST_COMPARED = 2
LONGEST_NAME = 120


@dataclass(frozen=True)
class Comparison:
    """The tools to compare, names not found, and the rows if there are at least two tools."""

    tools: list[Tool]
    unknown: list[str]
    differing: list[matrix.Row]
    agreeing: list[matrix.Row]

    @property
    def boxes(self) -> list[str]:
        """The values of the picker's fields: names of tools, names not found, and empty ones."""
        filled = [tool.name for tool in self.tools] + self.unknown
        return (filled + [""] * MOST_COMPARED)[:MOST_COMPARED]

    @property
    def enough(self) -> bool:
        """Whether there are enough tools to compare."""
        return len(self.tools) >= FEWEST_COMPARED


def compare(given: Sequence[str]) -> Comparison:
    """Compare tools given by slug or any name; only the first four non-empty values are used."""
    wanted = [value.replace("\x00", "").strip()[:LONGEST_NAME] for value in given]
    found: dict[int, Tool] = {}
    unknown = []
    for value in [value for value in wanted if value][:MOST_COMPARED]:
        tool = Tool.objects.named(value)
        if tool is None:
            unknown.append(value)
        else:
            found[tool.pk] = tool
    tools = list(found.values())
    features = list(Feature.objects.current().order_by("-severity", "name"))
    differing, agreeing = matrix.by_feature(tools, features) if len(tools) >= FEWEST_COMPARED else ([], [])
    return Comparison(tools, unknown, differing, agreeing)
