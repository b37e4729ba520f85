"""Check stored duplicates: folded names against names, grades against facts."""

from collections.abc import Iterator
from datetime import date

from common.text.folding import fold
from directory.assessment import FeatureCatalogue, assess_tool, facts_by_tool
from directory.models import Feature, Marketplace, TacticName, Tool, ToolName


def problems(today: date) -> Iterator[str]:
    """Yield a sentence for each inconsistency, naming the object."""
    for model in (ToolName, TacticName):
        for name in model._default_manager.iterator(chunk_size=500):
            if name.folded != fold(name.text):
                yield f"The name {name.text!r} is folded as {name.folded!r}."
    for marketplace in Marketplace.objects.iterator(chunk_size=500):
        if marketplace.name_folded != fold(marketplace.name):
            yield f"The name {marketplace.name!r} is folded as {marketplace.name_folded!r}."
    catalogue, tools = FeatureCatalogue.from_rows(Feature.objects.all()), list(Tool.objects.all())
    facts = facts_by_tool(tools)
    for tool in tools:
        outcome = assess_tool(tool, facts[tool.pk], catalogue, today)
        if (tool.grade, tool.risk) != (outcome.grade or "", outcome.risk):
            stored, found = tool.grade or "not assessed", outcome.grade or "no grade"
            yield f"{tool.slug} is stored as {stored}; its facts give {found}."
