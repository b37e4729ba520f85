"""The summary of a warning that begins with a report is plain words, whoever changes the report."""

import uuid
from typing import Any

import pytest

from accounts.models import User
from common.text.markdown import render
from reports.actions.moderation import edit_text
from reports.actions.submissions import correct, submit
from reports.models import Report, Warning
from reports.summaries import CHARACTERS, summary_of
from tests.factories import UserFactory, WarningFactory

MARKED = '**They asked** me to use [login](https://example.org/)\n\n- first\n- `second` & "third" <b>\n\n> They said'
PLAIN = 'They asked me to use login first second & "third" <b> They said'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (MARKED, PLAIN),
        ("un*believ*able", "unbelievable"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        ("one\ntwo", "one two"),
        ("&amp;amp; &lt;script&gt;", "&amp; <script>"),
        ("12. March\n13. March\n    1. a\n    2. b\n    - c\n14. March", "12. March 13. March 1. a 2. b c 14. March"),
        ("- a\n\n1. b\n2. c", "a 1. b 2. c"),
        ("", ""),
    ],
)
def test_it_is_the_rendered_text_without_tags(text: str, words: str) -> None:
    assert summary_of(str(render(text))) == words


def test_it_is_cut_where_it_is_too_long() -> None:
    cut = summary_of(f"<p>{'word ' * 200}</p>")
    assert len(cut) <= CHARACTERS
    assert cut.endswith("…")


def fields(body: str) -> dict[str, Any]:
    """The cleaned fields of a form."""
    empty = {"marketplace": None, "happened_in": None, "outcome": "not-stated", "amount": None, "currency": ""}
    about: dict[str, Any] = {"joins": None, "tools": ([], ""), "tactics": [], "tags": [], "notify": False}
    return empty | about | {"title": "Made to install it", "body": body}


@pytest.fixture
def report(db: None) -> Report:
    """A report that waits, with the warning that began with it."""
    author: User = UserFactory()
    key = uuid.uuid4()
    return submit(author=author, submission_key=key, tracking_hash=None, fields=fields(MARKED), hints=[], draft=None)


def test_it_is_made_when_the_report_is_sent_corrected_and_edited(report: Report) -> None:
    assert report.warning.summary == PLAIN
    correct(report=report, fields=fields(f"## Now\n\n{MARKED}"))
    report.refresh_from_db()
    assert Warning.objects.get(pk=report.warning_id).summary == f"Now {PLAIN}"
    edit_text(actor="Mona", report=report, title="Made to install it", body="*Shorter*.")
    assert Warning.objects.get(pk=report.warning_id).summary == "Shorter."


def test_a_summary_that_somebody_wrote_stays_when_the_report_is_edited(report: Report) -> None:
    Warning.objects.update(summary="Written by hand.")
    edit_text(actor="Mona", report=Report.objects.get(pk=report.pk), title="Another", body="*Shorter*.")
    warning = Warning.objects.get(pk=report.warning_id)
    assert (warning.title, warning.summary) == ("Another", "Written by hand.")
    shown = WarningFactory(summary="Shown.")
    Report.objects.filter(pk=report.pk).update(warning=shown)
    edit_text(actor="Mona", report=Report.objects.get(pk=report.pk), title="Another", body="Longer.")
    assert Warning.objects.get(pk=shown.pk).summary == "Shown."
