"""Update grades, facts and sources. Each action is one transaction."""

from datetime import date

from django.db import transaction

from audit import log
from directory.assessment import FeatureCatalogue, assess_tool, expires_on, facts_by_tool
from directory.models import Feature, Source, Tool, ToolFeature
from directory.signals import entries_changed

_BATCH = 500


@transaction.atomic
def refresh_assessments(*, today: date) -> int:
    """Recompute all grades and store the changed ones; return how many tools changed.

    Runs after each change of a fact and daily, since facts become stale with time.
    """
    catalogue = FeatureCatalogue.from_rows(Feature.objects.for_grades())
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
    """Recompute a tool's grade after one of its facts changed, and send `entries_changed`."""
    row = Tool.objects.get(pk=tool.pk)
    _reassess(row, facts_by_tool([row])[row.pk], FeatureCatalogue.from_rows(Feature.objects.for_grades()), today)
    row.save(update_fields=["grade", "risk", "coverage", "provisional", "assessment_expires_on", "updated_at"])
    entries_changed.send(sender=Tool, keys=[row.pk])


@transaction.atomic
def confirm_fact(*, actor: str, fact: ToolFeature, checked_on: date | None, today: date) -> None:
    """Record the day on which a fact was last confirmed by its sources, and recompute the tool's grade."""
    before = fact.checked_on
    ToolFeature.objects.filter(pk=fact.pk).update(checked_on=checked_on)
    fact.checked_on = checked_on
    log.record(
        actor=actor,
        verb="fact.confirm",
        target=f"{fact.tool.slug}/{fact.feature.slug}",
        before={"checked_on": str(before or "")},
        after={"checked_on": str(checked_on or "")},
    )
    refresh_assessment(tool=fact.tool, today=today)


@transaction.atomic
def mark_source(
    *, actor: str, source: Source, reported_changed_on: date | None, last_checked_on: date | None, today: date
) -> None:
    """Record when a source was last checked and since when it has changed (None if it has not).

    Recomputes the grades of the tools whose facts cite it, since a fact with a changed source does not count.
    """
    before = {"changed": str(source.reported_changed_on or ""), "checked": str(source.last_checked_on or "")}
    source.reported_changed_on, source.last_checked_on = reported_changed_on, last_checked_on
    source.save(update_fields=["reported_changed_on", "last_checked_on"])
    log.record(
        actor=actor,
        verb="source.mark",
        target=f"source {source.pk}",
        before=before,
        after={"changed": str(reported_changed_on or ""), "checked": str(last_checked_on or "")},
    )
    for tool in Tool.objects.filter(facts__sources=source).distinct():
        refresh_assessment(tool=tool, today=today)


def _reassess(tool: Tool, facts: list[ToolFeature], catalogue: FeatureCatalogue, today: date) -> bool:
    """Set the assessment on the unsaved `tool`; return whether it changed."""
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
