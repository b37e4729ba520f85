"""People's Markdown: what comes out is clean, whatever goes in."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text.markdown import MarkdownError, render
from common.text.markdown_direction import DIRECTED
from tests.common.attacks import ATTACKS, SLOW_TEXTS
from tests.pages_under_test import refuses

ALLOWED: dict[str, set[str]] = {
    **{
        tag: set()
        for tag in [
            "p",
            "br",
            "hr",
            "em",
            "strong",
            "del",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "h3",
            "h4",
            "h5",
            "h6",
            "table",
            "thead",
            "tbody",
            "tr",
            "sup",
        ]
    },
    "a": {"href", "title", "rel"},
    "th": {"align"},
    "td": {"align"},
}
for directed in DIRECTED:
    ALLOWED[directed] = ALLOWED[directed] | {"dir"}
ALLOWED["ol"] = ALLOWED["ol"] | {"start"}


class _Inspector(HTMLParser):
    """Notes everything in some HTML that our pages must not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.wrong.append(f"<{tag}>")
            return
        for name, value in attrs:
            if name not in ALLOWED[tag]:
                self.wrong.append(f"{tag} {name}={value}")
            elif name == "href" and not _leads_somewhere_allowed(value or ""):
                self.wrong.append(f"href={value}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}>")


def _leads_somewhere_allowed(url: str) -> bool:
    if url.startswith(("//", "/\\")) or any(ord(char) < 33 for char in url):
        return False
    return url.startswith(("/", "#")) or urlsplit(url).scheme.lower() in {"http", "https", "mailto"}


def wrong_in(html: str) -> list[str]:
    inspector = _Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.wrong


def test_it_renders_what_people_write() -> None:
    html = render("# Title\n\n**bold** *it* ~~gone~~ `code`\n\n- one\n- two\n\n> quote\n\n1. first")
    for part in ("<h3>Title</h3>", "<strong>bold</strong>", "<em>it</em>", "<del>gone</del>", "<code>code</code>"):
        assert part in html
    for part in ("<li>one</li>", "<blockquote>", "<ol>"):
        assert part in html


def test_it_renders_tables_with_alignment_and_fenced_code() -> None:
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |\n\n```python\nx < 1\n```")
    assert '<td align="right">2</td>' in html
    assert "<pre><code>x &lt; 1" in html


def test_it_starts_headings_below_the_pages_own() -> None:
    assert render("# a\n\n## b\n\n###### c") == "<h3>a</h3>\n<h4>b</h4>\n<h6>c</h6>"


def test_it_shows_raw_html_as_text() -> None:
    assert render("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"


def test_it_keeps_the_line_breaks_people_make() -> None:
    assert render("one\ntwo") == "<p>one<br>\ntwo</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\\\ntwo", "<p>one<br>\ntwo</p>"),
        ("one\\\r\n*two*", "<p>one<br>\n<em>two</em></p>"),
        ("> one\\\n> two", "<blockquote>\n<p>one<br>\ntwo</p>\n</blockquote>"),
        ("- one\\\n  two", "<ul>\n<li>one<br>\ntwo</li>\n</ul>"),
        ("**one\\\ntwo**", "<p><strong>one<br>\ntwo</strong></p>"),
        ("one\\\\\ntwo", "<p>one\\<br>\ntwo</p>"),
        ("one\\", "<p>one\\</p>"),
        ("`one\\\ntwo`", "<p><code>one\\\ntwo</code></p>"),
        ("```\none\\\ntwo\n```", "<pre><code>one\\\ntwo\n</code></pre>"),
    ],
)
def test_a_backslash_at_the_end_of_a_line_is_a_line_break(text: str, html: str) -> None:
    assert render(text).replace(' dir="auto"', "") == html


def test_it_marks_links_as_unvouched() -> None:
    html = render("[x](https://example.org/a?b=1&c=2)")
    assert 'rel="nofollow ugc noopener noreferrer"' in html
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html


def test_it_turns_pictures_into_links() -> None:
    html = render("![a face](https://example.org/x.png)")
    assert "<img" not in html
    assert ">a face</a>" in html


@pytest.mark.parametrize("url", ["/tools/dingtalk/", "#note-1", "mailto:a@example.org"])
def test_it_keeps_links_to_our_own_pages_and_mailboxes(url: str) -> None:
    assert f'href="{url}"' in render(f"[x]({url})")


@pytest.mark.parametrize(
    "url",
    ["//evil.example", "/\\evil.example", "\\\\evil.example", "evil", "../x", "javascript:x", "JaVaScRiPt:x", "data:x",
     "vbscript:x", "java&#115;cript:x", "&#x6A;avascript:x", "https:evil", "http:/evil", "https://bank.example@evil.example", "file:///etc/passwd"],
)  # fmt: skip
def test_it_drops_addresses_that_lead_astray(url: str) -> None:
    assert "<a" not in render(f"[x]({url})")


