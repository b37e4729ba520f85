"""The search page, and suggestions while typing."""

from collections import Counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.http.public_pages import public_page
from common.pagination import paginate
from common.text.cleaning import without_unstorable
from common.urls import absolute_url
from search.forms import NarrowingForm
from search.kinds import POST_KINDS
from search.query import parse
from search.results import Value, facets, post_results
from search.service import Found, find
from search.suggestions import suggest

RESULTS_OF_A_KIND = 10
POSTS_ON_A_PAGE = 10


@public_page("q", *NarrowingForm.base_fields, "page")
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show the results for `?q=`, or instructions without a query."""
    query = parse(request.GET.get("q", ""))
    form = NarrowingForm(request.GET)
    narrowing = form.narrowing()
    found = find(query, limit=RESULTS_OF_A_KIND, labels=narrowing.labels, kinds=narrowing.kinds)
    listing = paginate(request, found.posts, per_page=POSTS_ON_A_PAGE)
    context = {
        "query": query,
        "typed": without_unstorable(request.GET.get("q", "")).strip(),
        "found": found,
        "listing": listing,
        "posts": post_results(list(listing.page.object_list), query),
        "facets": facets(found.subjects, form),
        "kinds": _kinds(form, found),
        "form": form,
    }
    return render(request, "search/results.html", context)


@public_page("q")
@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return suggestions for `?q=` as JSON: kind, text, spans of the typed words, URL."""
    query = parse(request.GET.get("q", ""))
    lines = [
        {
            "kind": suggestion.kind,
            "group": suggestion.kind.label,
            "text": suggestion.text,
            "spans": suggestion.spans,
            "url": suggestion.address,
            "grade": suggestion.grade,
        }
        for suggestion in suggest(query)
    ]
    return JsonResponse({"query": query.text, "suggestions": lines})


@public_page("q")
@require_safe
def browser_suggestions(request: HttpRequest) -> HttpResponse:
    """Return suggestions for a browser's search bar in OpenSearch format: query, texts, descriptions, URLs."""
    query = parse(request.GET.get("q", ""))
    found = suggest(query)
    columns = [
        query.text,
        [suggestion.text for suggestion in found],
        [str(suggestion.kind.label) for suggestion in found],
        [absolute_url(suggestion.address) for suggestion in found],
    ]
    return JsonResponse(columns, safe=False, content_type="application/x-suggestions+json")


@public_page()
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Return the OpenSearch 1.1 description document."""
    context = {"public_url": settings.PUBLIC_URL}
    return render(
        request, "search/opensearch.xml", context, content_type="application/opensearchdescription+xml; charset=utf-8"
    )


def _kinds(form: NarrowingForm, found: Found) -> list[Value]:
    """Return the kinds of posts by which results can be filtered, with their counts."""
    if form.chosen()["kind"]:
        return []
    counts = Counter(post.kind for post in found.posts)
    return [Value(kind.label, counts[kind], kind.value) for kind in POST_KINDS if counts[kind]]
