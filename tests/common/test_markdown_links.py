"""Links in people's Markdown lead somewhere, or they are shown as they were typed."""

import re

import pytest

from common.text.markdown import render


def links(text: str) -> list[tuple[str, str]]:
    """Return address and text of each link."""
    return re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', render(text))


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("see https://a.example/x now", "https://a.example/x", "https://a.example/x"),
        ("see www.a.example/x now", "https://www.a.example/x", "www.a.example/x"),
        ("It is at http://a.example.", "http://a.example", "http://a.example"),
        ("(see https://a.example/x_(y))", "https://a.example/x_(y)", "https://a.example/x_(y)"),
        ('"https://a.example/", she said', "https://a.example/", "https://a.example/"),
        ("**https://a.example**", "https://a.example", "https://a.example"),
        ("https://a.example/a_b_c/*d*?x=1&y=~2 ", "https://a.example/a_b_c/*d*?x=1&amp;y=~2", "https://a.example/a_b_c/*d*?x=1&amp;y=~2"),
        ("请看https://a.example/x。好", "https://a.example/x", "https://a.example/x"),
        ("（www.a.example）", "https://www.a.example", "www.a.example"),
        ("- HTTPS://A.example/", "HTTPS://A.example/", "HTTPS://A.example/"),
        ("http://a.example:8080/#x", "http://a.example:8080/#x", "http://a.example:8080/#x"),
        ("https://bücher.example", "https://bücher.example", "https://bücher.example"),
        ("a|b\n-|-\nwww.a.example|c", "https://www.a.example", "www.a.example"),
    ],
)  # fmt: skip
def test_a_bare_address_is_a_link(text: str, address: str, shown: str) -> None:
    assert links(text) == [(address, shown)]


@pytest.mark.parametrize(
    "text",
    [
        "`https://a.example`",
        "    https://a.example",
        "https://localhost",
        "www. example",
        "https://bank.example@evil.example",
        "me@www.a.example",
        "xhttps://a.example",
        "https://a.example:port/",
        "javascript://a.example",
        "ftp://a.example",
        "https://a.example/[removed]",
        "https://a.example/[removed]/x and more",
    ],
)
def test_other_texts_are_no_links(text: str) -> None:
    assert links(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[call](tel:+49301234567)",
        "[x](page/two.html)",
        "[x](../up)",
        "[x](?q=1)",
        "[x](sms:1)",
        "![x](picture.png)",
        "[x]()",
        "[Alice]: hello",
        "[10:32]: tomorrow",
        "[x](<a b>)",
    ],
)
def test_a_link_that_would_do_nothing_is_shown_as_typed(text: str) -> None:
    html = render(text)
    assert "<a" not in html
    assert re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](www.a.example)", [("https://www.a.example", "x")]),
        ("[x](tel:1) [y](https://a.example)", [("https://a.example", "y")]),
        ("[https://a.example](https://b.example)", [("https://b.example", "https://a.example")]),
        ("[](https://a.example)", [("https://a.example", "https://a.example")]),
        ("![](https://a.example/x.png)", [("https://a.example/x.png", "https://a.example/x.png")]),
        ("![a face][1]\n\n[1]: https://a.example/x.png", [("https://a.example/x.png", "a face")]),
        ("![1]\n\n[1]: /x.png", [("/x.png", "1")]),
        ("[![badge](https://a.example/x.png)](https://b.example)", [("https://b.example", "badge")]),
        ("[x][1]\n\n[1]: www.a.example 'title'", [("https://www.a.example", "x")]),
        ("[1]\n\n[1]: <https://a.example>", [("https://a.example", "1")]),
        ("[x](https://a.example/\\(b\\))", [("https://a.example/(b)", "x")]),
        ("[x][nowhere]", []),
    ],
)
def test_links_with_markup_keep_their_meaning(text: str, expected: list[tuple[str, str]]) -> None:
    assert links(text) == expected
