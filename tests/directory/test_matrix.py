"""The matrix of tools against features, and its CSV file."""

import csv
import re
from typing import Any

import pytest
from django.db import connection
from django.template.base import VariableNode
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import Feature, Tool
from tests.factories import FactFactory, FeatureFactory, ToolFactory
from tests.pages_under_test import elements

pytestmark = pytest.mark.django_db


def rows_of(html: str) -> dict[str, list[str]]:
    """Each tool's slug with the texts of its cells."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    return {
        re.findall(r'href="/tools/([^/]+)/"', row)[0]: re.findall(r"<td[^>]*>([^<]*)</td>", row)
        for row in body.split("<tr>")[1:]
    }


def test_it_has_a_row_for_each_tool_and_a_column_for_each_feature(visitor: Client) -> None:
    rows = rows_of(visitor.get("/tools/matrix/").content.decode())
    assert next(iter(rows)) == "dingtalk"
    assert len(rows) == 76
    assert {len(cells) for cells in rows.values()} == {39}
    assert sum(bool(cell) for cell in rows["dingtalk"]) == 12


def test_columns_stand_by_family(visitor: Client) -> None:
    html = visitor.get("/tools/matrix/").content.decode()
    widths = [int(width) for width in re.findall(r'scope="colgroup" colspan="(\d+)"', html)]
    assert (len(widths), sum(widths)) == (7, 39)


def test_it_can_be_narrowed_and_sorted(visitor: Client) -> None:
    rows = rows_of(visitor.get("/tools/matrix/?kind=video-call&family=money&sort=name").content.decode())
    assert list(rows) == ["goto", "google-meet", "jitsi", "webex", "zoom"] or sorted(rows) == sorted(
        Tool.objects.filter(kind="video-call").values_list("slug", flat=True)
    )
    assert {len(cells) for cells in rows.values()} == {2}


def test_an_absent_feature_is_told_from_an_unknown_one(visitor: Client) -> None:
    tool = ToolFactory(kind="email")
    alerts = Feature.objects.get(slug="escalating-alerts")
    FactFactory(tool=tool, feature=alerts, present=False, control="", can_disable="")
    cells = rows_of(visitor.get("/tools/matrix/").content.decode())[tool.slug]
    assert sorted(set(cells)) == ["", "None"]


def test_of_several_scopes_the_strongest_is_shown(visitor: Client) -> None:
    fact = FactFactory(control="user", can_disable="yes", platform="Web")
    FactFactory(tool=fact.tool, feature=fact.feature)
    cells = rows_of(visitor.get("/tools/matrix/").content.decode())[fact.tool.slug]
    assert [cell for cell in cells if cell] == ["No"]


@pytest.mark.parametrize("address", ["/tools/matrix/", "/tools/matrix/?sort=name", "/tools/matrix/?kind=email"])
def test_no_template_runs_for_each_cell(address: str, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[VariableNode] = []
    render = VariableNode.render

    def counted(node: VariableNode, context: Any) -> Any:
        rendered.append(node)
        return render(node, context)

    monkeypatch.setattr(VariableNode, "render", counted)
    visitor.get(address)
    before = len(rendered)
    FeatureFactory.create_batch(20)
    visitor.get(address)
    # A heading and its address for each of the new columns, whatever the number of tools.
    assert len(rendered) - 2 * before <= 3 * 20


def test_it_loads_no_texts_of_tools_and_facts(visitor: Client) -> None:
    FactFactory(detail="a long detail of a fact")
    with CaptureQueriesContext(connection) as queries:
        visitor.get("/tools/matrix/")
    about_facts = [query["sql"] for query in queries if "directory_toolfeature" in query["sql"]]
    assert len(about_facts) == 1
    assert "detail" not in about_facts[0]


def test_names_in_the_matrix_are_escaped(visitor: Client) -> None:
    FactFactory(tool=ToolFactory(name="<b>Wolf</b>"), feature=FeatureFactory(name="<i>Howls</i>"))
    html = visitor.get("/tools/matrix/").content.decode()
    assert "&lt;b&gt;Wolf&lt;/b&gt;" in html
    assert "&lt;i&gt;Howls&lt;/i&gt;" in html
    assert "&lt;td" not in html


def test_the_file_holds_the_same(visitor: Client) -> None:
    ToolFactory(name="=cmd", slug="formula")
    response = visitor.get("/tools/matrix.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="forewarned-matrix.csv"' in response["Content-Disposition"]
    lines = list(csv.DictReader(response.content.decode().splitlines()))
    assert len(lines) == 77
    by_slug = {line["tool"]: line for line in lines}
    assert by_slug["dingtalk"]["escalating-alerts"] == "other-party/unknown"
    assert by_slug["dingtalk"]["keystroke-logging"] == ""
    assert by_slug["formula"]["name"] == "'=cmd"


def test_the_file_keeps_the_filter(visitor: Client) -> None:
    assert 'href="/tools/matrix.csv?kind=email"' in visitor.get("/tools/matrix/?kind=email").content.decode()
    assert len(visitor.get("/tools/matrix.csv?kind=email").content.decode().splitlines()) == 2


@pytest.mark.usefixtures("empty_site")
def test_an_empty_directory_says_so(visitor: Client) -> None:
    page = visitor.get("/tools/matrix/")
    assert elements(page, "div", class_="empty")
    assert not elements(page, "table")
