"""Lists, the matrix, comparisons and entries of the directory."""

import csv
import hashlib
from collections.abc import Iterable
from itertools import groupby
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.http.public_pages import public_page
from common.pagination import paginate
from directory import matrix, tool_page
from directory.assessment import doubt
from directory.card import draw_card
from directory.comparison import compare
from directory.footnotes import Footnotes
from directory.forms.filters import FeatureFilterForm, MatrixFilterForm, TacticFilterForm, ToolFilterForm
from directory.models import Feature, Marketplace, Tactic, Tool, ToolFeature
from directory.policies import access

Row = TypeVar("Row", Feature, Tactic)
# More rows or suggestions would not be useful; readers can filter and search.
MOST_ROWS = 300
MOST_SUGGESTED = 500
CARD_SECONDS = 7 * 24 * 3600


@public_page(*ToolFilterForm.base_fields, "page")
@require_safe
def list_tools(request: HttpRequest) -> HttpResponse:
    """List all tools, highest risk first, filtered by kind, feature, grade and name."""
    form = ToolFilterForm(request.GET)
    chosen = form.chosen()
    sort = chosen.pop("sort")
    tools = Tool.objects.filtered(**chosen).sorted_by(sort).for_list()
    if form.unknown:
        tools = tools.none()
    filtered = form.unknown or any(chosen.values())
    context = {"form": form, "listing": paginate(request, tools), "filtered": filtered}
    return render(request, "directory/tools.html", context)


@public_page(*MatrixFilterForm.base_fields)
@require_safe
def show_matrix(request: HttpRequest) -> HttpResponse:
    """Show tools and features as a heat map."""
    form = MatrixFilterForm(request.GET)
    tools, features = _matrix_of(form)
    context = {
        "form": form,
        "rows": matrix.by_tool(tools, features),
        "features": features,
        "families": matrix.families(features),
        "levels": matrix.LEVELS,
    }
    return render(request, "directory/matrix.html", context)


@public_page(*MatrixFilterForm.base_fields)
@require_safe
def download_matrix(request: HttpRequest) -> HttpResponse:
    """Download the matrix as a CSV file."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="forewarned-matrix.csv"'
    csv.writer(response).writerows(matrix.csv_rows(*_matrix_of(MatrixFilterForm(request.GET))))
    return response


@public_page("tool")
@require_safe
def compare_tools(request: HttpRequest) -> HttpResponse:
    """Compare two to four tools, differences first."""
    comparison = compare(request.GET.getlist("tool"))
    names = Tool.objects.order_by("name").values_list("name", flat=True)[:MOST_SUGGESTED]
    return render(request, "directory/compare.html", {"comparison": comparison, "names": names})


@public_page()
@require_safe
def show_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the preview image of a tool, cached until its content changes."""
    tool = access.get_tool_for_card(slug)
    sentence = tool_page.verdict_today(tool, today=timezone.localdate())
    key = f"card-{tool.pk}-{tool.grade}-{hashlib.sha256(f'{tool.name}{sentence}'.encode()).hexdigest()}"
    picture = caches["pictures"].get_or_set(
        key, lambda: draw_card(tool.name, tool.grade, sentence, site_name=settings.SITE_NAME), CARD_SECONDS
    )
    return HttpResponse(picture, content_type="image/png")


@public_page(*FeatureFilterForm.base_fields)
@require_safe
def list_features(request: HttpRequest) -> HttpResponse:
    """List the features by family."""
    form = FeatureFilterForm(request.GET)
    features = Feature.objects.current().filtered(**form.chosen()).for_list()
    families = [] if form.unknown else _by_family(features)
    return render(request, "directory/features.html", {"form": form, "families": families})


@public_page()
@require_safe
def show_feature(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a feature: what it is, whom it harms, what helps, and which tools have it."""
    feature = access.get_feature_for_reading(slug)
    facts = list(ToolFeature.objects.about_feature(slug))
    today, footnotes = timezone.localdate(), Footnotes()
    rows = [tool_page.FactRow(fact, footnotes.marks(fact.citations.all()), doubt(fact, today)) for fact in facts]
    context = {"feature": feature, "rows": rows, "notes": footnotes.notes}
    return render(request, "directory/feature.html", context)


@public_page(*TacticFilterForm.base_fields)
@require_safe
def list_tactics(request: HttpRequest) -> HttpResponse:
    """List the tactics by family, most severe first."""
    form = TacticFilterForm(request.GET)
    tactics = Tactic.objects.filtered(**form.chosen()).order_by("family", "-severity", "name")
    families = [] if form.unknown else _by_family(tactics)
    return render(request, "directory/tactics.html", {"form": form, "families": families})


@public_page()
@require_safe
def list_marketplaces(request: HttpRequest) -> HttpResponse:
    """List the marketplaces by name."""
    return render(request, "directory/marketplaces.html", {"marketplaces": Marketplace.objects.for_list()})


def _matrix_of(form: MatrixFilterForm) -> tuple[list[Tool], list[Feature]]:
    """Return the filtered rows and columns of the matrix, in order."""
    chosen = form.chosen()
    if form.unknown:
        return [], []
    tools = Tool.objects.filtered(kind=chosen["kind"]).sorted_by(chosen["sort"]).for_matrix()
    features = Feature.objects.current().filtered(family=chosen["family"])
    return list(tools[:MOST_ROWS]), list(features)


def _by_family(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Group rows that are ordered by family, as pairs of the family's label and its rows."""
    return [(label, list(group)) for label, group in groupby(rows, key=lambda row: row.get_family_display())]
