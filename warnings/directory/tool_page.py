"""The data of a tool's page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from directory import advice, grade
from directory.assessment import FeatureCatalogue, assess_tool, doubt
from directory.choices import Platform, SwitchOff
from directory.descriptions import shown
from directory.footnotes import Footnotes, Mark, Note, any_confirmed
from directory.models import (
    Feature,
    MarketplaceRule,
    Protection,
    ReadyReply,
    Tool,
    ToolDescription,
    ToolFeature,
    ToolName,
)
from directory.verdict import grade_words, verdict

# More names than these are folded away: some tools have 70.
MOST_NAMES = 15
_HARDEST_FIRST = (SwitchOff.NOBODY, SwitchOff.OTHERS, SwitchOff.UNKNOWN, SwitchOff.PARTLY, SwitchOff.YOU)


@dataclass(frozen=True)
class FactRow:
    """A fact with its footnote marks, and why it does not count, if it does not."""

    fact: ToolFeature
    marks: list[Mark]
    doubt: str

    @property
    def checked_on(self) -> date | None:
        """When it was last checked; a fact of which no source was read was never checked."""
        return self.fact.checked_on if self.fact.reviewed else None


@dataclass(frozen=True)
class ProtectionRow:
    """A protection with its footnote marks."""

    protection: Protection
    marks: list[Mark]

    @property
    def confirmed(self) -> bool:
        """Whether one of its sources was read."""
        return any_confirmed(self.marks)


@dataclass(frozen=True)
class SwitchCount:
    """The number of features with a value of "can you switch it off?"."""

    place: SwitchOff
    count: int


@dataclass(frozen=True)
class ToolPage:
    """The data of a tool's page except its warnings, which belong to another app."""

    tool: Tool
    assessment: grade.Assessment
    grade_words: str
    verdict: str
    names: list[ToolName]
    more_names: list[ToolName]
    recognised_by: list[ToolDescription]
    platforms: list[str]
    facts: list[FactRow]
    confirmed: list[FactRow]
    switches: list[SwitchCount]
    absent: list[FactRow]
    protections: list[ProtectionRow]
    reply: ReadyReply | None
    rules: list[MarketplaceRule]
    notes: list[Note]


def build(tool: Tool, *, today: date) -> ToolPage:
    """Build the page of a tool fetched with `for_page`."""
    footnotes = Footnotes()
    facts = list(tool.facts.all())
    facts.sort(key=_worst_first)
    rows = [FactRow(fact, footnotes.marks(fact.citations.all()), doubt(fact, today)) for fact in facts]
    protections = [ProtectionRow(p, footnotes.marks(p.citations.all())) for p in tool.protections.all()]
    assessment = assess_tool(tool, facts, FeatureCatalogue.from_rows(Feature.objects.for_grades()), today)
    names = [name for name in tool.names.all() if name.is_real and name.text != tool.name]
    return ToolPage(
        tool=tool,
        assessment=assessment,
        grade_words=grade_words(assessment.grade or ""),
        verdict=_verdict(tool, facts, assessment),
        names=names[:MOST_NAMES],
        more_names=names[MOST_NAMES:],
        recognised_by=shown(tool.descriptions.filter(neutral=True)),
        platforms=[Platform(value).label for value in tool.platforms],
        facts=[row for row in rows if row.fact.present],
        confirmed=[row for row in rows if row.fact.present and row.fact.reviewed],
        switches=_switches(facts),
        absent=[row for row in rows if not row.fact.present],
        protections=protections,
        reply=ReadyReply.objects.select_related("tactic")
        .filter(tactic__slug=advice.tactic_for(tool.kind), marketplace__isnull=True)
        .first(),
        rules=list(
            MarketplaceRule.objects.select_related("marketplace")
            .filter(topic=advice.rule_topic_for(tool.kind))
            .order_by("marketplace__name")
        ),
        notes=footnotes.notes,
    )


def verdict_today(tool: Tool, *, today: date) -> str:
    """Return the verdict on a tool fetched with its facts, their features and sources, as its page says it."""
    facts = list(tool.facts.all())
    catalogue = FeatureCatalogue.from_rows(Feature.objects.for_grades())
    return _verdict(tool, facts, assess_tool(tool, facts, catalogue, today))


def _verdict(tool: Tool, facts: Sequence[ToolFeature], assessment: grade.Assessment) -> str:
    reason = assessment.floor.reason if assessment.floor else ""
    return verdict(tool.name, facts, grade=assessment.grade or "", floor_reason=reason)


def _switches(facts: Sequence[ToolFeature]) -> list[SwitchCount]:
    """Return the values of "can you switch it off?" that occur in confirmed facts, the hardest first."""
    counts = Counter(fact.switch_off for fact in facts if fact.present and fact.reviewed)
    return [SwitchCount(place, counts[place]) for place in _HARDEST_FIRST if counts[place]]


def _worst_first(fact: ToolFeature) -> tuple[bool, int, int, str]:
    """Return the key of an order that readers can follow: every part of it is shown in the row."""
    hardness = _HARDEST_FIRST.index(fact.switch_off) if fact.present else 0
    return not fact.reviewed, -fact.feature.severity, hardness, fact.feature.name
