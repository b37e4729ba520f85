"""Prepare facts for the grade: which of them count today, and the resulting assessment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from common.errors import Sentence
from directory import grade
from directory.choices import Grade
from directory.models import Feature, Tool, ToolFeature


@dataclass(frozen=True)
class FeatureCatalogue:
    """Features as needed by the grade: all by primary key, and those that still apply."""

    terms: Mapping[int, grade.FeatureTerms]
    applicable: Sequence[grade.FeatureTerms]

    @classmethod
    def from_rows(cls, features: Iterable[Feature]) -> Self:
        """Build from all features; replaced features no longer apply to any tool."""
        features = list(features)
        terms = {feature.pk: _terms(feature) for feature in features}
        return cls(terms, [terms[feature.pk] for feature in features if feature.replaced_by_id is None])


def facts_by_tool(tools: Iterable[Tool]) -> Mapping[int, list[ToolFeature]]:
    """Return each tool's facts by the tool's primary key, in two queries."""
    facts: dict[int, list[ToolFeature]] = defaultdict(list)
    for fact in ToolFeature.objects.for_tools(list(tools)):
        facts[fact.tool_id].append(fact)
    return facts


def doubt(fact: ToolFeature, today: date) -> str:
    """Return why a fact does not count for the grade, as a sentence; empty if it does."""
    if not fact.reviewed:
        return Sentence("Not confirmed yet.", "unconfirmed")
    if grade.is_stale(fact.checked_on, today):
        return Sentence("Needs a re-check: the last one is too long ago.", "stale")
    if any(citation.source.reported_changed_on for citation in fact.citations.all()):
        return Sentence("Needs a re-check: a reader reports that a source has changed.", "source-changed")
    return ""


def counts_today(fact: ToolFeature, today: date) -> bool:
    """Return whether a fact counts for the grade."""
    return not doubt(fact, today)


def assess_tool(
    tool: Tool, facts: Iterable[ToolFeature], catalogue: FeatureCatalogue, today: date
) -> grade.Assessment:
    """Return the assessment of a tool from its facts, as of today."""
    return grade.assess(
        tool.kind,
        [
            grade.Fact(
                feature=catalogue.terms[fact.feature_id],
                present=fact.present,
                control=fact.control,
                can_disable=fact.can_disable,
                counts=counts_today(fact, today),
            )
            for fact in facts
        ],
        catalogue.applicable,
    )


def expires_on(facts: Iterable[ToolFeature], today: date) -> date | None:
    """Return the first day on which a fact that counts today becomes stale, or None."""
    days = [grade.stale_on(fact.checked_on) for fact in facts if fact.checked_on and counts_today(fact, today)]
    return min(days, default=None)


def _terms(feature: Feature) -> grade.FeatureTerms:
    floor = None
    if feature.floor:
        floor = grade.Floor(
            grade=Grade(feature.floor), reason=feature.floor_reason, kinds=frozenset(feature.floor_kinds)
        )
    return grade.FeatureTerms(
        slug=feature.slug,
        name=feature.name,
        severity=feature.severity,
        applies_to=frozenset(feature.applies_to),
        floor=floor,
    )
