"""What the box offers while somebody types, here and in the browser's own bar."""

import json
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.factories import WarningFactory

pytestmark = pytest.mark.django_db


def suggested(visitor: Client, text: str) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = visitor.get("/search/suggestions/", {"q": text}).json()["suggestions"]
    return lines


def test_names_come_first_with_the_typed_part_marked(visitor: Client) -> None:
    first = suggested(visitor, "dingt")[0]
    assert first == {
        "kind": "tool",
        "group": "Tools",
        "text": "DingTalk",
        "spans": [[0, 5]],
        "url": "/tools/dingtalk/",
        "grade": "E",
    }


@pytest.mark.parametrize("typed", ["钉", "ding ta", "dingtlak", "DINGT"])
def test_they_are_found_as_the_search_finds_them(typed: str, visitor: Client) -> None:
    assert "DingTalk" in [line["text"] for line in suggested(visitor, typed)]


def test_a_warning_is_offered_by_a_word_that_is_only_begun(visitor: Client) -> None:
    WarningFactory(title="The kingfisher invoice")
    assert suggested(visitor, "kingfis") == [
        {"kind": "warning", "group": "Warnings", "text": "The kingfisher invoice", "spans": [[4, 11]],
         "url": f"/warnings/{WarningFactory._meta.model.objects.get(title='The kingfisher invoice').slug}/", "grade": ""}
    ]  # fmt: skip


def test_tactics_features_and_marketplaces_too(visitor: Client) -> None:
    kinds = {line["kind"] for typed in ("overp", "screen c", "fiv") for line in suggested(visitor, typed)}
    assert {"tactic", "feature", "marketplace"} <= kinds


@pytest.mark.parametrize("typed", ["", " ", "qwxzv", "\x00", "%", '"', "x" * 10_000])
def test_nothing_is_offered_for_nothing(typed: str, visitor: Client) -> None:
    assert suggested(visitor, typed) == []


def test_each_thing_is_offered_once_and_not_too_many(visitor: Client) -> None:
    for typed in ("s", "te", "zoom", "work"):
        lines = [line["url"] for line in suggested(visitor, typed)]
        assert len(lines) == len(set(lines)) <= 9


def test_the_browsers_bar_gets_them_in_its_own_form(visitor: Client) -> None:
    response = visitor.get("/opensearch/suggestions/?q=dingt")
    assert response["Content-Type"] == "application/x-suggestions+json"
    query, texts, kinds, addresses = json.loads(response.content)
    assert (query, texts[0], kinds[0], addresses[0]) == (
        "dingt",
        "DingTalk",
        "Tools",
        "http://localhost:8000/tools/dingtalk/",
    )


def test_a_browser_can_add_the_search(visitor: Client) -> None:
    response = visitor.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ET.fromstring(response.content)  # noqa: S314  (our own answer)
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert root.findtext("o:ShortName", namespaces=space)
    templates = {url.get("type"): url.get("template", "") for url in root.findall("o:Url", space)}
    assert templates["text/html"] == "http://localhost:8000/search/?q={searchTerms}"
    assert templates["application/x-suggestions+json"].endswith("/opensearch/suggestions/?q={searchTerms}")
    assert 'type="application/opensearchdescription+xml"' in visitor.get("/").content.decode()
