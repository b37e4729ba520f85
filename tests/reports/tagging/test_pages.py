"""The pages of tags: the index, one tag with its warnings, and where moderators keep it in order."""

import pytest
from django.test import Client

from accounts.models import User
from reports.models import Tag, TagMerge, Warning
from reports.tagging import actions
from tests.factories import TagFactory, WarningFactory
from tests.reports.conftest import signed_in
from tests.reports.tagging.conftest import tag, tagged, tags_of

pytestmark = pytest.mark.django_db


def page_of(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_index_is_narrowed_by_letters_and_synonyms(mona: User, visitor: Client) -> None:
    tagged("quibble nights", "zanzibar")
    actions.add_synonym(actor=mona, tag=tag("zanzibar"), name="quibblefrotz")
    html = page_of(visitor, "/tags/?q=QUIBBLE")
    assert "#quibble nights (1)" in html
    assert "#zanzibar (1)" in html
    assert "#monitoring" not in html
    assert ">2 tags" in html
    assert "No tag has these letters." in page_of(visitor, "/tags/?q=qwxzv")
    for nothing in ("%00", "!", "%25", "x" * 5_000, "%ed%a0%80"):
        assert visitor.get(f"/tags/?q={nothing}").status_code == 200


def test_an_index_without_tags_says_so(visitor: Client) -> None:
    Tag.objects.all().delete()
    assert "No published warning has a tag yet." in page_of(visitor, "/tags/")


def test_a_tag_shows_what_is_often_together_with_it(visitor: Client) -> None:
    for names in (["odd", "first", "second"], ["odd", "second"], ["odd"]):
        tagged(*names)
    html = page_of(visitor, "/tags/odd/")
    assert html.index("#second</a>") < html.index("#first</a>")
    assert "Often together with" not in page_of(visitor, f"/tags/{TagFactory().slug}/")


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
    assert "No tag was merged yet." in page_of(signed_in(mona), "/tags/")
    actions.merge(actor=mona, tag=tag("odd"), into=tag("strange"))
    assert '“odd” into <a href="/tags/strange/curate/">#strange</a>' in page_of(signed_in(mona), "/tags/")
    for client in (signed_in(bob), visitor):
        assert "Merged lately" not in page_of(client, "/tags/")


def curate(user: User, name: str, /, **fields: str) -> str:
    """Send a form of the page and return what is shown then."""
    answer = signed_in(user).post(f"/tags/{tag(name).slug}/curate/", fields, follow=True)
    assert answer.status_code in {200, 422}
    return answer.content.decode()


def test_a_merge_and_its_undoing(mona: User) -> None:
    warning = tagged("odd")
    tagged("strange")
    html = curate(mona, "odd", act="merge", into="STRANGE")
    assert "“odd” is “strange” from now on." in html
    assert 'aria-label="Undo the merge of odd"' in html
    assert tags_of(warning) == {"strange"}
    answer = signed_in(mona).get("/tags/odd/curate/")
    assert answer["Location"] == "/tags/strange/curate/"
    assert "“odd” is a tag of its own again." in curate(mona, "strange", act="undo", of="odd")
    assert tags_of(warning) == {"odd"}


def test_a_merge_by_an_older_name_of_the_other(mona: User) -> None:
    warning = tagged("odd")
    tagged("strange")
    actions.add_synonym(actor=mona, tag=tag("strange"), name="weird")
    curate(mona, "odd", act="merge", into="weird")
    assert tags_of(warning) == {"strange"}


def test_an_inner_merge_waits_for_the_outer(mona: User) -> None:
    for name in ("small", "middle", "large"):
        tagged(name)
    curate(mona, "small", act="merge", into="middle")
    html = curate(mona, "middle", act="merge", into="large")
    assert "by way of “middle”: undo that first" in html
    assert 'aria-label="Undo the merge of small"' not in html
    assert "First undo the merge of “middle”." in curate(mona, "large", act="undo", of="small")


def test_names_and_descriptions(mona: User, visitor: Client) -> None:
    tagged("odd")
    assert "“odd” is called “strange” from now on." in curate(mona, "odd", act="rename", name=" strange ")
    assert "The description is stored." in curate(mona, "strange", act="describe", description="What is\r\nodd.")
    assert "What is<br>odd." in page_of(visitor, "/tags/strange/")
    assert "“weird” leads to “strange” from now on." in curate(mona, "strange", act="add", synonym="weird")
    assert "“weird” leads nowhere from now on." in curate(mona, "strange", act="remove", of="weird")
    assert visitor.get("/tags/weird/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"act": "merge", "into": "odd"}, "That is this tag."),
        ({"act": "merge", "into": "nothing"}, "There is no such tag."),
        ({"act": "merge", "into": ""}, "This field is required."),
        ({"act": "rename", "name": "a, b"}, "holds no comma"),
        ({"act": "rename", "name": "!!"}, "needs a letter or a digit"),
        ({"act": "rename", "name": "x" * 41}, "at most 40 characters"),
        ({"act": "rename", "name": "strange"}, "There is a tag “strange”. Merge the two instead."),
        ({"act": "describe", "description": "x" * 501}, "at most 500 characters"),
        ({"act": "add", "synonym": "strange"}, "There is a tag “strange”."),
        ({"act": "remove", "of": "strange"}, "This synonym is gone already."),
        ({"act": "undo", "of": "strange\x00"}, "This merge was undone or made final meanwhile."),
        ({"act": "nonsense"}, "Please choose what to do."),
        ({}, "Please choose what to do."),
    ],
)
def test_what_is_not_possible_is_told(fields: dict[str, str], words: str, mona: User) -> None:
    tagged("odd")
    tagged("strange")
    html = curate(mona, "odd", **fields)
    assert words in html
    assert 'role="alert"' in html
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
    assert "On 2 warnings, published or not." in page_of(signed_in(mona), "/tags/odd/curate/")
    assert "1 warning</h2>" in page_of(signed_in(mona), "/tags/odd/")


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
