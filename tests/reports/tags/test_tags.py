"""Tags: variants are one tag, older names lead to it."""

import re
import unicodedata
from importlib import import_module
from urllib.parse import quote

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import User
from reports.actions.warnings import set_tags
from reports.choices import Status
from reports.models import Subscription, Tag, TaggedWarning, TagMerge, TagSynonym
from reports.tag_names import fold_tag
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
    names = re.findall(r'href="/tags/[^>]+>#([^<]+) \(', visitor.get("/tags/").content.decode())
    assert names == sorted(names)
    assert len(names) == 7


def test_languages_that_differ_by_signs_are_tags_of_their_own(visitor: Client) -> None:
    warning = WarningFactory()
    set_tags(warning=warning, names=["c", "c++", "C#", "C ++"])
    assert sorted(tag.slug for tag in warning.tags.all()) == ["c", "c-plus-plus", "c-sharp"]
    assert visitor.get("/tags/c-plus-plus/").status_code == 200


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Überwachung", unicodedata.normalize("NFD", "überwachung")),
        ("हिन्दी", unicodedata.normalize("NFD", "हिन्दी") + "-"),
        ("Late Nights", "LATE_NIGHTS"),
        ("c++", "C++"),
        ("C#", "c#"),
        ("Ｗｅｂ", "web!"),
    ],
)
def test_any_spelling_of_a_name_leads_to_its_address(name: str, typed: str, visitor: Client) -> None:
    set_tags(warning=WarningFactory(), names=[name])
    tag = Tag.objects.get(name=name)
    response = visitor.get(f"/tags/{quote(typed)}/")
    assert (response.status_code, response["Location"]) == (301, f"/tags/{quote(tag.slug)}/")
    assert visitor.get(response["Location"]).status_code == 200


def test_any_spelling_of_an_older_name_leads_to_the_tag(visitor: Client) -> None:
    tag = TagFactory()
    TagSynonym.objects.create(tag=tag, name="Old name", slug="old-name-2", folded="oldname")
    assert visitor.get("/tags/OldName/")["Location"] == f"/tags/{tag.slug}/"


def test_an_address_made_before_vowel_signs_were_kept_still_works(visitor: Client) -> None:
    TagFactory(name="हिन्दी", slug="हनद")
    assert visitor.get(f"/tags/{quote('हनद')}/").status_code == 200
    assert visitor.get(f"/tags/{quote('हिन्दी')}/")["Location"] == f"/tags/{quote('हनद')}/"


def test_tags_stored_before_signs_counted_are_folded_anew_and_back() -> None:
    signs = import_module("reports.migrations.0017_tags_told_apart_by_signs")
    old = TagFactory(name="C++ Überstunden", folded="cuberstunden")
    kept, synonym = (
        TagFactory(name="#late", folded="late"),
        TagSynonym.objects.create(tag=old, name="Ｃ＃", slug="x", folded="c"),
    )
    signs.add_signs(apps, None)
    for row, folded in ((old, "c++uberstunden"), (kept, "late"), (synonym, "c#")):
        row.refresh_from_db()
        assert row.folded == folded
    plain = TagFactory(name="C", folded="cuberstunden")
    signs.drop_signs(apps, None)
    for row, folded in ((old, "c++uberstunden"), (kept, "late"), (synonym, "c"), (plain, "cuberstunden")):
        row.refresh_from_db()
        assert row.folded == folded


@pytest.mark.both_databases
def test_tags_that_are_one_now_are_merged_and_others_are_folded_anew_and_back(bob: User) -> None:
    signs = import_module("reports.migrations.0022_tags_told_apart_by_more_signs")
    warning, both = WarningFactory(), WarningFactory()
    version = TagFactory(name="v2.0", folded="v20")
    kept, spaced = TagFactory(name="C++", folded="c++"), TagFactory(name="C ++", folded="c")
    other = TagFactory(name="Other", folded="other")
    for tag, tagged in ((kept, both), (spaced, both), (spaced, warning)):
        TaggedWarning.objects.create(tag=tag, content_object=tagged)
    TagSynonym.objects.create(tag=spaced, name="plus", slug="plus-x", folded="plus")
    gone = TagSynonym.objects.create(tag=other, name="C  ++", slug="c-x", folded="cx")
    synonym = TagSynonym.objects.create(tag=other, name=".NET", slug="net-x", folded="net")
    Subscription.objects.create(user=bob, tag=spaced)
    merged = TagMerge.objects.create(tag=spaced, name="50%", slug="x", folded="50")
    double = TagMerge.objects.create(tag=other, name="50 %", slug="x", folded="50x")
    signs.add_signs(apps, None)
    assert not Tag.objects.filter(pk=spaced.pk).exists()
    assert not TagSynonym.objects.filter(pk=gone.pk).exists()
    assert not TagMerge.objects.filter(pk=double.pk).exists()
    assert {one.content_object_id for one in kept.tagged_warnings.all()} == {warning.pk, both.pk}
    assert kept.synonyms.get().folded == "plus"
    assert Subscription.objects.get(user=bob).tag == kept
    for row, folded in ((version, "v2.0"), (kept, "c++"), (synonym, ".net"), (merged, "50%")):
        row.refresh_from_db()
        assert row.folded == folded == fold_tag(row.name)
    signs.drop_signs(apps, None)
    for row, folded in ((version, "v20"), (kept, "c++"), (synonym, "net"), (merged, "50")):
        row.refresh_from_db()
        assert row.folded == folded
