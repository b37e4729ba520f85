"""The transparency pages."""

import csv
from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.models import Head
from common.charts import BarChart, bar_chart
from common.pagination import cursor_page
from moderation.forms.transparency import LogFilterForm
from moderation.models import Decision
from moderation.transparency import log
from moderation.transparency.activity import active_people
from moderation.transparency.figures import Month, totals

ROWS_ON_A_PAGE, HEADS_SHOWN, ROWS_AT_ONCE = 30, 7, 1_000
ORDER = ("-at", "-id")
CSV = "text/csv; charset=utf-8"
MONTH_FIELDS = (
    *("month", "received", "decided", "median_hours", "p95_hours", "automatic", "undone"),
    *("appeals", "overturned", "notices", "authorities", "pauses", "threats", "automatic_undone", "own_initiative"),
)
_CHART_SIZE = {"bar_width": 28, "gap": 8, "height": 110}
CHARTS = {
    "received": "Received",
    "decided": "Decided",
    "median_hours": "Median hours until the decision",
    "p95_hours": "Hours within which 95 of 100 were decided",
    "overturned": "Overturned on appeal",
    "notices": "Legal notices",
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show monthly figures, the log of decisions with filters, and the heads of the audit log."""
    form = LogFilterForm(request.GET)
    chosen = {name: value for name, value in form.chosen().items() if value}
    rows = Decision.objects.for_list().filter(**chosen)
    if form.unknown:
        rows = rows.none()
    listing = cursor_page(request, rows, by=ORDER, per_page=ROWS_ON_A_PAGE)
    figures = log.figures()
    context = {
        "form": form,
        "chips": form.chips(),
        "unknown": form.unknown,
        "listing": listing,
        "log": [log.log_row(decision) for decision in listing.items],
        "figures": figures,
        "charts": _charts(figures),
        "months": [row.month for row in figures],
        "reasons": _counted(figures, "reasons"),
        "grounds": _counted(figures, "grounds"),
        "active": active_people(),
        "heads": Head.objects.all()[:HEADS_SHOWN],
    }
    return render(request, "moderation/transparency.html", context)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """Return the monthly figures as CSV."""
    response = _csv("forewarned-moderation-by-month.csv")
    writer = csv.writer(response)
    figures = log.figures()
    reasons, grounds = (totals(getattr(row, name) for row in figures) for name in ("reasons", "grounds"))
    writer.writerow(
        [*MONTH_FIELDS, *(f"reason: {name}" for name in reasons), *(f"notices: {name}" for name in grounds)]
    )
    for row in figures:
        named = [*(row.reasons.get(name, 0) for name in reasons), *(row.grounds.get(name, 0) for name in grounds)]
        writer.writerow([*(getattr(row, name) for name in MONTH_FIELDS), *named])
    return response


@require_safe
def log_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Stream all decisions as CSV, as statements of reasons without personal data (DSA article 24(5))."""
    response = StreamingHttpResponse(_log_rows(), content_type=CSV)
    response.headers["Content-Disposition"] = 'attachment; filename="forewarned-decisions.csv"'
    return response


class _Line:
    """A file-like object that returns each line instead of storing it."""

    def write(self, line: str) -> str:
        return line


def _log_rows() -> Iterator[str]:
    writer = csv.DictWriter(_Line(), log.LOG_FIELDS)
    yield writer.writeheader()
    for decision in Decision.objects.for_list().iterator(chunk_size=ROWS_AT_ONCE):
        yield writer.writerow(log.log_row(decision))


def _charts(figures: Sequence[Month]) -> list[tuple[str, BarChart]]:
    drawn = (
        (words, bar_chart([(row.month, getattr(row, name) or 0) for row in reversed(figures)], **_CHART_SIZE))
        for name, words in CHARTS.items()
    )
    return [(words, chart) for words, chart in drawn if chart.most]


def _counted(figures: Sequence[Month], name: str) -> list[tuple[str, list[int]]]:
    """Return each name with its count in every month, the most frequent name first."""
    counts: list[dict[str, int]] = [getattr(row, name) for row in figures]
    return [(one, [count.get(one, 0) for count in counts]) for one in totals(counts)]


def _csv(name: str) -> HttpResponse:
    response = HttpResponse(content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
