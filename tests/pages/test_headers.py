"""Every answer carries the whole header table: pages, errors, redirects, static files, the API."""

import re
from http import HTTPStatus
from http.cookies import Morsel
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.middleware.csrf import get_token
from django.test import Client, override_settings
from django.urls import path

from common.http.headers import CROSS_ORIGIN_PATHS, DATA_TYPES, UNINDEXED_PATHS, plain_refusal
from config import urls as config_urls
from tests.factories import UserFactory
from tests.pages.observatory import directives, score
from tests.pages_under_test import unrendered
from tests.sitemap_of_tests import entrance_pages, pages, routes

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
    "frame-src": ["'none'"],
    "upgrade-insecure-requests": [],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["app"],
}


def sign_in(request: HttpRequest) -> HttpResponse:
    """A page with the cookies of somebody signed in, which no public page sets."""
    user = UserFactory()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    get_token(request)
    return HttpResponse("<script type=module src=/x.js integrity=sha384-x></script>")


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [
    path("sign-in/", sign_in),
    path("fail/", fail),
    path("redirect/", lambda request: Redirect("/")),
    *config_urls.urlpatterns,
]
handler404, handler500 = config_urls.handler404, config_urls.handler500


@pytest.fixture
def client() -> Client:
    """A visitor who sees server errors as people do."""
    return Client(raise_request_exception=False)


def static_file() -> str:
    html = Client().get("/about/").content.decode()
    return str(re.findall(r'href="(/static/[^"]+\.css)"', html)[0])


ADDRESSES = [
    *dict.fromkeys([*(route.address for route in routes()), *pages()]),
    "/no/such/page/", "/fail/", "/redirect/", "/tools", "/api/v1/nothing", "/api/v1/search?limit=x", "STATIC", "/static/no",
]  # fmt: skip


DATA = {"default-src": ["'none'"], "sandbox": [], "frame-ancestors": ["'none'"]}


