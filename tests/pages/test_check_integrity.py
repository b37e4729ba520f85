"""check_integrity finds what does not agree, and says nothing wrong of a whole site."""

from collections.abc import Callable

import pytest
from django.core.management import call_command

from directory.models import Marketplace, Tool, ToolName
from reports.models import Comment, Tag, Warning
from tests.audit.tampering import tamper

pytestmark = pytest.mark.django_db


def test_a_fresh_site_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_integrity")
    assert capsys.readouterr().out.splitlines() == [
        "database: ok",
        "audit chain: ok",
        "directory: ok",
        "warnings: ok",
        "cases: ok",
        "search index: ok",
    ]


def tamper_with_the_chain() -> None:
    tamper("UPDATE audit_entry SET actor = 'somebody' WHERE seq = 1")


DAMAGE: dict[str, tuple[Callable[[], object], str]] = {
    "a changed audit entry": (tamper_with_the_chain, "Entry 1 ("),
    "a wrong report count": (lambda: Warning.objects.update(report_count=7), "says 7 reports; there are 1."),
    "a wrong comment count": (lambda: Warning.objects.update(comment_count=0), "says 0 comments; there are 9."),
    "a wrong vote count": (lambda: Warning.objects.update(vote_count=3), "says 3 votes; there are 0."),
    "a wrong number of participants": (lambda: Warning.objects.update(participants=5), "says 5 participants; there are 0."),
    "a comment with a wrong number of participants": (lambda: Comment.objects.update(participants=5), "says 5 participants; there are 0."),
    "a wrong number of recent reporters": (lambda: Warning.objects.update(recent_reporters=9), "says 9 recent reporters; there are 1."),
    "a warning in a wrong place": (lambda: Warning.objects.update(helpfulness=1), "stands at 1.0; its votes give"),
    "a comment in a wrong place": (lambda: Comment.objects.update(helpfulness=1), "stands at 1.0; its votes give"),
    "HTML that nobody rendered": (lambda: Comment.objects.update(body_html="<p>x</p>"), "is not what its text renders to"),
    "a tag folded otherwise": (lambda: Tag.objects.filter(name="monitoring").update(folded="x"), "'monitoring' is folded as 'x'"),
    "a name folded otherwise": (lambda: ToolName.objects.filter(text="钉钉").update(folded="x"), "'钉钉' is folded as 'x'"),
    "a marketplace folded otherwise": (
        lambda: Marketplace.objects.filter(slug="fiverr").update(name_folded="x"), "'Fiverr' is folded as 'x'"),
    "a grade that the facts do not give": (
        lambda: Tool.objects.filter(slug="dingtalk").update(grade="A"), "dingtalk is stored as A; its facts give E."),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGE)
def test_it_finds(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    damage, said = DAMAGE[what]
    damage()
    with pytest.raises(SystemExit) as end:
        call_command("check_integrity")
    assert end.value.code == 1
    assert said in capsys.readouterr().err