def test_it_keeps_every_script_and_drops_what_turns_text_around() -> None:
    assert render("钉钉 서울 العربية हिन्दी ไทย 🙂") == "<p>钉钉 서울 العربية हिन्दी ไทย 🙂</p>"
    assert render("a\u202eb\u2066c\x00d\ud800e") == "<p>abcde</p>"
    assert render("a&#8238;b&#x202e;c") == "<p>abc</p>"


@pytest.mark.parametrize("attack", ATTACKS)
def test_it_lets_no_attack_through(attack: str) -> None:
    try:
        html = render(attack)
    except MarkdownError:
        return
    assert wrong_in(html) == []


@given(st.text(alphabet=st.sampled_from("<>[]()!*_`~#-|&;:/\\\"'= \nabjscript:on"), max_size=300))
def test_it_gives_clean_html_for_any_text(text: str) -> None:
    try:
        html = render(text)
    except MarkdownError:
        return
    assert wrong_in(html) == []
    assert render(text) == html


@given(st.text(max_size=300))
def test_it_never_fails_in_another_way(text: str) -> None:
    try:
        assert wrong_in(render(text)) == []
    except MarkdownError as refused:
        assert str(refused)


@pytest.mark.parametrize(
    ("text", "reason", "said"),
    [
        ("x" * 20_001, "too-long", "20,001 characters; at most 20,000"),
        ("[" * 51, "open-brackets", "51 square brackets"),
        ("![" * 1_600, "open-brackets", "at most 50"),
        ("[^a] " * 41, "footnotes", "at most 40"),
        (">" * 11 + "x", "quotes", "11 levels of quotation"),
        ("    " * 7 + "- x", "lists", "7 levels of lists"),
        ("[a](b) " * 401, "links", "401 links"),
        ("`a` " * 301, "code", "602 runs"),
        ("`" * 101, "long-runs", "101 equal signs"),
        ("x\n" * 1_001, "too-many-lines", "1,002 lines"),
        ("[] " * 1_001, "brackets", "1,001 opening"),
    ],
)
def test_it_refuses_what_would_hold_a_worker_and_says_why(text: str, reason: str, said: str) -> None:
    with pytest.raises(MarkdownError, match=said) as refusal:
        render(text)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("text", SLOW_TEXTS)
def test_it_refuses_or_renders_tangled_text(text: str) -> None:
    """How long it takes is measured in the benchmark, not here."""
    try:
        assert wrong_in(render(text)) == []
    except MarkdownError as refused:
        assert refused.reason


def test_a_text_too_deep_for_the_renderer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(text: str) -> str:
        raise RecursionError

    monkeypatch.setattr("common.text.markdown.Markdown.convert", lambda self, text: stumble(text))
    with refuses(MarkdownError, "too-deep"):
        render("x")


@pytest.mark.parametrize("url", ["https://[broken", "https://a.example:port/", "//[broken", "//a]b"])
def test_an_address_that_cannot_be_read_is_no_link(url: str) -> None:
    assert "<a" not in render(f"[x](<{url}>)")


def test_headings_of_a_long_text_can_be_linked_to() -> None:
    html = render("# What <b>they</b> said\n\n## 钉钉\n\n## 钉钉\n\n## !!!", anchors=True)
    assert re.findall(r'<h[3-6] id="([^"]+)"', html) == [
        "text-what-btheyb-said",
        "text-钉钉",
        "text-钉钉-2",
        "text-part",
    ]
    assert html.count('class="anchor"') == 4


def test_other_texts_have_no_anchors() -> None:
    assert "id=" not in render("# Heading")


@given(st.text(alphabet="#<>&\"'= \nab`*[]()"))
def test_no_heading_breaks_out_of_its_anchor(text: str) -> None:
    for name in re.findall(r'<h[3-6] id="([^>]*)>', render(text, anchors=True)):
        assert re.fullmatch(r'[\w-]+"', name)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("مرحبا DingTalk (5.1)!\n\nhello", '<p dir="rtl">مرحبا DingTalk (5.1)!</p>\n<p>hello</p>'),
        ("# שלום", '<h3 dir="rtl">שלום</h3>'),
        ("- א\n- b", '<ul dir="rtl">\n<li>א</li>\n<li dir="ltr">b</li>\n</ul>'),
        ("- a\n- ב", '<ul>\n<li>a</li>\n<li dir="rtl">ב</li>\n</ul>'),
        ("> 12. א", '<blockquote dir="rtl">\n<p>12. א</p>\n</blockquote>'),
        ("*(**אב**)* c", '<p dir="rtl"><em>(<strong>אב</strong>)</em> c</p>'),
        ("\\* 1 &amp; א", '<p dir="rtl">* 1 &amp; א</p>'),
        ("42!", "<p>42!</p>"),
    ],
)
def test_each_block_has_the_direction_of_its_words(text: str, html: str) -> None:
    assert render(text) == html


def test_directional_marks_stay() -> None:
    assert render("א\u200f(1)\u200e\u061c") == '<p dir="rtl">א\u200f(1)\u200e\u061c</p>'


def test_headings_with_a_direction_have_anchors() -> None:
    assert '<h3 dir="rtl" id="text-א">א ' in render("# א", anchors=True)
