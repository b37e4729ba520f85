"""Version 1 of the public API."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from api.schemas import (
    MonthOfModeration,
    Problem,
    PublicDecision,
    Result,
    SearchResults,
    ToolResult,
    Transparency,
)
from common.urls import absolute_url
from moderation.models import Decision
from moderation.transparency import log
from moderation.transparency.activity import active_people
from search import results, service
from search.kinds import Kind
from search.query import parse

MAX_LIMIT, MAX_DECISIONS = 50, 1_000

api = NinjaAPI(
    title=f"{settings.SITE_NAME} API",
    version="1",
    description="Warnings for freelancers: tools, features, tactics, marketplaces. Content: CC BY-SA 4.0.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)


@api.api_operation(
    ["GET", "HEAD"],
    "/search",
    response=SearchResults,
    summary="Find tools, warnings, tactics and marketplaces by name, by what they do, or by what is written",
)
def search(request: HttpRequest, q: str = "", limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 10) -> SearchResults:
    """`tools` contains confident matches only, the best first. If nothing matches, every list is empty."""
    query = parse(q)
    found = service.find(query, limit=limit, kinds=(Kind.WARNING,))
    return SearchResults(
        query=query.text,
        tools=[_tool(match) for match in found.tools],
        warnings=[
            Result(slug=w.slug, name=w.title, url=_url("warning", w.slug))
            for w in results.warnings(found.posts, limit)
        ],
        tactics=[Result(slug=t.slug, name=t.name, url=_url("tactic", t.slug)) for t in found.tactics],
        marketplaces=[Result(slug=m.slug, name=m.name, url=_url("marketplace", m.slug)) for m in found.marketplaces],
    )


@api.api_operation(
    ["GET", "HEAD"],
    "/transparency",
    response=Transparency,
    summary="What the moderators decided, why, how long it took, and how often they were wrong",
)
def transparency(request: HttpRequest, limit: Annotated[int, Field(ge=1, le=MAX_DECISIONS)] = 100) -> Transparency:
    """The figures of the last twelve months, and the newest decisions."""
    rows = Decision.objects.for_list()[:limit]
    return Transparency(
        active_people=active_people(),
        months=[MonthOfModeration(**asdict(month)) for month in log.figures()],
        decisions=[PublicDecision(**log.log_row(row)) for row in rows],
    )


@api.exception_handler(ValidationError)
def wrong_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Return a problem that names each invalid parameter."""
    reasons = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, reasons)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Return a problem for an HTTP error of the framework."""
    return problem(HTTPStatus(error.status_code), str(error))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Return a problem for a missing object."""
    return problem(HTTPStatus.NOT_FOUND, str(error) or "There is nothing at this address.")


def problem(status: HTTPStatus, detail: str) -> HttpResponse:
    """Return an error response as defined by RFC 9457."""
    content = Problem(title=status.phrase, status=status, detail=detail).model_dump()
    return JsonResponse(content, status=status, content_type="application/problem+json")


def _tool(match: service.ToolMatch) -> ToolResult:
    tool = match.tool
    return ToolResult(
        slug=tool.slug,
        name=tool.name,
        matched=match.matched,
        score=match.score,
        grade=tool.grade or None,
        url=_url("tool", tool.slug),
    )


def _url(name: str, slug: str) -> str:
    return absolute_url(reverse(name, kwargs={"slug": slug}))
