"""Tags: variants are one tag, older names lead to it."""

import re

import pytest
from django.test import Client

from reports.actions.warnings import set_tags
from reports.choices import Status
from reports.models import Tag, TagSynonym
from tests.factories import TagFactory, WarningFactory

pytestmark = pytest.mark.django_db


def test_spellings_of_a_tag_are_one_tag() -> None:
    warning = WarningFactory()
    set_tags(warning=warning, names=["Late Nights", "late-nights", "LATE NIGHTS"])
    assert [tag.name for tag in warning.tags.all()] == ["Late Nights"]


def test_a_synonym_gives_the_tag_it_stands_for() -> None:
    tag, warning = TagFactory(name="at all hours"), WarningFactory()
    TagSynonym.objects.create(tag=tag, name="24/7", slug="24-7", folded="247")
    set_tags(warning=warning, names=["24 7"])
    assert list(warning.tags.all()) == [tag]


def test_setting_tags_takes_the_others_away() -> None:
    warning = WarningFactory()
    set_tags(warning=warning, names=["one", "two"])
    set_tags(warning=warning, names=["two", "three"])
    assert sorted(tag.name for tag in warning.tags.all()) == ["three", "two"]


def test_a_tag_in_another_script_has_a_page(visitor: Client) -> None:
    warning = WarningFactory()
    set_tags(warning=warning, names=["监控"])
    tag = Tag.objects.get(name="监控")
    assert warning.title in visitor.get(f"/tags/{tag.slug}/").content.decode()


def test_an_older_name_leads_to_the_tag(visitor: Client) -> None:
    tag = TagFactory()
    TagSynonym.objects.create(tag=tag, name="old", slug="old-name", folded="oldname")
    response = visitor.get("/tags/old-name/")
    assert (response.status_code, response["Location"]) == (301, f"/tags/{tag.slug}/")


def test_unused_tags_and_those_of_unpublished_warnings_are_not_listed(visitor: Client) -> None:
    unused = TagFactory(name="unused one")
    hidden = WarningFactory(status=Status.PENDING)
    set_tags(warning=hidden, names=["secret one"])
    html = visitor.get("/tags/").content.decode()
    assert unused.name not in html
    assert "secret one" not in html
    assert "#monitoring (1)" in html


@pytest.mark.parametrize("slug", ["nothing", "%00", "a%00b", "a b"])
def test_a_tag_that_is_not_there_is_a_404(slug: str, visitor: Client) -> None:
    assert visitor.get(f"/tags/{slug}/").status_code == 404


def test_tags_come_by_name(visitor: Client) -> None:
    names = re.findall(r'href="/tags/[^"]+">#([^<]+) \(', visitor.get("/tags/").content.decode())
    assert names == sorted(names)
    assert len(names) == 7
