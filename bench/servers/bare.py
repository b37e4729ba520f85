"""A Django site with one view that returns 15 kB, without middleware: what pages are compared with."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

import config  # noqa: F401  (puts the apps on the import path)

CONTENT = b"x" * 15_000


def constant(request: HttpRequest) -> HttpResponse:
    """Return the content."""
    return HttpResponse(CONTENT)


urlpatterns = [path("", constant)]

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY=os.urandom(20).hex(), MIDDLEWARE=[])
django.setup()

# For gunicorn.
application = get_wsgi_application()
