"""The pages of tags: the index, one tag with its warnings, and where moderators keep it in order."""

import pytest
from django.test import Client

from accounts.models import User
from common.errors import code_of
from reports.actions import tags
from reports.models import Tag, TagMerge, Warning
from tests.factories import TagFactory, WarningFactory
from tests.pages_under_test import codes, elements, message_codes, numbers, states
from tests.reports.conftest import signed_in
from tests.reports.tags.conftest import tag, tagged, tags_of

pytestmark = pytest.mark.django_db


def page_of(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_index_is_narrowed_by_letters_and_synonyms(mona: User, visitor: Client) -> None:
    tagged("quibble nights", "zanzibar")
    tags.add_synonym(actor=mona, tag=tag("zanzibar"), name="quibblefrotz")
    html = page_of(visitor, "/tags/?q=QUIBBLE")
    assert "#quibble nights (1)" in html
    assert "#zanzibar (1)" in html
    assert "#monitoring" not in html
    assert numbers(html, "total") == [2]
    assert states(page_of(visitor, "/tags/?q=qwxzv")) == ["filtered"]
    for nothing in ("%00", "!", "%25", "x" * 5_000, "%ed%a0%80"):
        assert visitor.get(f"/tags/?q={nothing}").status_code == 200


def test_an_index_without_tags_says_so(visitor: Client) -> None:
    Tag.objects.all().delete()
    assert states(page_of(visitor, "/tags/")) == ["none"]


def test_a_tag_shows_what_is_often_together_with_it(visitor: Client) -> None:
    for names in (["odd", "first", "second"], ["odd", "second"], ["odd"]):
        tagged(*names)
    html = page_of(visitor, "/tags/odd/")
    assert elements(html, "h2", id="related")
    assert html.index("#second</a>") < html.index("#first</a>")
    assert not elements(page_of(visitor, f"/tags/{TagFactory().slug}/"), "h2", id="related")


def test_its_warnings_come_by_cursors(visitor: Client) -> None:
    warnings = [tagged("odd") for _ in range(25)]
    seen, address = [], "/tags/odd/"
    while address:
        answer = visitor.get(address)
        listing = answer.context["listing"]
        seen += [warning.pk for warning in listing.items]
        address = f"/tags/odd/{listing.following.address}" if listing.following else ""
    assert sorted(seen) == sorted(warning.pk for warning in warnings)


def test_moderators_find_the_way_and_others_do_not(mona: User, bob: User, visitor: Client) -> None:
    tagged("odd")
    assert "/tags/odd/curate/" in page_of(signed_in(mona), "/tags/odd/")
    for client in (signed_in(bob), visitor):
        assert "/tags/odd/curate/" not in page_of(client, "/tags/odd/")


def test_moderators_see_what_was_merged_lately(mona: User, bob: User, visitor: Client) -> None:
    tagged("odd")
    tagged("strange")
    [merges] = elements(page_of(signed_in(mona), "/tags/"), "section", aria_labelledby="merges")
    assert [one for one in merges.everything() if one.attributes.get("class") == "empty"]
    tags.merge(actor=mona, tag=tag("odd"), into=tag("strange"))
    [merges] = elements(page_of(signed_in(mona), "/tags/"), "section", aria_labelledby="merges")
    [row] = [one for one in merges.everything() if one.name == "li"]
    assert "“odd”" in row.text
    assert "/tags/strange/curate/" in [one.attributes.get("href") for one in row.everything()]
    for client in (signed_in(bob), visitor):
        assert not elements(page_of(client, "/tags/"), "h2", id="merges")


def curate(user: User, name: str, /, **fields: str) -> str:
    """Send a form of the page and return what is shown then."""
    answer = signed_in(user).post(f"/tags/{tag(name).slug}/curate/", fields, follow=True)
    assert answer.status_code in {200, 422}
    return answer.content.decode()


def undoing(html: str) -> list[str]:
    """The names whose merge can be undone on the page."""
    forms = [
        form
        for form in elements(html, "form")
        if any(one.attributes.get("value") == "undo" for one in form.everything())
    ]
    return [
        one.attributes["value"] for form in forms for one in form.everything() if one.attributes.get("name") == "of"
    ]


def test_a_merge_and_its_undoing(mona: User) -> None:
    warning = tagged("odd")
    tagged("strange")
    html = curate(mona, "odd", act="merge", into="STRANGE")
    assert message_codes(html) == ["merged"]
    assert undoing(html) == ["odd"]
    assert tags_of(warning) == {"strange"}
    answer = signed_in(mona).get("/tags/odd/curate/")
    assert answer["Location"] == "/tags/strange/curate/"
    assert message_codes(curate(mona, "strange", act="undo", of="odd")) == ["merge-undone"]
    assert tags_of(warning) == {"odd"}


def test_a_merge_by_an_older_name_of_the_other(mona: User) -> None:
    warning = tagged("odd")
    tagged("strange")
    tags.add_synonym(actor=mona, tag=tag("strange"), name="weird")
    curate(mona, "odd", act="merge", into="weird")
    assert tags_of(warning) == {"strange"}


def test_an_inner_merge_waits_for_the_outer(mona: User) -> None:
    for name in ("small", "middle", "large"):
        tagged(name)
    curate(mona, "small", act="merge", into="middle")
    html = curate(mona, "middle", act="merge", into="large")
    assert undoing(html) == ["middle"]
    [small] = [one for one in elements(html, "li", class_="card") if one.text.startswith("small")]
    assert "“middle”" in small.text
    refused = curate(mona, "large", act="undo", of="small")
    [problem] = elements(refused, "p", role="alert")
    assert "“middle”" in problem.text
    assert message_codes(refused) == []


def test_names_and_descriptions(mona: User, visitor: Client) -> None:
    tagged("odd")
    assert message_codes(curate(mona, "odd", act="rename", name=" strange ")) == ["renamed"]
    assert message_codes(curate(mona, "strange", act="describe", description="What is\r\nodd.")) == ["described"]
    assert "What is<br>odd." in page_of(visitor, "/tags/strange/")
    assert message_codes(curate(mona, "strange", act="add", synonym="weird")) == ["synonym-added"]
    assert message_codes(curate(mona, "strange", act="remove", of="weird")) == ["synonym-removed"]
    assert visitor.get("/tags/weird/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "problem", "wrong"),
    [
        ({"act": "merge", "into": "odd"}, "", {"into": ["same-tag"]}),
        ({"act": "merge", "into": "nothing"}, "", {"into": ["no-tag"]}),
        ({"act": "merge", "into": ""}, "", {"into": ["required"]}),
        ({"act": "rename", "name": "a, b"}, "", {"name": ["no-tag-name"]}),
        ({"act": "rename", "name": "!!"}, "", {"name": ["no-tag-name"]}),
        ({"act": "rename", "name": "x" * 41}, "", {"name": ["max_length"]}),
        ({"act": "rename", "name": "strange"}, "", {"name": ["name-taken"]}),
        ({"act": "describe", "description": "x" * 501}, "", {"description": ["max_length"]}),
        ({"act": "add", "synonym": "strange"}, "", {"synonym": ["name-taken"]}),
        ({"act": "remove", "of": "strange"}, "synonym-gone", {}),
        ({"act": "undo", "of": "strange\x00"}, "merge-over", {}),
        ({"act": "nonsense"}, "choose", {}),
        ({}, "choose", {}),
    ],
)
def test_what_is_not_possible_is_told(
    fields: dict[str, str], problem: str, wrong: dict[str, list[str]], mona: User
) -> None:
    tagged("odd")
    tagged("strange")
    answer = signed_in(mona).post("/tags/odd/curate/", fields)
    assert (answer.status_code, code_of(answer.context["problem"])) == (422, problem)
    assert len(elements(answer, role="alert")) == 1
    assert ("errors" in states(answer)) == bool(wrong)
    found = [codes(form) for form in answer.context["forms"].values() if form.errors]
    assert found == ([wrong] if wrong else [])
    assert len(elements(answer, "ul", class_="errorlist")) == len(wrong)
    assert not TagMerge.objects.exists()
    assert tag("odd").description == ""


def test_others_are_kept_out(bob: User, visitor: Client) -> None:
    tagged("odd")
    assert visitor.get("/tags/odd/curate/")["Location"] == "/accounts/login/?next=/tags/odd/curate/"
    for browser in (signed_in(bob).get, signed_in(bob).post):
        assert browser("/tags/odd/curate/").status_code == 403


def test_the_page_says_how_many_warnings_have_it(mona: User) -> None:
    tagged("odd")
    Warning.objects.filter(pk=tagged("odd").pk).update(status="pending")
    assert numbers(page_of(signed_in(mona), "/tags/odd/curate/"), "uses") == [2]
    [heading] = elements(page_of(signed_in(mona), "/tags/odd/"), "h2", id="warnings")
    assert heading.text.startswith("1 ")


def test_pages_lead_to_the_feeds(visitor: Client) -> None:
    WarningFactory()
    for page, feed in [
        ("/warnings/", "/feeds/warnings"),
        ("/tags/monitoring/", "/feeds/tags/monitoring"),
        ("/tools/dingtalk/", "/feeds/tools/dingtalk"),
        ("/marketplaces/fiverr/", "/feeds/marketplaces/fiverr"),
    ]:
        html = page_of(visitor, page)
        assert '<link rel="alternate" type="application/atom+xml"' in html
        for form in ("atom", "rss", "json"):
            assert f'href="{feed}.{form}"' in html
            assert visitor.get(f"{feed}.{form}").status_code == 200
