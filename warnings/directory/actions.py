"""What changes the directory."""

from datetime import date

from django.db import transaction

from audit import actions as audit
from directory.assessment import FeatureCatalogue, assess_tool, expires_on, facts_by_tool
from directory.models import Feature, Tool, ToolFeature
from directory.signals import entries_changed

_BATCH = 500


@transaction.atomic
def refresh_assessments(*, today: date) -> int:
    """Work out every tool's grade anew and store it where it changed; return how many tools changed.

    Facts go stale by themselves, so this runs after each change of a fact and once a day.
    """
    catalogue = FeatureCatalogue.from_rows(Feature.objects.all())
    tools = list(Tool.objects.order_by("pk"))
    changed = 0
    for start in range(0, len(tools), _BATCH):
        batch = tools[start : start + _BATCH]
        facts = facts_by_tool(batch)
        stale = [tool for tool in batch if _reassess(tool, facts[tool.pk], catalogue, today)]
        Tool.objects.bulk_update(stale, ["grade", "risk", "coverage", "provisional", "assessment_expires_on"])
        if stale:
            entries_changed.send(sender=Tool, keys=[tool.pk for tool in stale])
        changed += len(stale)
    return changed


@transaction.atomic
def refresh_assessment(*, tool: Tool, today: date) -> None:
    """Work out one tool's grade anew, after one of its facts changed, and tell that the tool changed."""
    row = Tool.objects.get(pk=tool.pk)
    _reassess(row, facts_by_tool([row])[row.pk], FeatureCatalogue.from_rows(Feature.objects.all()), today)
    row.save(update_fields=["grade", "risk", "coverage", "provisional", "assessment_expires_on", "updated_at"])
    entries_changed.send(sender=Tool, keys=[row.pk])


@transaction.atomic
def confirm_fact(*, actor: str, fact: ToolFeature, checked_on: date | None, today: date) -> None:
    """Store on which day somebody last found a fact in its sources; the tool is graded anew."""
    before = fact.checked_on
    ToolFeature.objects.filter(pk=fact.pk).update(checked_on=checked_on)
    fact.checked_on = checked_on
    audit.record(
        actor=actor,
        verb="fact.confirm",
        target=f"{fact.tool.slug}/{fact.feature.slug}",
        before={"checked_on": str(before or "")},
        after={"checked_on": str(checked_on or "")},
    )
    refresh_assessment(tool=fact.tool, today=today)


def _reassess(tool: Tool, facts: list[ToolFeature], catalogue: FeatureCatalogue, today: date) -> bool:
    """Set the assessment on the unsaved `tool`; return whether it differs from what was stored."""
    outcome = assess_tool(tool, facts, catalogue, today)
    fresh = (
        outcome.grade or "",
        outcome.risk,
        round(outcome.coverage, 4),
        outcome.provisional,
        expires_on(facts, today),
    )
    stored = (tool.grade, tool.risk, tool.coverage, tool.provisional, tool.assessment_expires_on)
    tool.grade, tool.risk, tool.coverage, tool.provisional, tool.assessment_expires_on = fresh
    return fresh != stored
