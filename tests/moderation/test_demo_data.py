"""The made-up year: on an empty site only, whole, and such that its public figures could be true."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from moderation.choices import StatementState
from moderation.demo import year
from moderation.models import Appeal, Case, Decision, Flag, LegalNotice, Statement
from moderation.transparency.log import figures
from reports.models import Report

pytestmark = pytest.mark.django_db

FEWER = 48


def test_a_year_is_made_up_on_an_empty_site_only_and_is_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes many seconds: each report goes the way of real ones, through every action. The command makes more."""
    monkeypatch.setattr(year, "REPORTS", FEWER)
    call_command("demo_data")
    assert str(Case.objects.open().count()) in capsys.readouterr().out.split()
    assert Report.objects.count() > FEWER
    assert Decision.objects.count() > FEWER
    call_command("check_integrity")
    it_is_plausible()
    with pytest.raises(CommandError, match="already"):
        call_command("demo_data")


def it_is_plausible() -> None:
    """Nothing is in the future or before what it follows from, and each month of the public figures could be true."""
    now = timezone.now()
    dated = (
        (Case, "opened_at"),
        (Flag, "at"),
        (Appeal, "at"),
        (LegalNotice, "at"),
        (Decision, "at"),
        (Report, "created_at"),
    )
    for model, field in dated:
        assert not model._default_manager.filter(**{f"{field}__gt": now}).exists(), model
    assert not Decision.objects.filter(at__lt=F("opened_at")).exists()
    assert not Decision.objects.filter(undone_at__lt=F("at")).exists()
    assert not Flag.objects.filter(decision__at__lt=F("at"), decision__automatic=False).exists()
    assert not Appeal.objects.filter(at__lt=F("decision__at")).exists()
    rows = figures()
    assert [row.month for row in rows if row.decided > row.automatic and not row.median_hours] == []
    assert sum(row.decided > 0 for row in rows) >= 11
    assert all(row.received for row in rows[1:])
    assert sum(row.notices for row in rows) == 4
    # Who flags and who appeals is drawn by lot: in so few reports there may be no appeal.
    assert sum(row.automatic for row in rows) >= 1
    assert LegalNotice.objects.filter(decision__isnull=True).count() == 1
    assert Statement.objects.get().state == StatementState.PUBLISHED
    assert len({flag.at.date() for flag in Flag.objects.all()}) > 5
