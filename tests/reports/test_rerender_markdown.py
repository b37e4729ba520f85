"""After a change of the renderer, what an older one made is rendered again."""

import pytest
from django.core.management import call_command

from common.text.markdown import RENDERER_VERSION
from reports.choices import Status
from reports.models import Comment, Report, Warning
from tests.factories import CommentFactory, ReportFactory, WarningFactory

pytestmark = pytest.mark.django_db


def test_it_renders_old_texts_again_and_leaves_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    old = CommentFactory(text="*new*")
    Comment.objects.filter(pk=old.pk).update(body_html="<p>old</p>", body_renderer=0)
    Warning.objects.filter(founding=True).update(body_html="kept")
    call_command("rerender_markdown")
    old.refresh_from_db()
    assert (old.body_html, old.body_renderer) == ("<p><em>new</em></p>", RENDERER_VERSION)
    assert Warning.objects.get(founding=True).body_html == "kept"
    assert "comments: 1 rendered." in capsys.readouterr().out


def test_it_works_through_more_than_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.actions.warnings._RERENDER_BATCH", 2)
    Comment.objects.update(body_renderer=0)
    call_command("rerender_markdown", verbosity=0)
    assert not Comment.objects.exclude(body_renderer=RENDERER_VERSION).exists()


def test_a_text_that_the_new_renderer_refuses_stays_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    comment = CommentFactory()
    Comment.objects.filter(pk=comment.pk).update(body="[" * 60, body_html="<p>old</p>", body_renderer=0)
    call_command("rerender_markdown")
    comment.refresh_from_db()
    assert comment.body_html == "<p>old</p>"
    assert "1 could not be rendered" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("status", "summary", "after"),
    [
        (Status.PENDING, "March April", "12. March 14. April"),
        (Status.PENDING, "Written by hand.", "Written by hand."),
        (Status.PUBLISHED, "March April", "March April"),
    ],
)
def test_the_summary_of_an_undecided_warning_follows_its_report(status: Status, summary: str, after: str) -> None:
    warning = WarningFactory(status=status, summary=summary)
    report = ReportFactory(warning=warning, body="12. March\n\n14. April")
    Report.objects.filter(pk=report.pk).update(
        body_html="<ul><li>March</li><li>April</li></ul>", body_renderer=RENDERER_VERSION - 1
    )
    call_command("rerender_markdown", verbosity=0)
    warning.refresh_from_db()
    assert warning.summary == after
