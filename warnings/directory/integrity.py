"""Check what the directory stores twice: folded names and scripts, grades and facts, the numbers of versions."""

from collections.abc import Iterator

from django.db.models import Count, F, Max
from django.utils import timezone

from common.db.row_checks import Check, Progress, Rows, check_of_rows, differences, name_of, shown
from common.text.folding import fold
from directory.assessment import FeatureCatalogue, assess_tool, expires_on, facts_by_tool
from directory.catalogue.name_kinds import script_of
from directory.choices import NameKind, RevisionState
from directory.models import EntryRevision, Feature, Marketplace, TacticName, Tool, ToolName


def _names(names: Rows) -> Iterator[str]:
    for name in names:
        yield from differences(name, {"folded": fold(name.text)})


def _tool_names(names: Rows) -> Iterator[str]:
    yield from _names(names)
    tools = dict(Tool.objects.filter(names__in=names).values_list("pk", "name"))
    for name in names:
        yield from differences(name, {"script": script_of(name.text)})
        tool = tools.get(name.tool_id)
        if name.kind == NameKind.OFFICIAL and tool is not None and name.text != tool:
            yield f"{name_of(name)}: the official name is {shown(name.text)}; the tool is {shown(tool)}."


def _marketplaces(marketplaces: Rows) -> Iterator[str]:
    for row in marketplaces:
        yield from differences(row, {"name_folded": fold(row.name)})


def _grades(tools: Rows) -> Iterator[str]:
    today, facts = timezone.localdate(), facts_by_tool(tools)
    catalogue = FeatureCatalogue.from_rows(Feature.objects.for_grades())
    for tool in tools:
        outcome = assess_tool(tool, facts[tool.pk], catalogue, today)
        if (tool.grade, tool.risk) != (outcome.grade or "", outcome.risk):
            stored, found = tool.grade or "not assessed", outcome.grade or "no grade"
            numbers = f"(grade, risk: {tool.risk}; {outcome.risk})"
            yield f"{tool.slug} is stored as {stored}; its facts give {found}. {numbers}"
        rest = {"coverage": round(outcome.coverage, 4), "provisional": outcome.provisional}
        yield from differences(tool, rest | {"assessment_expires_on": expires_on(facts[tool.pk], today)})


def _versions(_: Progress) -> Iterator[str]:
    applied = EntryRevision.objects.filter(state=RevisionState.APPLIED).order_by().values("kind", "key")
    counted = applied.annotate(versions=Count("pk"), last=Max("number")).exclude(versions=F("last"))
    for row in counted.order_by("kind", "key").iterator(chunk_size=1_000):
        called = f"directory.EntryRevision: the history of {row['kind']} {shown(row['key'])}"
        yield f"{called} has {row['versions']} versions; the number of the last is {row['last']}."


CHECKS = (
    check_of_rows(
        "directory: names of tools",
        *("directory.ToolName.folded", "directory.ToolName.script", "directory.ToolName.text"),
        rows=ToolName.objects.all,
        find=_tool_names,
    ),
    check_of_rows(
        "directory: names of tactics", "directory.TacticName.folded", rows=TacticName.objects.all, find=_names
    ),
    check_of_rows(
        "directory: marketplaces",
        "directory.Marketplace.name_folded",
        rows=Marketplace.objects.all,
        find=_marketplaces,
    ),
    check_of_rows(
        "directory: grades",
        *("directory.Tool.grade", "directory.Tool.risk", "directory.Tool.coverage", "directory.Tool.provisional"),
        "directory.Tool.assessment_expires_on",
        rows=Tool.objects.all,
        find=_grades,
    ),
    Check("directory: versions", _versions, frozenset({"directory.EntryRevision.number"})),
)
