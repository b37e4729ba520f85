"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.finder import find
from search.query import parse

RESULTS_OF_A_KIND = 20


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What was found for `?q=`; without a query, the box and how to use it."""
    query = parse(request.GET.get("q", ""))
    context = {"query": query, "found": find(query, limit=RESULTS_OF_A_KIND)}
    return render(request, "search/results.html", context)
