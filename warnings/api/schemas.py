"""The shapes that the API answers with."""

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
