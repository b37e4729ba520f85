"""Finding what people wrote: words, phrases, minus words, what they are about, and nothing that is hidden."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.test import Client

from directory.models import Marketplace, Tool
from reports.actions.status import change_status
from reports.choices import Status
from reports.models import Warning
from search.kinds import Kind, label
from search.query import parse
from search.results import post_results
from search.service import Post, find
from search.snippets import LONGEST, snippet
from tests.factories import CommentFactory, ReportFactory, TagFactory, WarningFactory, announce
from tests.pages_under_test import elements

pytestmark = pytest.mark.django_db


def found(text: str, **options: object) -> list[tuple[Kind, int]]:
    return [(post.kind, post.key) for post in find(parse(text), limit=10, **options).posts]  # type: ignore[arg-type]


def titles(text: str) -> list[str]:
    query = parse(text)
    return [str(row.title) for row in post_results(find(query, limit=10).posts, query)]


@pytest.fixture
def heron() -> Warning:
    return WarningFactory(
        title="The heron invoice", summary="A purple contract", body="They walked around the quarry twice."
    )


@pytest.mark.parametrize(
    "text",
    [
        "heron",
        "HERON",
        "herons",
        "invoice heron",
        "quarry walking",
        '"heron invoice"',
        '"around the quarry"',
        "purple -green",
    ],
)
def test_it_finds_the_words_in_any_form(text: str, heron: Warning) -> None:
    assert (Kind.WARNING, heron.pk) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        '"invoice heron"',
        "heron -quarry",
        'heron -"purple contract"',
        "heron kingfisher",
        '"twice they"',
        '"contract they walked"',
    ],
)
def test_it_does_not_find_what_does_not_fit(text: str, heron: Warning) -> None:
    assert (Kind.WARNING, heron.pk) not in found(text)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("鹭鸶发票", "他们寄来鹭鸶发票。"),
        ("鷺鷥", "他们寄来鹭鸶发票。"),
        ("サギの請求", "これはサギの請求書です"),
        ("นกกระสา", "ใบแจ้งหนี้นกกระสา"),
        ("цапля", "Это цапля и счёт"),
        ("票", "鹭鸶发票"),
    ],
)
def test_scripts_without_spaces_work_too(text: str, body: str) -> None:
    warning = WarningFactory(body=body)
    assert (Kind.WARNING, warning.pk) in found(text)


def test_a_title_counts_for_more_than_a_body() -> None:
    body = WarningFactory(title="Something", body="About a bittern.")
    title = WarningFactory(title="Bittern")
    assert found("bittern") == [(Kind.WARNING, title.pk), (Kind.WARNING, body.pk)]


def test_what_is_newer_and_more_helpful_comes_first() -> None:
    old = WarningFactory(title="A bittern called", published_at=datetime(2021, 1, 1, tzinfo=UTC))
    new = WarningFactory(title="A bittern called", published_at=datetime(2026, 1, 1, tzinfo=UTC))
    day = datetime(2024, 1, 1, tzinfo=UTC)
    helpful = WarningFactory(title="A bittern called", published_at=day, standing_votes=30)
    assert [key for _, key in found("bittern")] == [helpful.pk, new.pk, old.pk]


def test_reports_and_comments_are_found_and_lead_to_their_place(heron: Warning, visitor: Client) -> None:
    report = ReportFactory(warning=heron, body="The avocet paid late.")
    comment = CommentFactory(warning=heron, text="An avocet paid me too.")
    assert set(found("avocet")) == {(Kind.REPORT, report.pk), (Kind.COMMENT, comment.pk)}
    html = visitor.get("/search/?q=avocet").content.decode()
    assert f'href="/warnings/{heron.slug}/#report-{report.public_id}"' in html
    assert f'href="/warnings/{heron.slug}/#comment-{comment.public_id}"' in html
    assert "<mark>avocet</mark>" in html


def test_what_readers_may_not_see_is_not_found(heron: Warning) -> None:
    hidden = WarningFactory(title="The heron in hiding", status=Status.PENDING, published_at=None)
    CommentFactory(warning=hidden, text="A heron comment")
    CommentFactory(warning=heron, text="A pending heron", status=Status.PENDING, published_at=None)
    assert found("heron") == [(Kind.WARNING, heron.pk)]


def test_taking_a_warning_back_takes_back_what_is_below_it(heron: Warning) -> None:
    CommentFactory(warning=heron, text="An avocet paid me too.")
    change_status(actor="mona", post=heron, status=Status.UNPUBLISHED, reason="test")
    assert found("heron") == found("avocet") == []
    change_status(actor="mona", post=heron, status=Status.PUBLISHED, reason="undone")
    assert len(found("heron")) == len(found("avocet")) == 1


def test_results_are_narrowed_by_kind_and_by_what_they_are_about(heron: Warning, visitor: Client) -> None:
    zoom, fiverr = Tool.objects.get(slug="zoom"), Marketplace.objects.get(slug="fiverr")
    other = WarningFactory(title="Another heron")
    heron.tools.add(zoom)
    heron.marketplaces.add(fiverr)
    announce(heron)
    CommentFactory(warning=heron, text="A heron comment")
    assert len(found("heron")) == 3
    assert (Kind.WARNING, other.pk) not in found("heron", labels=[label("tool", zoom.pk)])
    assert found("heron", kinds=[Kind.WARNING], labels=[label("marketplace", fiverr.pk)]) == [
        (Kind.WARNING, heron.pk)
    ]
    html = visitor.get("/search/?q=heron").content.decode()
    assert "Warnings (2)" in html
    assert "Comments (1)" in html
    assert "Zoom (2)" in html
    assert "Fiverr (2)" in html
    narrowed = visitor.get("/search/?q=heron&tool=zoom&kind=warning").content.decode()
    assert "Another" not in narrowed
    chips = [one.text for one in elements(narrowed, "button", class_="chip") if "×" in one.text]
    assert sorted(words.partition(" ×")[0].rpartition(": ")[2] for words in chips) == ["Warnings", "Zoom"]


LONG_QUERIES = ["鹭鸶发票" * 125, "\U0001f426" * 500, "ضريبة " * 300, "%" * 20_000, "<&\"' " * 300]


@pytest.mark.parametrize("text", LONG_QUERIES)
def test_a_long_query_is_not_repeated_for_each_filter(text: str, visitor: Client) -> None:
    plain = visitor.get("/search/", {"q": text})
    narrowed = visitor.get("/search/", {"q": text, "tool": "zoom", "marketplace": "fiverr", "kind": "warning"})
    assert len(elements(narrowed, "button", form="again")) == 3
    assert len(narrowed.content) < len(plain.content) + 3_000


def test_many_results_of_a_long_query_have_pages_and_filters(visitor: Client) -> None:
    text, tag = LONG_QUERIES[0], TagFactory()
    for number in range(11):
        warning = WarningFactory(title=f"Number {number}", body=text[:400])
        warning.tagged.create(tag=tag)
        announce(warning)
    page = visitor.get("/search/", {"q": text[:400], "kind": "warning"})
    assert len(elements(page, "button", form="again", name="page")) == 2
    assert elements(page, "button", form="again", name="tag", value=tag.slug)
    assert not [link for link in elements(page, "a") if quote(text[:100]) in link.attributes["href"]]
    again = elements(page, "form", id="again")[0]
    sent = {field.attributes["name"]: field.attributes["value"] for field in again.everything()}
    assert sent == {"q": text[:400], "kind": "warning"}
    second = visitor.get("/search/", {**sent, "page": "2"})
    assert elements(second, "span", aria_current="page")[0].text == "2"


def test_a_filter_is_removed_by_a_button(heron: Warning, visitor: Client) -> None:
    page = visitor.get("/search/?q=heron&kind=comment")
    assert elements(page, "button", form="again", name="kind", value="")
    assert heron.title.encode() not in page.content
    # A browser sends the hidden field first and the pressed button last.
    assert f"/warnings/{heron.slug}/" in visitor.get("/search/?q=heron&kind=comment&kind=").content.decode()


def test_a_filter_alone_lists_what_is_about_it(visitor: Client) -> None:
    assert "Stay away from a buyer" in visitor.get("/search/?q=&tool=dingtalk").content.decode()


@pytest.mark.parametrize(
    "narrowing", ["tool=nonsense", "kind=nonsense", "tag=%00", "tag=" + "x" * 500, "page=1&tool=%F0%9F%98%80"]
)
def test_a_filter_that_names_nothing_lets_all_through(narrowing: str, heron: Warning, visitor: Client) -> None:
    response = visitor.get(f"/search/?q=heron&{narrowing}")
    assert response.status_code == 200
    assert f"/warnings/{heron.slug}/" in response.content.decode()


def test_tags_are_found_by_their_names(heron: Warning) -> None:
    heron.tagged.create(tag=TagFactory(name="spoonbill"))
    announce(heron)
    assert found("spoonbill") == [(Kind.WARNING, heron.pk)]


def test_a_title_is_marked_and_escaped() -> None:
    WarningFactory(title="<b>heron</b> & co")
    assert titles("heron") == ["&lt;b&gt;<mark>heron</mark>&lt;/b&gt; &amp; co"]


@pytest.mark.parametrize("text", ['"heron', "heron AND", "heron OR 1=1", "heron*", "NEAR(heron quarry)", "^heron", "title:heron", "heron & | ! <-> ()", "'heron'", "heron\\", "0zzkindwarning", "heron:*A", "-heron", '""', "heron " * 300, "x" * 10_000, "\x00heron", "\ud800heron", "%heron_", "é" * 500, "a\u0301" * 400])  # fmt: skip
def test_no_query_is_an_error(text: str, heron: Warning, visitor: Client) -> None:
    find(parse(text), limit=5)
    assert visitor.get("/search/", {"q": text.encode("utf-8", "replace").decode()}).status_code == 200


def test_labels_cannot_be_typed() -> None:
    assert found(label("kind", "warning")) == []
    assert found(label("group", "entries")) == []


def test_an_excerpt_shows_the_passage_with_the_words() -> None:
    text = "begin " * 100 + "the heron stood in the quarry " + "end " * 100
    shown = snippet(text, {"heron", "quarri"})
    assert "<mark>heron</mark> stood in the <mark>quarry</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < LONGEST + 60


def test_an_excerpt_is_escaped() -> None:
    shown = "&lt;script&gt;x&lt;/script&gt; &amp; <mark>heron</mark> &lt;"
    assert snippet("<script>x</script> & heron <", {"heron"}) == shown


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("**They** saw a _heron_", "They saw a <mark>heron</mark>"),
        ("> quoted\n\n- a heron\n- `code`", "quoted a <mark>heron</mark> code"),
        ("## A [heron](https://example.org/hidden)", "A <mark>heron</mark>"),
        ("1. one\n2. heron", "1. one 2. <mark>heron</mark>"),
        ("| heron | b |\n|---|---|\n| ~~c~~ | d |", "<mark>heron</mark> b c d"),
        ("2 * 3 > 5, said <b>heron</b> & co", "2 * 3 &gt; 5, said &lt;b&gt;<mark>heron</mark>&lt;/b&gt; &amp; co"),
    ],
)
def test_an_excerpt_has_the_words_of_the_text_without_its_markup(text: str, excerpt: str) -> None:
    comment = CommentFactory(text=text)
    [shown] = post_results([Post(Kind.COMMENT, comment.pk, comment.warning_id)], parse("heron"))
    assert shown.excerpt == excerpt


_SPELLINGS = {
    "a joiner": "می\u200cخواهم",
    "no joiner": "میخواهم",
    "a space": "می خواهم",
}


@pytest.mark.parametrize("typed", _SPELLINGS.values(), ids=_SPELLINGS)
def test_a_word_written_with_a_joiner_is_found_in_every_spelling(typed: str) -> None:
    warning = WarningFactory(title="Persian", summary=f"پول را {_SPELLINGS['a joiner']} بدهم")
    assert (Kind.WARNING, warning.pk) in found(typed)
    assert (Kind.WARNING, warning.pk) in found(f'"{typed}"')


@pytest.mark.parametrize("written", _SPELLINGS.values(), ids=_SPELLINGS)
def test_a_word_typed_with_a_joiner_is_found_in_every_spelling(written: str) -> None:
    warning = WarningFactory(title="Persian", summary=f"پول را {written} بدهم")
    assert (Kind.WARNING, warning.pk) in found(_SPELLINGS["a joiner"])


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("क्\u200dष", "क्ष"),
        ("hero\u00adnry", "heronry"),
        ("heronry", "hero\u200bnry"),
        ("סוד\u200fות", "סודות"),
        ("安装\u200b钉钉", "装钉"),
        ("钉\u2060钉", "钉钉"),
    ],
)
def test_invisible_characters_in_a_word_do_not_hide_it(written: str, typed: str) -> None:
    warning = WarningFactory(title="Hidden", summary=f"It says {written} here")
    assert (Kind.WARNING, warning.pk) in found(typed)


def test_a_phrase_goes_across_a_word_with_a_joiner() -> None:
    warning = WarningFactory(title="Persian", summary=f"پول را {_SPELLINGS['a joiner']} بدهم")
    assert (Kind.WARNING, warning.pk) in found(f'"را {_SPELLINGS["no joiner"]} بدهم"')
