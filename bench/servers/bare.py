"""A Django site with one view that returns a constant, as an ASGI application behind the site's own front, and as WSGI."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

SIZE = 15_000
CONTENT = b"x" * SIZE


def constant(request: HttpRequest) -> HttpResponse:
    """Return the constant."""
    return HttpResponse(CONTENT)


urlpatterns = [path("", constant)]

if not settings.configured:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "warnings"))
    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY=os.urandom(20).hex(),
        MIDDLEWARE=[],
        USE_TZ=True,
        # The front needs these for its refusals.
        SECURE_HSTS_PRELOAD=False,
        PERMISSIONS_POLICY={},
    )
    django.setup()

wsgi = get_wsgi_application()
