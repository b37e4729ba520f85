"""Pages whose address or content is somebody's secret."""

from django.http import HttpResponse


def private(response: HttpResponse) -> HttpResponse:
    """A page that no cache keeps and no search engine lists.

    Its address goes to no other site (Referrer-Policy is same-origin everywhere); with no-referrer the browser would
    not tell us either that the page's own forms come from here.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
