"""Typed text: what cannot be seen, and line ends."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from common.forms import MarkdownField, TextField
from common.text.cleaning import normalise_line, normalise_text, shows_something, without_unstorable
from moderation.forms.legal import StatementForm
from reports.forms.comment import CommentForm
from reports.forms.report import SubmissionForm
from reports.forms.revision import EditForm
from reports.forms.tracking import CorrectionForm

INVISIBLE = [
    "\u200b\u200b\u200b",
    "\u3164\u3164\u3164",
    "\u115f\u1160\uffa0",
    "\u2800 \u2800",
    "\u00ad\u2060\ufeff",
    "\u200e\u200f\u061c",
    "\u0301\ufe0f",
    "\U000e0041\U000e0100\U000e0fff",
    "\U0001d159",
    " \t\u00a0\u3000\u2028",
    "\x00\x1b",
]


@pytest.mark.parametrize("text", INVISIBLE)
def test_a_text_that_shows_nothing_is_empty(text: str) -> None:
    assert not shows_something(text)
    assert normalise_text(text) == normalise_line(text) == ""
    if "\x00" not in text:
        assert TextField(required=False).clean(text) == ""
    with pytest.raises(ValidationError):
        TextField().clean(text)


@pytest.mark.parametrize(
    "text", ["a", "\u200bx", "!", "😀", "钉", "أ\u200f", "\u3164가", "⠁", "\U0001fae9", "\ue000"]
)
def test_other_texts_stay(text: str) -> None:
    assert shows_something(text)
    assert normalise_line(text) == text
    assert TextField().clean(text) == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_a_line_end_is_one_character(end: str) -> None:
    text = end.join(["x"] * 100)
    assert TextField(max_length=199).clean(text) == "\n".join(["x"] * 100)
    with pytest.raises(ValidationError):
        TextField(max_length=198).clean(text)


def test_direction_controls_go_and_marks_stay() -> None:
    assert normalise_text("a\u202eb\u2066c\u2069d\u202a\u200e\u200f\u061c") == "abcd\u200e\u200f\u061c"


def test_what_no_database_stores_goes() -> None:
    assert without_unstorable("a\x00\ud800b") == "ab"


@pytest.mark.parametrize(
    "text",
    [
        "[x]: https://e.com",
        "# ",
        "> ",
        "> > \n> - ",
        "- ",
        "1. \n2. ",
        "```\n```",
        "~~~\n\n~~~",
        "****",
        "---",
        "***\n\n___",
        "&#8203;&#8203;",
        "&#8203;" * 20,
        "&nbsp;",
        "**&shy;**",
        "[\u200b](https://e.com)",
        "| |\n|---|\n| |",
        "> &#x2800;\n\n- &zwnj;",
    ],
)
def test_markdown_that_shows_nothing_is_empty(text: str) -> None:
    assert MarkdownField(required=False).clean(text) == ""
    with pytest.raises(ValidationError) as refused:
        MarkdownField().clean(text)
    assert refused.value.code == "required"


@pytest.mark.parametrize(
    "text", ["a", "- x", "> 😀", "`&#8203;`", "[x](https://e.com)", "![](https://e.com/a.png)", "&#65;", "<b></b>"]
)
def test_markdown_that_shows_something_stays(text: str) -> None:
    assert MarkdownField().clean(f" {text}\r\n") == text


@pytest.mark.parametrize(
    "form", [CommentForm, SubmissionForm, EditForm, CorrectionForm, StatementForm], ids=lambda form: form.__name__
)
def test_every_body_is_judged_as_it_is_rendered(form: Any) -> None:
    assert isinstance(form.base_fields["body"], MarkdownField)
