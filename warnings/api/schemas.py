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
    """The results of a search by kind, the best first."""

    query: str
    tools: list[ToolResult]
    warnings: list[Result]
    tactics: list[Result]
    marketplaces: list[Result]


class Problem(Schema):
    """An error as defined by RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class MonthOfModeration(Schema):
    """The figures of one month. The hours are null if moderators decided nothing."""

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
    """A decision in the public log: no free text, and dates instead of times."""

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
    """The figures of the last twelve months, the latest decisions, and the number of active people.

    Months and decisions are ordered from the newest.
    """

    active_people: int
    months: list[MonthOfModeration]
    decisions: list[PublicDecision]
