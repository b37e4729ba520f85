"""Most reported: independent reporters of the last twelve months, one person counted once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from reports.actions.warnings import recount
from reports.models import Warning
from tests.factories import ReportFactory, WarningFactory

pytestmark = pytest.mark.django_db


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def test_one_person_counts_once_and_each_stranger_as_somebody(bob: User, warning: Warning) -> None:
    for author in (bob, bob, None, None):
        ReportFactory(warning=warning, author=author, happened_in=this_month(), published_at=timezone.now())
    recount(warning=warning)
    assert (warning.report_count, warning.recent_reporters) == (4, 3)


def test_old_ones_do_not_count_and_undated_ones_by_their_publication(warning: Warning) -> None:
    now = timezone.now()
    ReportFactory(warning=warning, happened_in=date(2020, 1, 1), published_at=now)
    ReportFactory(warning=warning, happened_in=None, published_at=now - timedelta(days=400))
    ReportFactory(warning=warning, happened_in=None, published_at=now)
    recount(warning=warning)
    assert warning.recent_reporters == 1


def test_months_go_by(warning: Warning, time_machine: Any) -> None:
    other = WarningFactory()
    for row, times in ((warning, 2), (other, 1)):
        for _ in range(times):
            ReportFactory(warning=row, happened_in=this_month(), published_at=timezone.now())
        recount(warning=row)
    both = Warning.objects.filter(pk__in=[warning.pk, other.pk])
    assert both.sorted_by("reported").first() == warning
    time_machine.move_to(timezone.now() + timedelta(days=400))
    ReportFactory(warning=other, happened_in=this_month(), published_at=timezone.now())
    recount(warning=other)
    call_command("tidy")
    warning.refresh_from_db()
    assert warning.recent_reporters == 0
    assert both.sorted_by("reported").first() == other
