"""Every page, as a crawler meets it: links lead somewhere, nothing is loaded from elsewhere, no cookie is set."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client

pytestmark = pytest.mark.django_db

# Every entry has a page of its own, and all of these are read. What hangs on an entry (forms, histories, feeds), and
# what an address asks for behind its "?", is alike for each: so many of a kind are read.
_ENTRY = re.compile(r"/(tools|features|tactics|marketplaces|tags|warnings)/[^/?]+/")
_VARIABLE = re.compile(r"(?<=/)(tools|features|tactics|marketplaces|tags|warnings|facts|rules|source|tool)/[^/?.]+")
FEW = 8
_LOADING = {"src", "srcset", "data", "poster", "background", "action", "formaction"}


class _Links(HTMLParser):
    """Collects where a page leads, what it loads, and the places in it that can be jumped to."""

    def __init__(self) -> None:
        super().__init__()
        self.leads: set[str] = set()
        self.loads: set[str] = set()
        self.ids: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif tag == "a" and name == "href" and value:
                # Narrowed results are told not to be followed: there are as many as combinations of filters.
                if not (value.startswith("?") and "nofollow" in (dict(attrs).get("rel") or "")):
                    self.leads.add(value)
            elif value and (name in _LOADING or (tag == "link" and name == "href")):
                self.loads.add(value)
            elif name == "style" or name.startswith("on"):
                self.inline.append(f"{tag} {name}")
        data_only = dict(attrs).get("type") in {"application/ld+json", "application/json"}
        if tag == "style" or (tag == "script" and not dict(attrs).get("src") and not data_only):
            self.inline.append(tag)


Crawled = dict[str, tuple[HttpResponseBase, _Links]]


def public(crawled: Crawled) -> Crawled:
    """The pages that are for everybody."""
    return {
        address: page
        for address, page in crawled.items()
        if not address.startswith(("/accounts/", "/report/", "/track/", "/flag/", "/notice/"))
        and not address.endswith(("/edit/", "/statement/"))
    }


def read(response: HttpResponseBase) -> _Links:
    links = _Links()
    links.feed(getattr(response, "content", b"").decode())
    return links


def kind_of(address: str) -> str:
    """What an address has in common with those of the same kind: the names in it left out, and what it asks for."""
    path, asks, _ = address.partition("?")
    return _VARIABLE.sub(r"\1/*", path) + asks


@pytest.fixture(scope="module")
def crawled(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Crawled:
    """The whole site from its home page on, by address. Its hundreds of pages take many seconds."""
    visitor, waiting = Client(), ["/"]
    found: Crawled = {}
    read_alike: Counter[str] = Counter()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        while waiting:
            address = waiting.pop()
            kind = kind_of(address)
            if address in found or read_alike[kind] == FEW:
                continue
            read_alike[kind] += not _ENTRY.fullmatch(address)
            response = visitor.get(address)
            links = read(response)
            found[address] = (response, links)
            for lead in sorted(links.leads):
                target = urlsplit(urljoin(address, lead))
                if not target.scheme:
                    waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return found


def test_it_reaches_every_entry(crawled: Crawled) -> None:
    reached = {address.partition("?")[0] for address in crawled}
    entries = [a for a in reached if re.fullmatch(r"/tools/[^/]+/", a)]
    assert len(set(entries) - {"/tools/matrix/", "/tools/compare/"}) == 76
    assert len([a for a in reached if re.fullmatch(r"/features/[^/]+/", a)]) == 39
    assert len([a for a in reached if re.fullmatch(r"/tactics/[^/]+/", a)]) == 37
    assert len([a for a in reached if re.fullmatch(r"/marketplaces/[^/]+/", a)]) == 21
    assert {"/about/method/", "/about/privacy/", "/about/guidelines/", "/tags/", "/search/"} <= reached


def test_every_internal_link_leads_to_a_page(crawled: Crawled) -> None:
    # What belongs to somebody leads to the sign-in page.
    assert {
        address: response.status_code
        for address, (response, _) in crawled.items()
        if response.status_code != 200 and not response.headers.get("Location", "").startswith("/accounts/login/")
    } == {}


def test_every_jump_within_a_page_has_a_place_to_land(crawled: Crawled) -> None:
    broken = []
    for address, (_, links) in crawled.items():
        for lead in links.leads:
            target = urlsplit(urljoin(address, lead))
            if target.scheme or not target.fragment:
                continue
            page = target.path + (f"?{target.query}" if target.query else "")
            if page in crawled and target.fragment not in crawled[page][1].ids:
                broken.append(f"{address} -> {lead}")
    assert broken == []


def test_no_page_uses_an_id_twice(crawled: Crawled) -> None:
    assert [a for a, (_, links) in crawled.items() if len(links.ids) != len(set(links.ids))] == []


def test_no_page_loads_anything_from_elsewhere(crawled: Crawled) -> None:
    foreign = {
        load
        for _, links in crawled.values()
        for load in links.loads
        if urlsplit(load).netloc and not load.startswith(settings.PUBLIC_URL + "/")
    }
    assert foreign == set()


def test_no_page_holds_an_inline_script_style_or_handler(crawled: Crawled) -> None:
    assert {part for _, links in crawled.values() for part in links.inline} == set()


def test_no_page_sets_a_cookie_and_all_may_be_kept(crawled: Crawled) -> None:
    for address, (response, _) in public(crawled).items():
        assert not response.cookies, address
        assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate", address
        if response.headers["Content-Type"].startswith("text/html"):
            assert response.headers["Vary"] == "Cookie, Accept-Encoding", address


def test_every_static_file_of_every_page_is_there_and_lasts(crawled: Crawled, visitor: Client) -> None:
    files = {load for _, links in crawled.values() for load in links.loads if load.startswith("/static/")}
    assert len(files) >= 3
    for file in files:
        response = visitor.get(file)
        assert response.status_code == 200, file
        assert "immutable" in response["Cache-Control"], file
        response.close()


def test_every_page_has_its_own_title_and_description(crawled: Crawled) -> None:
    titles: dict[str, str] = {}
    for address, (response, _) in public(crawled).items():
        if "?" in address or address.endswith(".csv") or address.startswith(("/feeds/", "/api/")):
            continue
        html = getattr(response, "content", b"").decode()
        title = re.search(r"<title>([^<]+)</title>", html)
        description = re.search(r'<meta name="description" content="([^"]+)"', html)
        assert title, address
        assert description, address
        assert titles.setdefault(title.group(1), address) == address
