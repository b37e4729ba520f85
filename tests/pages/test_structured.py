"""What search engines and those who show a link are told."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from directory.models import Tool
from tests.factories import WarningFactory
from tests.sitemap_of_tests import FOUNDING, pages

pytestmark = pytest.mark.django_db


def data_of(visitor: Client, address: str) -> list[dict[str, Any]]:
    html = visitor.get(address).content.decode()
    return [
        json.loads(text)
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    ]


def test_home_tells_of_its_search_box(visitor: Client) -> None:
    (site,) = data_of(visitor, "/")
    assert site["@type"] == "WebSite"
    assert site["potentialAction"]["target"] == "http://localhost:8000/search/?q={search_term_string}"


def test_a_tool_is_software_and_never_a_review(visitor: Client) -> None:
    page, way = data_of(visitor, "/tools/dingtalk/")
    assert page["about"]["@type"] == "SoftwareApplication"
    assert "钉钉" in page["about"]["alternateName"]
    assert "d1ngtalk" not in page["about"]["alternateName"]
    assert "review" not in json.dumps(page).lower()
    assert "aggregaterating" not in json.dumps(page).lower()
    assert [step["name"] for step in way["itemListElement"]] == ["Forewarned", "Tools", "DingTalk"]
    assert way["itemListElement"][2]["item"] == "http://localhost:8000/tools/dingtalk/"


def test_a_warning_is_an_article_dated_to_the_day(visitor: Client) -> None:
    article = data_of(visitor, f"/warnings/{FOUNDING}/")[0]
    assert article["@type"] == "Article"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", article["datePublished"])
    assert article["author"]["@type"] == "Organization"


def test_words_of_people_cannot_leave_the_data(visitor: Client) -> None:
    hostile = "</script><script>alert(1)</script><!--"
    warning = WarningFactory(title=hostile, summary=hostile)
    html = visitor.get(f"/warnings/{warning.slug}/").content.decode()
    assert "<script>alert" not in html
    assert data_of(visitor, f"/warnings/{warning.slug}/")[0]["headline"] == hostile


def test_a_tool_without_vendor_or_website_has_neither(visitor: Client) -> None:
    Tool.objects.filter(slug="wire").update(vendor=None, website="")
    about = data_of(visitor, "/tools/wire/")[0]["about"]
    assert not {"author", "url"} & set(about)


@pytest.mark.parametrize("address", pages())
def test_every_page_says_the_same_to_those_who_show_a_link(address: str, visitor: Client) -> None:
    html = visitor.get(address).content.decode()
    title = re.search(r"<title>(.*?)</title>", html)
    assert title
    assert f'<meta property="og:title" content="{title.group(1)}">' in html
    assert f'<meta property="og:url" content="http://localhost:8000{address.partition("?")[0]}">' in html
    assert 'property="og:description"' in html
