"""Quotes, lists, headings and code read as CommonMark 0.31 reads them, and each deviation says why."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text.markdown import render
from common.text.markdown_blocks import MAX_DEPTH


def bare(html: str) -> str:
    """Return rendered HTML without what the examples do not speak of: line ends beside tags, and attributes of ours."""
    html = re.sub(r' (?:dir|rel)="[^"]*"', "", html)
    return re.sub(
        r"\n*(</?(?:p|br|hr|pre|blockquote|ul|ol|li|h\d|table|thead|tbody|tr|th|td)\b[^>]*>)\n*", r"\1", html
    )


# Examples of https://spec.commonmark.org/0.31.2/, by section. Headings begin at h3 here.
COMMONMARK = [
    # Rules.
    ("***\n---\n___", "<hr><hr><hr>"),
    ("+++", "<p>+++</p>"),
    ("--\n**\n__", "<p>--<br>**<br>__</p>"),
    (" ***\n  ***\n   ***", "<hr><hr><hr>"),
    ("    ***", "<pre><code>***\n</code></pre>"),
    ("Foo\n    ***", "<p>Foo<br>***</p>"),
    ("- - -\n **  * ** * ** * **\n-     -      -      -", "<hr><hr><hr>"),
    ("_ _ _ _ a\n\na------", "<p>_ _ _ _ a</p><p>a------</p>"),
    ("- foo\n***\n- bar", "<ul><li>foo</li></ul><hr><ul><li>bar</li></ul>"),
    ("Foo\n***\nbar", "<p>Foo</p><hr><p>bar</p>"),
    ("* Foo\n* * *\n* Bar", "<ul><li>Foo</li></ul><hr><ul><li>Bar</li></ul>"),
    ("- Foo\n- * * *", "<ul><li>Foo</li><li><hr></li></ul>"),
    # Headings.
    ("# a\n## b\n### c\n#### d", "<h3>a</h3><h4>b</h4><h5>c</h5><h6>d</h6>"),
    ("####### foo", "<p>####### foo</p>"),
    ("#5 bolt\n\n#hashtag", "<p>#5 bolt</p><p>#hashtag</p>"),
    ("\\## foo", "<p>## foo</p>"),
    ("#                  foo", "<h3>foo</h3>"),
    (" # a\n   # b", "<h3>a</h3><h3>b</h3>"),
    ("foo\n    # bar", "<p>foo<br># bar</p>"),
    ("## foo ##\n  ###   bar    ###", "<h4>foo</h4><h5>bar</h5>"),
    ("# foo ##################################\n### foo ###     ", "<h3>foo</h3><h5>foo</h5>"),
    ("### foo ### b", "<h5>foo ### b</h5>"),
    ("# foo#", "<h3>foo#</h3>"),
    ("### foo \\###\n# foo \\#", "<h5>foo ###</h5><h3>foo #</h3>"),
    ("Foo bar\n# baz\nBar foo", "<p>Foo bar</p><h3>baz</h3><p>Bar foo</p>"),
    ("## \n#\n### ###", "<h4></h4><h3></h3><h5></h5>"),
    ("Foo *bar*\n=========\n\nFoo *bar*\n---------", "<h3>Foo <em>bar</em></h3><h4>Foo <em>bar</em></h4>"),
    ("Foo *bar\nbaz*\n====", "<h3>Foo <em>bar<br>baz</em></h3>"),
    ("Foo\n=", "<h3>Foo</h3>"),
    ("Foo\n    ---", "<p>Foo<br>---</p>"),
    ("Foo\n= =\n\nFoo\n--- -", "<p>Foo<br>= =</p><p>Foo</p><hr>"),
    ("`Foo\n----\n`", "<h4>`Foo</h4><p>`</p>"),
    ("> Foo\n---", "<blockquote><p>Foo</p></blockquote><hr>"),
    ("> foo\nbar\n===", "<blockquote><p>foo<br>bar<br>===</p></blockquote>"),
    ("- Foo\n---", "<ul><li>Foo</li></ul><hr>"),
    ("\n====", "<p>====</p>"),
    ("- foo\n-----", "<ul><li>foo</li></ul><hr>"),
    ("    foo\n---", "<pre><code>foo\n</code></pre><hr>"),
    ("\\> foo\n------", "<h4>&gt; foo</h4>"),
    # Indented code.
    ("    a simple\n      indented code block", "<pre><code>a simple\n  indented code block\n</code></pre>"),
    ("  - foo\n\n    bar", "<ul><li><p>foo</p><p>bar</p></li></ul>"),
    ("1.  foo\n\n    - bar", "<ol><li><p>foo</p><ul><li>bar</li></ul></li></ol>"),
    ("    <a/>\n    *hi*\n\n    - one", "<pre><code>&lt;a/&gt;\n*hi*\n\n- one\n</code></pre>"),
    ("    c1\n\n      c2\n \n    c3", "<pre><code>c1\n\n  c2\n\nc3\n</code></pre>"),
    ("Foo\n    bar", "<p>Foo<br>bar</p>"),
    ("    foo\nbar", "<pre><code>foo\n</code></pre><p>bar</p>"),
    ("# H\n    foo\nH\n------\n    foo\n----", "<h3>H</h3><pre><code>foo\n</code></pre><h4>H</h4><pre><code>foo\n</code></pre><hr>"),
    # Fences.
    ("```\n<\n >\n```", "<pre><code>&lt;\n &gt;\n</code></pre>"),
    ("~~~\n&lt; *a*\n~~~", "<pre><code>&amp;lt; *a*\n</code></pre>"),
    ("``\nfoo\n``", "<p><code>foo</code></p>"),
    ("```\naaa\n~~~\n```", "<pre><code>aaa\n~~~\n</code></pre>"),
    ("````\naaa\n```\n``````", "<pre><code>aaa\n```\n</code></pre>"),
    ("`````\n\n```\naaa", "<pre><code>\n```\naaa\n</code></pre>"),
    ("> ```\n> aaa\n\nbbb", "<blockquote><pre><code>aaa\n</code></pre></blockquote><p>bbb</p>"),
    (" ```\n aaa\naaa\n```", "<pre><code>aaa\naaa\n</code></pre>"),
    ("   ```\n   aaa\n    aaa\n  aaa\n   ```", "<pre><code>aaa\n aaa\naaa\n</code></pre>"),
    ("    ```\n    aaa\n    ```", "<pre><code>```\naaa\n```\n</code></pre>"),
    ("```\naaa\n  ```", "<pre><code>aaa\n</code></pre>"),
    ("```\naaa\n    ```", "<pre><code>aaa\n    ```\n</code></pre>"),
    ("~~~~~~\naaa\n~~~ ~~", "<pre><code>aaa\n~~~ ~~\n</code></pre>"),
    ("foo\n```\nbar\n```\nbaz", "<p>foo</p><pre><code>bar\n</code></pre><p>baz</p>"),
    ("foo\n---\n~~~\nbar\n~~~\n# baz", "<h4>foo</h4><pre><code>bar\n</code></pre><h3>baz</h3>"),
    ("~~~~    ruby startline=3 $%@#$\ndef foo(x)\n~~~~~~~", "<pre><code>def foo(x)\n</code></pre>"),
    ("``` aa ```\naaa", "<p><code>aa</code><br>aaa</p>"),
    ("~~~ aa ``` ~~~\naaa\n~~~", "<pre><code>aaa\n</code></pre>"),
    ("```\n``` aaa\n```", "<pre><code>``` aaa\n</code></pre>"),
    # Quotes.
    ("> # Foo\n> bar\n> baz", "<blockquote><h3>Foo</h3><p>bar<br>baz</p></blockquote>"),
    ("># Foo\n>bar\n> baz", "<blockquote><h3>Foo</h3><p>bar<br>baz</p></blockquote>"),
    ("    > # Foo\n    > bar", "<pre><code>&gt; # Foo\n&gt; bar\n</code></pre>"),
    ("> # Foo\n> bar\nbaz", "<blockquote><h3>Foo</h3><p>bar<br>baz</p></blockquote>"),
    ("> bar\nbaz\n> foo", "<blockquote><p>bar<br>baz<br>foo</p></blockquote>"),
    ("> foo\n---", "<blockquote><p>foo</p></blockquote><hr>"),
    ("> - foo\n- bar", "<blockquote><ul><li>foo</li></ul></blockquote><ul><li>bar</li></ul>"),
    (">     foo\n    bar", "<blockquote><pre><code>foo\n</code></pre></blockquote><pre><code>bar\n</code></pre>"),
    ("> ```\nfoo\n```", "<blockquote><pre><code>\n</code></pre></blockquote><p>foo</p><pre><code>\n</code></pre>"),
    ("> foo\n    - bar", "<blockquote><p>foo<br>- bar</p></blockquote>"),
    (">\n>  \n> ", "<blockquote></blockquote>"),
    (">\n> foo\n>  ", "<blockquote><p>foo</p></blockquote>"),
    ("> foo\n\n> bar", "<blockquote><p>foo</p></blockquote><blockquote><p>bar</p></blockquote>"),
    ("> foo\n>\n> bar", "<blockquote><p>foo</p><p>bar</p></blockquote>"),
    ("foo\n> bar", "<p>foo</p><blockquote><p>bar</p></blockquote>"),
    ("> bar\n\nbaz", "<blockquote><p>bar</p></blockquote><p>baz</p>"),
    ("> > > foo\nbar", "<blockquote><blockquote><blockquote><p>foo<br>bar</p></blockquote></blockquote></blockquote>"),
    (">     code\n\n>    not code", "<blockquote><pre><code>code\n</code></pre></blockquote><blockquote><p>not code</p></blockquote>"),
    # Items.
    ("1.  A\n    b.\n\n        code\n\n    > q", "<ol><li><p>A<br>b.</p><pre><code>code\n</code></pre><blockquote><p>q</p></blockquote></li></ol>"),
    ("- one\n\n two", "<ul><li>one</li></ul><p>two</p>"),
    ("- one\n\n  two", "<ul><li><p>one</p><p>two</p></li></ul>"),
    (" -    one\n\n     two", "<ul><li>one</li></ul><pre><code> two\n</code></pre>"),
    (" -    one\n\n      two", "<ul><li><p>one</p><p>two</p></li></ul>"),
    ("   > > 1.  one\n>>\n>>     two", "<blockquote><blockquote><ol><li><p>one</p><p>two</p></li></ol></blockquote></blockquote>"),
    (">>- one\n>>\n  >  > two", "<blockquote><blockquote><ul><li>one</li></ul><p>two</p></blockquote></blockquote>"),
    ("-one\n\n2.two", "<p>-one</p><p>2.two</p>"),
    ("- foo\n\n\n  bar", "<ul><li><p>foo</p><p>bar</p></li></ul>"),
    ("- Foo\n\n      bar\n\n\n      baz", "<ul><li><p>Foo</p><pre><code>bar\n\n\nbaz\n</code></pre></li></ul>"),
    ("-1. not ok", "<p>-1. not ok</p>"),
    ("- foo\n\n      bar", "<ul><li><p>foo</p><pre><code>bar\n</code></pre></li></ul>"),
    ("1.     code\n\n   para\n\n       more", "<ol><li><pre><code>code\n</code></pre><p>para</p><pre><code>more\n</code></pre></li></ol>"),
    ("-\n  foo\n-\n  ```\n  bar\n  ```\n-\n      baz", "<ul><li>foo</li><li><pre><code>bar\n</code></pre></li><li><pre><code>baz\n</code></pre></li></ul>"),
    ("-   \n  foo", "<ul><li>foo</li></ul>"),
    ("-\n\n  foo", "<ul><li></li></ul><p>foo</p>"),
    ("- foo\n-\n- bar", "<ul><li>foo</li><li></li><li>bar</li></ul>"),
    ("1. foo\n2.\n3. bar", "<ol><li>foo</li><li></li><li>bar</li></ol>"),
    ("*", "<ul><li></li></ul>"),
    ("foo\n*\n\nfoo\n1.", "<p>foo<br>*</p><p>foo<br>1.</p>"),
    ("  1.  A\n      b.\n\n          code", "<ol><li><p>A<br>b.</p><pre><code>code\n</code></pre></li></ol>"),
    ("  1.  A paragraph\nwith two lines.", "<ol><li>A paragraph<br>with two lines.</li></ol>"),
    ("> 1. > Block\ncontinued.", "<blockquote><ol><li><blockquote><p>Block<br>continued.</p></blockquote></li></ol></blockquote>"),
    ("- foo\n  - bar\n    - baz\n      - boo", "<ul><li>foo<ul><li>bar<ul><li>baz<ul><li>boo</li></ul></li></ul></li></ul></li></ul>"),
    ("- foo\n - bar\n  - baz\n   - boo", "<ul><li>foo</li><li>bar</li><li>baz</li><li>boo</li></ul>"),
    ("10) foo\n    - bar\n11) baz", '<ol start="10"><li>foo<ul><li>bar</li></ul></li><li>baz</li></ol>'),
    ("1) foo\n   - bar", "<ol><li>foo<ul><li>bar</li></ul></li></ol>"),
    ("- - foo", "<ul><li><ul><li>foo</li></ul></li></ul>"),
    ("- # Foo\n- Bar\n  ---\n  baz", "<ul><li><h3>Foo</h3></li><li><h4>Bar</h4>baz</li></ul>"),
    # Lists.
    ("- foo\n- bar\n+ baz", "<ul><li>foo</li><li>bar</li></ul><ul><li>baz</li></ul>"),
    ("1. foo\n2. bar\n1) baz", "<ol><li>foo</li><li>bar</li></ol><ol><li>baz</li></ol>"),
    ("Foo\n- bar\n- baz", "<p>Foo</p><ul><li>bar</li><li>baz</li></ul>"),
    ("The number is\n14.  The number is 6.", "<p>The number is<br>14.  The number is 6.</p>"),
    ("- foo\n\n- bar\n\n\n- baz", "<ul><li><p>foo</p></li><li><p>bar</p></li><li><p>baz</p></li></ul>"),
    ("- a\n - b\n  - c\n   - d\n    - e", "<ul><li>a</li><li>b</li><li>c</li><li>d<br>- e</li></ul>"),
    ("1. a\n\n  2. b\n\n   3. c", "<ol><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ol>"),
    ("- a\n- b\n\n- c", "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ul>"),
    ("* a\n*\n\n* c", "<ul><li><p>a</p></li><li></li><li><p>c</p></li></ul>"),
    ("- a\n- b\n\n  c\n- d", "<ul><li><p>a</p></li><li><p>b</p><p>c</p></li><li><p>d</p></li></ul>"),
    ("- a\n- ```\n  b\n\n\n  ```\n- c", "<ul><li>a</li><li><pre><code>b\n</code></pre></li><li>c</li></ul>"),
    ("- a\n  - b\n\n    c\n- d", "<ul><li>a<ul><li><p>b</p><p>c</p></li></ul></li><li>d</li></ul>"),
    ("* a\n  > b\n  >\n* c", "<ul><li>a<blockquote><p>b</p></blockquote></li><li>c</li></ul>"),
    ("- a\n  > b\n  ```\n  c\n  ```\n- d", "<ul><li>a<blockquote><p>b</p></blockquote><pre><code>c\n</code></pre></li><li>d</li></ul>"),
    ("1. ```\n   foo\n   ```\n\n   bar", "<ol><li><pre><code>foo\n</code></pre><p>bar</p></li></ol>"),
    ("* foo\n  * bar\n\n  baz", "<ul><li><p>foo</p><ul><li>bar</li></ul><p>baz</p></li></ul>"),
    ("- a\n  - b\n  - c\n\n- d\n  - e", "<ul><li><p>a</p><ul><li>b</li><li>c</li></ul></li><li><p>d</p><ul><li>e</li></ul></li></ul>"),
    # Tabs.
    ("- foo\n\n\tbar", "<ul><li><p>foo</p><p>bar</p></li></ul>"),
    (" - foo\n   - bar\n\t - baz", "<ul><li>foo<ul><li>bar<ul><li>baz</li></ul></li></ul></li></ul>"),
    ("#\tFoo", "<h3>Foo</h3>"),
    ("*\t*\t*\t", "<hr>"),
]  # fmt: skip

DEVIATIONS = [
    # Numbers that do not count up by one stay text, because people begin lines with dates.
    ("123456789. ok", "<p>123456789. ok</p>"),
    ("003. ok", "<p>003. ok</p>"),
    ("1. a\n1. b", "<p>1. a<br>1. b</p>"),
    ("1. 1. 2026: a", "<p>1. 1. 2026: a</p>"),
    # A number alone in the middle of a paragraph may be a date, too.
    ("Paid on\n1. March.", "<p>Paid on<br>1. March.</p>"),
    # Line ends are kept, as in comments on GitHub.
    ("aaa\nbbb", "<p>aaa<br>bbb</p>"),
    # Raw HTML is text, also between two lists.
    ("- a\n\n<!-- -->\n\n- b", "<ul><li>a</li></ul><p>&lt;!-- --&gt;</p><ul><li>b</li></ul>"),
    # The language of code has no effect, and blank lines at its end go.
    ("```ruby\n\na\n\n```", "<pre><code>\na\n</code></pre>"),
    # Tabs in code become spaces.
    ("\ta\tb", "<pre><code>a   b\n</code></pre>"),
    # A definition may stand anywhere in a paragraph, but only one of an address is one: this is what Alice said.
    ("Hi [a]\n[a]: /b", '<p>Hi <a href="/b">a</a></p>'),
    ("[Alice]: hello\n===", "<h3>[Alice]: hello</h3>"),
    # The underline of a heading that only holds definitions is one all the same.
    ("[a]: /b\n===", "<h3>[a]: /b</h3>"),
    # Tables are those of GitHub, also right after a line of text.
    ("x\na|b\n-|-\n1|2", "<p>x</p><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "html"), COMMONMARK)
def test_it_reads_blocks_as_commonmark_does(text: str, html: str) -> None:
    assert bare(render(text)) == html


@pytest.mark.parametrize(("text", "html"), DEVIATIONS)
def test_it_deviates_where_people_mean_something_else(text: str, html: str) -> None:
    assert bare(render(text)) == html


@pytest.mark.parametrize(
    "text",
    [
        "12. March: he wrote.\n\n14. March: he paid.",
        "12. March: he wrote.\n14. March: he paid.",
        "- Asked:\n\n  30. April\n\n  2. May\n- Paid: never",
        "> 3. June: offer\n> 1. July: no money",
        "31. December\n1. January",
        "07. March\n08. March",
        "3. 4. 2026\n4. 4. 2026",
        "9) here\n11) there",
        "2024. A year\n\n2025. Another",
        "15.\n17. April",
        "8. ```\n   code\n   ```\n10. x",
        "He wrote on\n1. March.\n3. March: no answer",
    ],
)
def test_no_number_at_the_start_of_a_line_changes(text: str) -> None:
    typed = re.findall(r"\d+", text)
    assert re.findall(r"\d+", _visible(render(text))) == typed


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["", "\n", "\n  ", "\n> ", "\n- "])), max_size=12))
def test_no_numbers_at_the_starts_of_lines_change(lines: list[tuple[int, str]]) -> None:
    text = "".join(f"{number}. x{end}\n" for number, end in lines)
    assert re.findall(r"\d+", _visible(render(text))) == [str(number) for number, _ in lines]


def test_numbers_that_count_up_are_a_list_with_their_start() -> None:
    assert bare(render("4. a\n5. b\n6. c")) == '<ol start="4"><li>a</li><li>b</li><li>c</li></ol>'
    assert bare(render("0. a\n\n1. b")) == '<ol start="0"><li><p>a</p></li><li><p>b</p></li></ol>'


def test_a_list_that_stays_text_leaves_its_paragraph_whole() -> None:
    assert bare(render("So:\n1. a\n3. b\n\nend")) == "<p>So:<br>1. a<br>3. b</p><p>end</p>"
    assert bare(render("> So:\n>\n> 2. a\n> 4. b")) == "<blockquote><p>So:</p><p>2. a<br>4. b</p></blockquote>"
    assert bare(render("2. a\n\n   more\n4. b")) == "<p>2. a</p><p>more<br>4. b</p>"


def test_markers_deeper_than_anybody_means_are_text() -> None:
    html = render("> - " * 200 + "x")
    assert html.count("<blockquote") + html.count("<ul") <= MAX_DEPTH
    assert "&gt; - x" in html


def _visible(html: str) -> str:
    """Return what a browser shows of some HTML, with the numbers of its lists."""
    shown: list[str] = []
    numbers: list[int | None] = []
    for tag, start, text in re.findall(r'<(/?\w+)(?:[^>]*start="(\d+)")?[^>]*>|([^<]+)', html):
        if tag in {"ol", "ul"}:
            numbers.append(int(start or 1) if tag == "ol" else None)
        elif tag in {"/ol", "/ul"}:
            numbers.pop()
        elif tag == "li" and (number := numbers[-1]) is not None:
            shown.append(f"{number}. ")
            numbers[-1] = number + 1
        shown.append(text or " ")
    return unescape("".join(shown))
