"""What caches may keep: public pages if they ask before each use, nothing of a person, and each answer with its ETag."""

from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client

from accounts.models import User
from reports.models import Warning
from tests.factories import UserFactory
from tests.reports.conftest import signed_in
from tests.sitemap_of_tests import FOUNDING, pages

pytestmark = pytest.mark.django_db
PAGE = f"/warnings/{FOUNDING}/"
ENCODINGS = ["identity", "gzip", "br", "zstd"]
KEPT_ON_304 = ("Cache-Control", "ETag", "Vary")


class SharedCache:
    """A cache in front of the site that many browsers share, as RFC 9111 describes it."""

    def __init__(self) -> None:
        self.kept: dict[str, list[tuple[dict[str, str], HttpResponseBase]]] = {}

    def get(self, browser: Client, address: str, **headers: str) -> Any:
        """Answer from what is kept if the site says that it is current, else ask the site."""
        asked = {name.lower(): value for name, value in headers.items()}
        asked["cookie"] = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
        for chosen, kept in self.kept.get(address, []):
            if all(asked.get(name, "") == value for name, value in chosen.items()):
                again = browser.get(address, headers={**headers, "If-None-Match": kept.headers["ETag"]})
                return kept if again.status_code == 304 else self._keep(address, asked, again)
        return self._keep(address, asked, browser.get(address, headers=headers))

    def _keep(self, address: str, asked: dict[str, str], answer: Any) -> Any:
        if "public" in answer.headers["Cache-Control"]:
            varies = [name.strip().lower() for name in answer.headers.get("Vary", "").split(",") if name]
            chosen = {name: asked.get(name, "") for name in varies}
            self.kept[address] = [entry for entry in self.kept.get(address, []) if entry[0] != chosen]
            self.kept[address].append((chosen, answer))
        return answer


@pytest.mark.parametrize("address", ["/", PAGE, "/tools/", "/tools/dingtalk/", "/search/?q=dingtalk", "/about/"])
def test_people_who_share_a_cache_see_their_own_pages(address: str) -> None:
    cache, stranger = SharedCache(), Client()
    heron: User = UserFactory(handle="Heron")
    egret: User = UserFactory(handle="Egret")
    theirs = {"Heron": signed_in(heron), "Egret": signed_in(egret)}
    for _ in range(2):
        assert "Heron" not in cache.get(stranger, address).content.decode()
        for name, browser in theirs.items():
            page = cache.get(browser, address).content.decode()
            assert name in page
            assert not {other for other in theirs if other != name and other in page}
    assert len(cache.kept[address]) == 1


def test_what_is_hidden_is_not_shown_again(visitor: Client) -> None:
    cache = SharedCache()
    assert cache.get(visitor, PAGE).status_code == 200
    Warning.objects.filter(slug=FOUNDING).update(status="hidden")
    assert cache.get(visitor, PAGE).status_code != 200


def test_the_page_of_before_signing_in_is_not_shown_afterwards(visitor: Client) -> None:
    """As a browser's own cache does it: it asks with the ETag that it has."""
    before = visitor.get(PAGE)
    member: User = UserFactory()
    after = signed_in(member).get(PAGE, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after["Cache-Control"] == "no-store"


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("address", ["/", PAGE, "/feeds/warnings.atom", "/api/v1/search?q=dingtalk", "/robots.txt"])
def test_an_unchanged_answer_is_304_with_the_same_headers(address: str, encoding: str, visitor: Client) -> None:
    first = visitor.get(address, headers={"Accept-Encoding": encoding})
    for asked in (first["ETag"], first["ETag"].removeprefix("W/"), f'"other", {first["ETag"]}', "*"):
        again = visitor.get(address, headers={"Accept-Encoding": encoding, "If-None-Match": asked})
        assert (again.status_code, again.content) == (304, b"")
        assert {name: again.get(name) for name in KEPT_ON_304} == {name: first.get(name) for name in KEPT_ON_304}
    assert "Accept-Encoding" in first["Vary"]


@pytest.mark.parametrize("address", ["/", PAGE, "/feeds/warnings.atom"])
def test_head_has_the_headers_of_get(address: str, visitor: Client) -> None:
    shown, head = visitor.get(address), visitor.head(address)
    names = (*KEPT_ON_304, "Content-Type", "Content-Length")
    assert {name: head.get(name) for name in names} == {name: shown.get(name) for name in names}
    assert visitor.head(address, headers={"If-None-Match": head["ETag"]}).status_code == 304


def test_errors_and_forms_are_not_kept(visitor: Client) -> None:
    for answer in (
        visitor.get("/no/"),
        visitor.get("/accounts/login/"),
        visitor.post("/report/"),
        visitor.get("/track/"),
    ):
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("address", pages())
def test_no_page_may_be_used_without_asking(address: str, visitor: Client) -> None:
    policy = visitor.get(address)["Cache-Control"]
    assert policy in {"public, max-age=0, must-revalidate", "no-store"}
