"""The root URL configuration."""

from django.conf import settings
from django.urls import include, path

from api.endpoints import api
from api.views import describe
from pages.administration.site import window

urlpatterns = [
    path("", include("pages.urls")),
    path("", include("directory.urls")),
    path("", include("reports.urls")),
    path("", include("search.urls")),
    path("", include("accounts.urls")),
    path("", include("moderation.urls")),
    path("feeds/", include("api.feeds.urls")),
    path("api/v1/openapi.json", describe, name="openapi"),
    path("api/v1/", api.urls),
]

if settings.ADMIN_PATH:
    urlpatterns.append(path(f"{settings.ADMIN_PATH}/", window.urls))

handler400 = "pages.views.bad_request"
handler403 = "pages.views.forbidden"
handler404 = "pages.views.not_found"
# Called by the sign-in library.
handler429 = "pages.views.too_many_requests"
handler500 = "pages.views.server_error"
