"""What public pages cost beside a bare view that returns a constant of the same size, through all middleware."""

from collections.abc import Iterator
from functools import partial
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from bench.measure import Row, at_least, at_most, cost
from config import urls as site_urls

KINDS = {
    "home": "/",
    "tools": "/tools/",
    "tool": "/tools/dingtalk/",
    "feature": "/features/screen-capture/",
    "tactic": "/tactics/off-platform-contact/",
    "marketplace": "/marketplaces/fiverr/",
    "warning": "/warnings/stay-away-from-a-buyer-who-asks-you-to-use-dingtalk/",
    "search": "/search/?q=dingding",
}


def constant(request: HttpRequest, size: int) -> HttpResponse:
    """The bare view: nothing but a string."""
    return HttpResponse("x" * size)


urlpatterns = [path("constant/<int:size>/", constant), *site_urls.urlpatterns]
handler404 = site_urls.handler404


@override_settings(ROOT_URLCONF="bench.pages")
def measure() -> Iterator[Row]:
    """Throughput of each page kind as a share of the bare view's, and the name search as a multiple of it."""
    client = Client(headers={"Host": "localhost"})
    for kind, address in KINDS.items():
        response = client.get(address)
        if response.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{address} answered {response.status_code}")
        size = len(response.content)
        bare = cost(partial(client.get, f"/constant/{size}/"), repeat=20)
        page = cost(partial(client.get, address), turns=3, repeat=5)
        yield at_least(f"page: {kind}", "a bare view of the same size", bare / page, 0.8)
    bare = cost(partial(client.get, "/constant/500/"), repeat=20)
    search = cost(partial(client.get, "/api/v1/search?q=dingding"), turns=3, repeat=10)
    yield at_most("API search by name", "a bare view", search / bare, 20)
