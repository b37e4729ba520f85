"""The pages of the public record."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.models import Head
from common.cursors import cut
from moderation.models import Decision
from moderation.transparency import reading
from moderation.transparency.activity import active_people
from moderation.transparency.charts import bars
from moderation.transparency.figures import Month
from moderation.transparency.forms import LogFilterForm

ROWS_ON_A_PAGE, HEADS_SHOWN, ROWS_IN_A_FILE = 30, 7, 10_000
ORDER = ("-at", "-id")
MONTH_FIELDS = (
    *("month", "received", "decided", "median_hours", "p95_hours", "automatic", "undone"),
    *("appeals", "overturned", "notices", "authorities", "pauses"),
)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Figures by month, the log of decisions with filters, and the heads of the audit log."""
    form = LogFilterForm(request.GET)
    chosen = {name: value for name, value in form.chosen().items() if value}
    rows = Decision.objects.for_list().filter(**chosen)
    listing = cut(request, rows, by=ORDER, per_page=ROWS_ON_A_PAGE)
    figures = reading.figures()
    context = {
        "form": form,
        "chips": form.chips(),
        "listing": listing,
        "log": [reading.log_row(decision) for decision in listing.items],
        "figures": figures,
        "decided": bars([(row.month, row.decided) for row in reversed(figures)]),
        "reasons": _reasons(figures),
        "active": active_people(),
        "heads": Head.objects.all()[:HEADS_SHOWN],
    }
    return render(request, "moderation/transparency.html", context)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The figures by month as CSV."""
    response = _csv("forewarned-moderation-by-month.csv")
    writer = csv.writer(response)
    writer.writerow(MONTH_FIELDS)
    for row in reading.figures():
        writer.writerow([getattr(row, name) for name in MONTH_FIELDS])
    return response


@require_safe
def log_csv(request: HttpRequest) -> HttpResponse:
    """The newest decisions as CSV, each a statement of reasons without personal data (DSA article 24(5))."""
    response = _csv("forewarned-decisions.csv")
    rows = [reading.log_row(decision) for decision in Decision.objects.for_list()[:ROWS_IN_A_FILE]]
    writer = csv.DictWriter(response, reading.LOG_FIELDS)
    writer.writeheader()
    writer.writerows(rows)
    return response


def _reasons(figures: list[Month]) -> list[tuple[str, int]]:
    totals: dict[str, int] = {}
    for month in figures:
        for reason, count in month.reasons.items():
            totals[reason] = totals.get(reason, 0) + count
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))


def _csv(name: str) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
