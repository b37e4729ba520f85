"""Keep responses private."""

from django.http import HttpResponse


def private(response: HttpResponse) -> HttpResponse:
    """Mark a response as not to be cached or indexed.

    Its URL is not sent to other sites, because Referrer-Policy is same-origin everywhere. With no-referrer, browsers
    would not send an Origin header for the page's own forms either.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