def policy_of(address: str, response: Any) -> dict[str, list[str]]:
    """Pages and static files have the policy of pages; what programs read may load and run nothing."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    opened = address.startswith(CROSS_ORIGIN_PATHS) and kind != "text/html"
    return DATA if opened or (kind in DATA_TYPES and not address.startswith("/static/")) else POLICY


@override_settings(ROOT_URLCONF="tests.pages.test_headers")
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_every_header(address: str, client: Client) -> None:
    address = static_file() if address == "STATIC" else address
    for method in ("GET", "HEAD", "POST", "OPTIONS", "TRACE"):
        # Whole pages are looked at below.
        with unrendered():
            response = client.generic(method, address)
        assert {name: response.headers.get(name) for name in EVERYWHERE} == EVERYWHERE, method
        assert directives(response.headers["Content-Security-Policy"]) == policy_of(address, response), method
        assert response.headers["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}, method
        assert response.headers["Cache-Control"], method
        assert "camera=()" in response.headers["Permissions-Policy"], method
        assert "clipboard-write=(self)" in response.headers["Permissions-Policy"], method
        assert not {"Server", "X-Powered-By", "X-XSS-Protection", "NEL", "Report-To"} & set(response.headers), method
        response.close()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/api/v1/search?q=zoom", "forewarned.json"),
        ("/api/v1/search?limit=x", "forewarned.json"),
        ("/api/v1/openapi.json", "forewarned.json"),
        ("/feeds/warnings.atom", "forewarned.atom"),
        ("/feeds/warnings.rss", "forewarned.rss"),
        ("/feeds/warnings.json", "forewarned.json"),
        ("/search/suggestions/?q=zoom", "forewarned.json"),
        ("/card/zoom.png", "forewarned.png"),
        ("/tools/matrix.csv", "forewarned-matrix.csv"),
    ],
)
def test_data_opened_as_a_page_runs_nothing_and_has_a_name_of_ours(address: str, name: str, client: Client) -> None:
    response = client.get(address)
    assert directives(response["Content-Security-Policy"]) == DATA
    assert response["Content-Disposition"].endswith(f'filename="{name}"')
    again = client.get(address, headers={"If-None-Match": response.headers.get("ETag", "")})
    if again.status_code == 304 and address.startswith(CROSS_ORIGIN_PATHS):
        assert directives(again["Content-Security-Policy"]) == DATA


@pytest.mark.parametrize("role", ["", "member", "moderator"])
def test_search_engines_are_kept_from_tracking_drafts_and_the_desk(role: str, client: Client) -> None:
    if role:
        client.force_login(UserFactory(trust_level=role))
    addresses = [route.address for route in routes() if route.address.startswith(UNINDEXED_PATHS)]
    assert len(addresses) > 20
    for address in addresses:
        for method in ("GET", "POST"):
            with unrendered():
                response = client.generic(method, address)
            assert response.headers.get("X-Robots-Tag") == "noindex, nofollow", (method, address)


def test_refusals_without_django_carry_them_too() -> None:
    headers = dict(plain_refusal(HTTPStatus.BAD_REQUEST)[0])
    assert {name: headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert headers["Permissions-Policy"] == Client().get("/")["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1,evil.example"])
def test_a_refused_host_carries_them_too(host: str, client: Client) -> None:
    response = client.get("/", headers={"Host": host})
    assert response.status_code == 400
    assert {name: response.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


def test_only_what_others_may_embed_is_open_to_them(client: Client) -> None:
    assert client.get("/")["Cross-Origin-Resource-Policy"] == "same-origin"
    assert client.get("/api/v1/search")["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_private_feed_is_for_no_other_site(client: Client) -> None:
    assert client.get("/feeds/warnings.atom")["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get("/feeds/mine/nothing.atom")["Cross-Origin-Resource-Policy"] == "same-origin"


@override_settings(SECURE_HSTS_PRELOAD=True)
def test_the_host_can_opt_in_to_preloading(client: Client) -> None:
    assert client.get("/")["Strict-Transport-Security"].endswith("; preload")


def scripts_in(html: str) -> list[str]:
    return [tag for tag in re.findall(r"<script[^>]*>", html) if 'type="application/' not in tag]


@pytest.mark.parametrize("address", pages())
def test_public_pages_score_all_there_is_for_a_page_without_cookies(address: str, client: Client) -> None:
    """135: all but the five points for cookies, which these pages do not set, and five for preloading."""
    response = client.get(address)
    result = score(
        response.headers, cookies=list(response.cookies.values()), scripts=scripts_in(response.content.decode())
    )
    assert result.parts["cookies"] == 0
    assert result.points == 135, result.parts


@pytest.mark.parametrize("address", entrance_pages())
def test_pages_with_a_form_score_140(address: str, client: Client) -> None:
    response = client.get(address)
    cookies: list[Morsel[str]] = list(response.cookies.values())
    result = score(response.headers, cookies=cookies, scripts=scripts_in(response.content.decode()))
    assert result.points == 140, result.parts
    assert response["Cache-Control"] == "no-store" or "no-store" in response["Cache-Control"]


@override_settings(ROOT_URLCONF="tests.pages.test_headers")
def test_an_answer_with_our_cookies_scores_140(client: Client) -> None:
    response = client.get("/sign-in/")
    cookies: list[Morsel[str]] = list(response.cookies.values())
    assert {cookie.key for cookie in cookies} == {"__Host-sessionid", "__Host-csrftoken"}
    assert all(cookie["path"] == "/" and not cookie["domain"] for cookie in cookies)
    result = score(response.headers, cookies=cookies, scripts=scripts_in(response.content.decode()))
    assert result.points == 140, result.parts
    assert response.headers["Cache-Control"] == "no-store"


def test_the_score_notices_what_is_missing() -> None:
    assert score({}, cookies=[], scripts=[]).points < 50
    assert settings.SESSION_COOKIE_SECURE


@pytest.mark.parametrize("encoding", ["br", "gzip", "zstd"])
def test_pages_are_sent_compressed_to_who_can_read_it(encoding: str, client: Client) -> None:
    plain = client.get("/tools/dingtalk/")
    packed = client.get("/tools/dingtalk/", headers={"Accept-Encoding": encoding})
    assert packed["Content-Encoding"] == encoding
    assert "accept-encoding" in packed["Vary"].lower()
    assert len(packed.content) < len(plain.content) / 3
