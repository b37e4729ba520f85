"""The matrix of tools and features, for the page, its CSV file and comparisons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import groupby
from operator import add

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from directory import grade
from directory.choices import CanDisable
from directory.models import Feature, Tool, ToolFeature

# Levels of exposure with their lower bounds; the labels are shown in the legend.
LEVELS = ((1, 0.0, "slight"), (2, 0.15, "some"), (3, 0.35, "strong"), (4, 0.6, "severe"))
SHORT = {CanDisable.NO: "No", CanDisable.PARTLY: "Part", CanDisable.YES: "Yes", CanDisable.UNKNOWN: "?"}


@dataclass(frozen=True)
class Cell:
    """The fact of a tool on a feature; `text` says who can switch it off, empty if nothing is known."""

    text: str
    level: int = 0
    fact: ToolFeature | None = None

    @property
    def key(self) -> tuple[str, str]:
        """A key that is equal for cells with the same presence, control and disableability."""
        if self.fact is None:
            return ("", "")
        return (self.fact.control or "absent", self.fact.can_disable)


@dataclass(frozen=True)
class Row:
    """A tool or feature with its cells."""

    head: Tool | Feature
    cells: list[Cell]

    @property
    def columns(self) -> SafeString:
        """The cells of the heat map as HTML. A template takes ten times as long for thousands of them."""
        return reduce(add, (_column(cell.text, cell.level) for cell in self.cells), escape(""))


@dataclass(frozen=True)
class Family:
    """Adjacent columns of the same family."""

    name: str
    width: int


NOTHING_KNOWN = Cell("")


def by_tool(tools: Sequence[Tool], features: Sequence[Feature]) -> list[Row]:
    """Return one row per tool with one cell per feature, in the given orders."""
    cells = _cells(tools, features)
    return [Row(tool, [cells.get((tool.pk, f.pk), NOTHING_KNOWN) for f in features]) for tool in tools]


def by_feature(tools: Sequence[Tool], features: Sequence[Feature]) -> tuple[list[Row], list[Row]]:
    """Return rows of the features with at least one fact: those that differ, and those that agree."""
    cells = _cells(tools, features)
    differing: list[Row] = []
    agreeing: list[Row] = []
    for feature in features:
        row = Row(feature, [cells.get((tool.pk, feature.pk), NOTHING_KNOWN) for tool in tools])
        if any(cell.fact for cell in row.cells):
            (differing if len({cell.key for cell in row.cells}) > 1 else agreeing).append(row)
    return differing, agreeing


def families(features: Iterable[Feature]) -> list[Family]:
    """Return the families of the columns, in order."""
    grouped = groupby(features, key=lambda feature: feature.get_family_display())
    return [Family(name, len(list(group))) for name, group in grouped]


def csv_rows(tools: Sequence[Tool], features: Sequence[Feature]) -> Iterable[list[str]]:
    """Yield the matrix as rows of plain values, escaped against formula injection."""
    yield ["tool", "name", "kind", "grade", "risk", *(feature.slug for feature in features)]
    for row in by_tool(tools, features):
        tool = row.head
        if isinstance(tool, Tool):
            known = [f"{c.fact.control or 'absent'}/{c.fact.can_disable or '-'}" if c.fact else "" for c in row.cells]
            yield [_text(value) for value in (tool.slug, tool.name, tool.kind, tool.grade, f"{tool.risk}", *known)]


def _text(value: str) -> str:
    """Prefix values that start like a formula with an apostrophe (OWASP, CSV injection)."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _cells(tools: Sequence[Tool], features: Sequence[Feature]) -> dict[tuple[int, int], Cell]:
    """Return the confirmed fact with the highest level of each tool and feature."""
    cells: dict[tuple[int, int], Cell] = {}
    severities = {feature.pk: feature.severity for feature in features}
    for fact in ToolFeature.objects.confirmed_about(tools, features):
        cell, place = _cell(fact, severities[fact.feature_id]), (fact.tool_id, fact.feature_id)
        if place not in cells or cell.level > cells[place].level:
            cells[place] = cell
    return cells


def _cell(fact: ToolFeature, severity: int) -> Cell:
    if not fact.present:
        return Cell("None", fact=fact)
    strength = grade.exposure(severity, fact.control, fact.can_disable)
    level = max(number for number, start, _ in LEVELS if strength >= start)
    return Cell(SHORT[CanDisable(fact.can_disable)], level, fact)


@cache
def _column(text: str, level: int) -> SafeString:
    """Return a cell as HTML. There are few different ones, since no cell holds what people wrote."""
    return format_html('<td data-e="{}">{}</td>', level, text) if level else format_html("<td>{}</td>", text)
