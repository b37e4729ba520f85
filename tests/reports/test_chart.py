"""Reports by month, drawn by the server."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from common.charts import MONTHS, monthly_chart
from directory.models import Tool
from reports.choices import Status
from reports.timeline import RECENT_DAYS, Tally, count_reports
from tests.factories import ReportFactory, WarningFactory
from tests.pages_under_test import numbers

TODAY = date(2026, 11, 23)
HEIGHT = 120


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "earliest"),
    [
        (date(2026, 11, 23), date(2026, 9, 1)),
        (date(2026, 11, 29), date(2026, 9, 1)),
        (date(2026, 11, 30), date(2026, 9, 1)),
        (date(2026, 12, 1), date(2026, 10, 1)),
        (date(2027, 3, 1), date(2026, 12, 1)),
        (date(2027, 3, 2), date(2027, 1, 1)),
    ],
)
def test_the_last_ninety_days_hold_no_month_that_began_before(today: date, earliest: date) -> None:
    warning = WarningFactory()
    before = (earliest - timedelta(days=1)).replace(day=1)
    for month in (before, earliest, today.replace(day=1)):
        ReportFactory(warning=warning, happened_in=month)
    assert count_reports(warning.reports.all(), today).tally.recent == 2
    assert (today - earliest).days <= RECENT_DAYS < (today - before).days


def test_it_draws_the_last_two_years_to_the_current_month() -> None:
    chart = monthly_chart({date(2026, 11, 1): 2, date(2025, 1, 1): 4, date(2020, 1, 1): 3}, TODAY)
    assert chart is not None
    assert len(chart.bars) == MONTHS
    assert (chart.bars[0].month, chart.bars[-1].month) == (date(2024, 12, 1), date(2026, 11, 1))
    assert (chart.bars[-1].height, chart.bars[1].height) == (HEIGHT / 2, HEIGHT)
    assert (chart.most, chart.earlier) == (4, 3)
    assert [bar.month for bar in chart.filled] == [date(2026, 11, 1), date(2025, 1, 1)]
    assert chart.labels[-1].month == date(2026, 11, 1)


def test_there_is_no_chart_of_nothing() -> None:
    assert monthly_chart({}, TODAY) is None


def test_only_old_reports_are_counted_and_not_drawn() -> None:
    chart = monthly_chart({date(2020, 1, 1): 3}, TODAY)
    assert chart is not None
    assert (chart.earlier, chart.most, chart.filled) == (3, 0, [])


months = st.dates(date(2020, 1, 1), TODAY).map(lambda day: day.replace(day=1))


@given(st.dictionaries(months, st.integers(1, 1_000), min_size=1))
def test_no_report_is_lost_and_no_bar_leaves_the_drawing(counts: dict[date, int]) -> None:
    chart = monthly_chart(counts, TODAY)
    assert chart is not None
    assert sum(bar.count for bar in chart.bars) + chart.earlier == sum(counts.values())
    assert all(bar.y >= 0 and bar.y + bar.height <= HEIGHT + 0.1 for bar in chart.bars)


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        *(((1, 1, 0), [90]), ((1, 0, 0), [90]), ((1, 0, 1), []), ((3, 0, 3), [])),
        *(((3, 3, 0), [90]), ((3, 0, 0), [90]), ((3, 1, 0), [1, 90]), ((3, 0, 2), [90, 2]), ((3, 1, 1), [1, 90, 1])),
    ],
)
def test_the_age_of_reports_is_told_without_repeating_their_number(
    counts: tuple[int, int, int], found: list[int]
) -> None:
    total, recent, undated = counts
    ages = Tally(total=total, recent=recent, undated=undated, people=total).ages
    assert [int(digits) for digits in re.findall(r"\d+", ages)] == found


@pytest.mark.django_db
def test_a_tools_page_counts_the_reports_on_its_published_warnings(visitor: Client) -> None:
    tool, month = Tool.objects.get(slug="zoom"), timezone.localdate().replace(day=1)
    for status in (Status.PUBLISHED, Status.PENDING):
        warning = WarningFactory(status=status)
        warning.tools.add(tool)
        ReportFactory(warning=warning, happened_in=month)
    html = visitor.get("/tools/zoom/").content.decode()
    assert numbers(html, "tally") == [1, 90]
    assert f"<title>{month:%B %Y}: 1</title>" in html
    assert html.count("<rect") == MONTHS


@pytest.mark.django_db
def test_without_dated_reports_there_is_no_empty_drawing(visitor: Client) -> None:
    assert 'class="chart"' not in visitor.get("/tools/dingtalk/").content.decode()
