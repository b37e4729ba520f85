"""The risk grade of a tool: one pure function, published line by line on /about/method/ and each tool page.

exposure of a feature = severity/5 x control x can-disable
risk = 100 x (1 - product over features of (1 - 0.35 x exposure))

Further facts can only raise the risk. So a high risk is valid even if little is known, while a low risk is valid only
with sufficient coverage: A and B require FULL_COVERAGE. A tool below it whose risk would give an A or B is "not
assessed"; so is any tool below MINIMUM_COVERAGE. A floor always applies.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

from directory.choices import CanDisable, Control, Grade

WEIGHT = 0.35
CONTROL_WEIGHTS: dict[str, float] = {
    Control.ALWAYS_ON: 1.0,
    Control.OTHER_PARTY: 1.0,
    Control.ADMINISTRATOR: 0.9,
    Control.DEFAULT_ON: 0.6,
    Control.DEFAULT_OFF: 0.3,
    Control.USER: 0.2,
}
CAN_DISABLE_WEIGHTS: dict[str, float] = {
    CanDisable.NO: 1.0,
    CanDisable.PARTLY: 0.7,
    CanDisable.UNKNOWN: 0.8,
    CanDisable.YES: 0.3,
}
GRADE_STARTS: tuple[tuple[Grade, float], ...] = (
    (Grade.A, 0.0),
    (Grade.B, 20.0),
    (Grade.C, 40.0),
    (Grade.D, 60.0),
    (Grade.E, 80.0),
)
FULL_COVERAGE = 0.4
MINIMUM_COVERAGE = 0.1
STALE_AFTER_MONTHS = 18


@dataclass(frozen=True)
class Floor:
    """The best grade possible for tools with a feature, and the reason; empty `kinds` means all kinds of tools."""

    grade: Grade
    reason: str
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FeatureTerms:
    """The data of a feature that the grade uses; empty `applies_to` means all kinds of tools."""

    slug: str
    name: str
    severity: int
    applies_to: frozenset[str] = frozenset()
    floor: Floor | None = None


@dataclass(frozen=True)
class Fact:
    """The data of a fact that the grade uses; `counts` is false for unreviewed and stale facts."""

    feature: FeatureTerms
    present: bool
    control: str
    can_disable: str
    counts: bool


@dataclass(frozen=True)
class Line:
    """A term of the sum: a feature that counts, its three factors and their product."""

    feature: FeatureTerms
    control: str
    can_disable: str
    severity_part: float
    control_part: float
    can_disable_part: float
    exposure: float


@dataclass(frozen=True)
class Assessment:
    """The result: `grade` is None for "not assessed"; `risk` is from 0 to 100."""

    grade: Grade | None
    risk: float
    provisional: bool
    settled: int
    applicable: int
    lines: tuple[Line, ...]
    floor: Floor | None

    @property
    def scale_position(self) -> float:
        """Where the grade stands on the scale from 0 to 100: the risk, or the middle of a grade held by a floor."""
        if self.grade is None or grade_of(self.risk) == self.grade:
            return self.risk
        following = [start for grade, start in GRADE_STARTS if grade > self.grade]
        return (dict(GRADE_STARTS)[self.grade] + min(following, default=100.0)) / 2

    @property
    def coverage(self) -> float:
        """The share of applicable features on which there is a fact that counts."""
        return self.settled / self.applicable if self.applicable else 0.0


def exposure(severity: int, control: str, can_disable: str) -> float:
    """Return how strongly a feature affects the user, from 0 to 1."""
    return severity / 5 * CONTROL_WEIGHTS[control] * CAN_DISABLE_WEIGHTS[can_disable]


def grade_of(risk: float) -> Grade:
    """Return the grade of a risk from 0 to 100."""
    return [grade for grade, start in GRADE_STARTS if risk >= start][-1]


def assess(kind: str, facts: Iterable[Fact], features: Iterable[FeatureTerms]) -> Assessment:
    """Grade a tool of `kind` from its facts. `features` is the whole catalogue, used for the coverage."""
    counted = [fact for fact in facts if fact.counts]
    lines = _lines([fact for fact in counted if fact.present])
    risk = round(100 * (1 - prod(1 - WEIGHT * line.exposure for line in lines)), 1)
    settled = {fact.feature.slug for fact in counted}
    applicable = settled | {f.slug for f in features if not f.applies_to or kind in f.applies_to}
    coverage = len(settled) / len(applicable) if applicable else 0.0
    floor = _floor(kind, lines)
    grade = _grade(risk, coverage, floor)
    return Assessment(
        grade=grade,
        risk=risk,
        provisional=coverage < FULL_COVERAGE,
        settled=len(settled),
        applicable=len(applicable),
        lines=lines,
        floor=floor if floor and grade == floor.grade and grade != _grade(risk, coverage, None) else None,
    )


def is_stale(checked_on: date | None, today: date) -> bool:
    """Return whether a fact needs a re-check; one without a date always does."""
    return checked_on is None or today >= stale_on(checked_on)


def stale_on(checked_on: date) -> date:
    """Return the first day on which a fact checked on `checked_on` no longer counts."""
    months = checked_on.month - 1 + STALE_AFTER_MONTHS
    year, month = checked_on.year + months // 12, months % 12 + 1
    # The first day after 18 full months; a day that the month lacks becomes the 1st of the next month.
    try:
        return date(year, month, checked_on.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def _lines(facts: Sequence[Fact]) -> tuple[Line, ...]:
    """Return one line per feature, highest exposure first.

    Of several scopes, the one with the highest exposure counts.
    """
    worst: dict[str, Line] = {}
    for fact in facts:
        line = Line(
            feature=fact.feature,
            control=fact.control,
            can_disable=fact.can_disable,
            severity_part=fact.feature.severity / 5,
            control_part=CONTROL_WEIGHTS[fact.control],
            can_disable_part=CAN_DISABLE_WEIGHTS[fact.can_disable],
            exposure=exposure(fact.feature.severity, fact.control, fact.can_disable),
        )
        known = worst.get(fact.feature.slug)
        if known is None or line.exposure > known.exposure:
            worst[fact.feature.slug] = line
    return tuple(sorted(worst.values(), key=lambda line: (-line.exposure, line.feature.slug)))


def _floor(kind: str, lines: Sequence[Line]) -> Floor | None:
    """Return the strictest floor of the features for this kind of tool."""
    floors = [
        line.feature.floor
        for line in lines
        if line.feature.floor and (not line.feature.floor.kinds or kind in line.feature.floor.kinds)
    ]
    return max(floors, key=lambda floor: floor.grade, default=None)


def _grade(risk: float, coverage: float, floor: Floor | None) -> Grade | None:
    from_facts = grade_of(risk)
    enough = coverage >= FULL_COVERAGE or (coverage >= MINIMUM_COVERAGE and from_facts >= Grade.C)
    if floor:
        return max(from_facts, floor.grade)
    return from_facts if enough else None
