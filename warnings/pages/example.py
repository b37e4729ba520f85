"""The worked example on the method page: a real tool, assessed by the same code as on its own page."""

from dataclasses import dataclass
from datetime import date

from directory.assessment import FeatureCatalogue, assess_tool, facts_by_tool
from directory.grade import Assessment
from directory.models import Feature, Tool


@dataclass(frozen=True)
class Example:
    """A tool and its assessment."""

    tool: Tool
    assessment: Assessment


def method_example(today: date) -> Example | None:
    """Return the tool with the highest risk, or None if none is assessed."""
    tool = Tool.objects.assessed().worst_first().first()
    if tool is None:
        return None
    catalogue = FeatureCatalogue.from_rows(Feature.objects.for_grades())
    return Example(tool, assess_tool(tool, facts_by_tool([tool])[tool.pk], catalogue, today))
