"""Schemas of the API's responses."""

from datetime import date

from ninja import Schema


class ToolResult(Schema):
    """A tool that a search found."""

    slug: str
    name: str
    matched: str
    score: float
    grade: str | None
    url: str


class Result(Schema):
    """A warning, tactic or marketplace that a search found."""

    slug: str
    name: str
    url: str


class SearchResults(Schema):
    """All that a search found, by kind, best first."""

    query: str
    tools: list[ToolResult]
    warnings: list[Result]
    tactics: list[Result]
    marketplaces: list[Result]


class Problem(Schema):
    """An error as RFC 9457 describes it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class MonthOfModeration(Schema):
    """The figures of one month; hours are None without a decision."""

    month: date
    received: int
    decided: int
    median_hours: float | None
    p95_hours: float | None
    automatic: int
    undone: int
    appeals: int
    overturned: int
    notices: int
    authorities: int
    pauses: int
    threats: int
    automatic_undone: int
    own_initiative: int
    reasons: dict[str, int]
    grounds: dict[str, int]


class PublicDecision(Schema):
    """A decision as the public record tells it: no text of anybody, days instead of moments."""

    id: str
    day: str
    what: str
    kind: str
    reason: str
    rule: str
    basis: str
    automatic: bool
    by: str
    undone: str


class Transparency(Schema):
    """The figures of the last twelve months, newest first, the newest decisions, and how many people take part."""

    active_people: int
    months: list[MonthOfModeration]
    decisions: list[PublicDecision]
