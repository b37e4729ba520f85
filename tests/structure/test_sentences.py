"""Tests quote no sentence of the interface: when a text is rewritten, only the test that is about it may fail.

A test asks for a role, a `data-` attribute, a code, an address or what is stored (`tests/pages_under_test.py`).
Sentences that carry a rule stand in `test_wording.py` of their folder.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from config import APPS_DIR, BASE_DIR
from tests.structure.test_code import name_of

FEWEST_WORDS = 3
ABOUT_SENTENCES = "test_wording.py"
MAY = {
    # Tables in which each row is about one message that is told on the console to whoever runs the site.
    "tests/config/test_start.py",
    "tests/pages/test_check_integrity.py",
    "tests/audit/test_log_integrity.py",
    # The names of what is stored, as the document that maps the data has them.
    "tests/pages/test_data_map.py",
}
# Content that the program makes up or knows words from, and no interface.
CONTENT = {"demo", "corpus", "spam", "migrations"}

# A string, or what is none: a comment, and longer texts in three quotes, which are docstrings and programs.
_PYTHON = re.compile(r'"""(?:[^\\]|\\.)*?"""|#[^\n]*|"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'', re.DOTALL)
_JOINED = re.compile(r"\s*(?:#[^\n]*\n\s*)?[frb]{0,2}")
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')
_HTML = re.compile(r"<[^>]*>")
# Where a text ends for what it is compared with: at a value that is put in, a tag, an end of a line.
_BREAK = re.compile(r"\{[^{}]*\}|<[^>]*>|\\n|\0")
_WORD = re.compile(r"[(“']?[^\W\d_]+(?:['’-][^\W\d_]+)*[.,:;!?)”\"']*")
GAP = " \0 "


def strings(source: str) -> Iterator[tuple[int, str]]:
    """The strings of a Python file with the lines on which they begin; those that follow on each other are one."""
    end, line, at, text = -1, 0, 0, ""
    for found in _PYTHON.finditer(source):
        at += source.count("\n", max(end, 0), found.start()) if end >= 0 else source.count("\n", 0, found.start())
        inside = found[1] if found[1] is not None else found[2]
        joined = inside is not None and text and _JOINED.fullmatch(source, end, found.start())
        if text and not joined:
            yield line, text
            text = ""
        if inside is not None:
            line, text = (line, text + inside) if joined else (at + 1, inside)
        at, end = at + found[0].count("\n"), found.end()
    if text:
        yield line, text


def texts_of_template(source: str) -> Iterator[str]:
    """What people read of a template: its text with and without its elements, and what is quoted in its tags."""
    for tag in _TAG.findall(source):
        yield from _QUOTED.findall(tag)
    bare = _TAG.sub(GAP, source)
    yield bare
    yield _HTML.sub("", bare)
    yield _HTML.sub(GAP, bare)


def plain(text: str) -> str:
    """A text with single spaces, without the signs that a string or a pattern needs."""
    return " ".join(text.replace("\\", "").split())


def is_sentence(text: str) -> bool:
    """Whether a text has words enough to be one."""
    return sum(bool(_WORD.fullmatch(word)) for word in text.split()) >= FEWEST_WORDS


class Interface:
    """All that the program says, to be asked whether something is said in it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.text = GAP.join(map(plain, texts))
        words = re.findall(r"\w+", self.text)
        self.beginnings = set(zip(words, words[1:], words[2:], strict=False))

    def says(self, text: str) -> bool:
        """Whether a text stands in it, word for word."""
        words = re.findall(r"\w+", text)
        # A third word that is cut off is none: most texts end here, and only few are looked for.
        if len(words) > FEWEST_WORDS and tuple(words[:FEWEST_WORDS]) not in self.beginnings:
            return False
        at = self.text.find(text)
        while at >= 0:
            if not re.search(r"^\w\w|\w\w$", self.text[at - 1 : at + 1] if at else "") and not re.match(
                r"\w\w", self.text[at + len(text) - 1 : at + len(text) + 1]
            ):
                return True
            at = self.text.find(text, at + 1)
        return False


def quoted(source: str, interface: Interface) -> Iterator[tuple[int, str]]:
    """The sentences of the interface that a test quotes, with their lines."""
    for line, text in strings(source):
        runs = {plain(run).strip("^$ "): None for one in (text, _HTML.sub("", text)) for run in _BREAK.split(one)}
        for words in runs:
            if is_sentence(words) and interface.says(words):
                yield line, words


def product() -> Iterator[str]:
    for path in (BASE_DIR / "templates").rglob("*.*"):
        yield from texts_of_template(path.read_text(encoding="utf-8"))
    for path in [*APPS_DIR.rglob("*.py"), *(BASE_DIR / "config").rglob("*.py")]:
        if not CONTENT & set(path.relative_to(BASE_DIR).parts):
            for _, text in strings(path.read_text(encoding="utf-8")):
                yield _BREAK.sub(GAP, text)


def test_tests_quote_no_sentence_of_the_interface() -> None:
    interface = Interface(product())
    found = [
        f"{name_of(path)}:{line}: {words}"
        for path in sorted((BASE_DIR / "tests").rglob("*.py"))
        if path.name != ABOUT_SENTENCES and path != Path(__file__) and name_of(path) not in MAY
        for line, words in quoted(path.read_text(encoding="utf-8"), interface)
    ]
    assert found == []


TEMPLATE = """
{% extends "base.html" %}
{% block title %}Nothing was announced{% endblock %}
<p class="empty">Nothing was <em>announced</em> yet. {{ count }} of them wait for you, or do they?</p>
{% include "field.html" with label="What it is about" %}
"""
CODE = '''
"""Says what nobody may do with it."""
raise NotPossible("Nobody changes their own level."
                  " Ask another administrator.")  # one of those who may
words = f"It waits until {until} on the desk of somebody"
'''
SAID = [*texts_of_template(TEMPLATE), *(_BREAK.sub(GAP, text) for _, text in strings(CODE))]


@pytest.mark.parametrize(
    "test",
    [
        'assert "Nothing was announced yet" in page',
        "assert 'Nothing was <em>announced</em> yet.' not in page",
        'expect(page.get_by_text("of them wait for you")).to_be_visible()',
        'assert f"{number} of them wait for you" in page',
        'with pytest.raises(NotPossible, match=r"^Nobody changes their own level\\.$"):',
        'page.get_by_label("What it is about").fill("x")',
        'assert words == ("Nobody changes "\n    "their own level")',
        'assert "on the desk of somebody" in answer.json()["problem"]',
    ],
)
def test_a_sentence_is_found(test: str) -> None:
    assert [line for line, _ in quoted(f"\n{test}\n", Interface(SAID))] == [2]


@pytest.mark.parametrize(
    "test",
    [
        'assert "A warning that this test wrote" in page',
        'assert "was announced" in page',
        '"""Nothing was announced yet"""',
        "# Nothing was announced yet",
        'assert "says what nobody may" in page',
        'assert "one of those who may" in page',
        'assert "of them wait for yours" in page',
        "assert '<p class=\"empty\">' in page",
    ],
)
def test_what_the_interface_does_not_say_is_not(test: str) -> None:
    assert list(quoted(f"\n{test}\n", Interface(SAID))) == []
