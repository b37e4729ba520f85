"""The risk grade: one formula, its edges, and what it makes of the real catalogue."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.choices import CanDisable, Control, Grade
from directory.grade import (
    FULL_COVERAGE,
    MINIMUM_COVERAGE,
    Fact,
    FeatureTerms,
    Floor,
    assess,
    exposure,
    grade_of,
    is_stale,
    stale_on,
)
from directory.models import Tool

KIND = "messenger"


def feature(number: int, severity: int = 5, floor: Floor | None = None) -> FeatureTerms:
    return FeatureTerms(slug=f"f{number}", name=f"F{number}", severity=severity, floor=floor)


def fact(number: int, severity: int = 5, **changes: object) -> Fact:
    values = {"present": True, "control": Control.ALWAYS_ON, "can_disable": CanDisable.NO, "counts": True} | changes
    floor = values.pop("floor", None)
    return Fact(feature=feature(number, severity, floor), **values)  # type: ignore[arg-type]


def everything_settled(*present: Fact) -> list[Fact]:
    """The facts given, and as many absent ones, so that the coverage is full."""
    absent = [fact(100 + i, present=False, control="", can_disable="") for i in range(10)]
    return [*present, *absent]


def test_it_follows_the_formula_line_by_line() -> None:
    outcome = assess(
        KIND, everything_settled(fact(1), fact(2, 3, control=Control.USER, can_disable=CanDisable.YES)), []
    )
    assert [round(line.exposure, 3) for line in outcome.lines] == [1.0, 0.036]
    assert outcome.risk == round(100 * (1 - (1 - 0.35) * (1 - 0.35 * 0.036)), 1)


@pytest.mark.parametrize(
    ("risk", "grade"),
    [(0, "A"), (19.9, "A"), (20, "B"), (39.9, "B"), (40, "C"), (60, "D"), (79.9, "D"), (80, "E"), (100, "E")],
)
def test_each_grade_begins_where_the_method_page_says(risk: float, grade: str) -> None:
    assert grade_of(risk) == grade


def test_a_tool_with_nothing_known_is_not_assessed() -> None:
    outcome = assess(KIND, [], [feature(n) for n in range(20)])
    assert (outcome.grade, outcome.risk, outcome.coverage) == (None, 0.0, 0.0)


def test_a_thin_entry_never_looks_safe() -> None:
    catalogue = [feature(n) for n in range(20)]
    mild = [fact(n, 1, control=Control.USER) for n in range(3)]
    assert assess(KIND, mild, catalogue).grade is None


def test_a_bad_sum_stands_even_where_little_is_known() -> None:
    catalogue = [feature(n) for n in range(20)]
    outcome = assess(KIND, [fact(n) for n in range(3)], catalogue)
    assert (outcome.grade, outcome.provisional) == (Grade.D, True)


def test_a_good_grade_needs_full_coverage() -> None:
    catalogue = [feature(n) for n in range(10)]
    known = [fact(n, present=False, control="", can_disable="") for n in range(4)]
    assert assess(KIND, known, catalogue).grade == Grade.A
    assert assess(KIND, known[:3], catalogue).grade is None
    assert FULL_COVERAGE == 0.4


def test_below_the_minimum_there_is_no_grade_however_bad() -> None:
    catalogue = [feature(n) for n in range(31)]
    outcome = assess(KIND, [fact(n) for n in range(3)], catalogue)
    assert outcome.coverage < MINIMUM_COVERAGE
    assert outcome.grade is None


def test_a_floor_holds_however_careful_the_settings() -> None:
    floor = Floor(Grade.D, "steers your computer")
    careful = fact(1, 5, control=Control.USER, can_disable=CanDisable.YES, floor=floor)
    outcome = assess(KIND, [careful], [feature(n) for n in range(50)])
    assert outcome.grade == Grade.D
    assert outcome.floor == floor


def test_a_floor_never_makes_a_grade_better() -> None:
    floor = Floor(Grade.C, "x")
    outcome = assess(KIND, everything_settled(*(fact(n, floor=floor) for n in range(6))), [])
    assert (outcome.grade, outcome.floor) == (Grade.E, None)


@pytest.mark.parametrize(("grade", "middle"), [(Grade.B, 30.0), (Grade.C, 50.0), (Grade.D, 70.0), (Grade.E, 90.0)])
def test_a_grade_held_by_a_floor_stands_in_its_own_place_on_the_scale(grade: Grade, middle: float) -> None:
    mild = fact(1, 1, control=Control.USER, can_disable=CanDisable.YES, floor=Floor(grade, "because"))
    outcome = assess(KIND, everything_settled(mild), [])
    assert (outcome.grade, outcome.scale_position) == (grade, middle)
    assert grade_of(outcome.scale_position) == grade


@pytest.mark.parametrize("floor", [None, Floor(Grade.B, "because")])
def test_without_one_that_decides_the_risk_is_the_place(floor: Floor | None) -> None:
    outcome = assess(KIND, everything_settled(*[fact(n, floor=floor) for n in range(3)]), [])
    assert (outcome.grade, outcome.scale_position, outcome.floor) == (Grade.D, outcome.risk, None)


def test_a_tool_that_is_not_assessed_has_no_other_place_than_its_risk() -> None:
    assert assess(KIND, [], [feature(1)]).scale_position == 0.0


def test_a_floor_decides_too_where_too_little_is_known_for_a_grade() -> None:
    catalogue, because = [feature(n) for n in range(60)], Floor(Grade.D, "because")
    outcome = assess(KIND, [fact(n, floor=because) for n in range(3)], catalogue)
    assert (outcome.grade, outcome.floor, outcome.scale_position) == (Grade.D, because, outcome.risk)


def test_a_floor_for_other_kinds_does_not_hold() -> None:
    floor = Floor(Grade.D, "x", frozenset({"remote-access"}))
    careful = fact(1, 1, control=Control.USER, floor=floor)
    assert assess(KIND, everything_settled(careful), []).grade == Grade.A
    assert assess("remote-access", everything_settled(careful), []).grade == Grade.D


def test_unreviewed_and_stale_facts_do_not_count() -> None:
    outcome = assess(KIND, everything_settled(fact(1, counts=False)), [])
    assert outcome.risk == 0
    assert outcome.lines == ()


def test_of_several_scopes_the_worst_counts_once() -> None:
    mild = fact(1, control=Control.USER)
    outcome = assess(KIND, everything_settled(mild, fact(1)), [])
    assert [line.exposure for line in outcome.lines] == [1.0]


def test_only_features_of_the_tools_kind_count_for_its_coverage() -> None:
    other = FeatureTerms("x", "X", 5, applies_to=frozenset({"email"}))
    assert assess(KIND, [fact(1)], [feature(1), other]).applicable == 1


facts = st.builds(
    lambda n, severity, control, can_disable: fact(n, severity, control=control, can_disable=can_disable),
    st.integers(0, 30),
    st.integers(1, 5),
    st.sampled_from(Control),
    st.sampled_from(CanDisable),
)


@given(st.lists(facts, max_size=12), facts)
def test_knowing_more_that_is_bad_never_lowers_the_risk(known: list[Fact], more: Fact) -> None:
    before, after = assess(KIND, known, []), assess(KIND, [*known, more], [])
    assert 0 <= before.risk <= after.risk <= 100


@given(st.lists(facts, max_size=12))
def test_the_order_of_facts_does_not_matter(known: list[Fact]) -> None:
    assert assess(KIND, known, []) == assess(KIND, known[::-1], []) or len({f.feature.slug for f in known}) < len(
        known
    )


@given(st.integers(1, 5), st.sampled_from(Control), st.sampled_from(CanDisable))
def test_an_exposure_is_a_share(severity: int, control: Control, can_disable: CanDisable) -> None:
    assert 0 < exposure(severity, control, can_disable) <= 1


@pytest.mark.parametrize(
    ("checked", "stale"),
    [
        (date(2025, 1, 15), date(2026, 7, 15)),
        (date(2024, 8, 31), date(2026, 3, 1)),
        (date(2025, 6, 30), date(2026, 12, 30)),
        (date(2023, 8, 29), date(2025, 3, 1)),
    ],
)
def test_a_fact_goes_stale_after_eighteen_months(checked: date, stale: date) -> None:
    assert stale_on(checked) == stale
    assert is_stale(checked, stale)
    assert not is_stale(checked, date.fromordinal(stale.toordinal() - 1))


def test_a_fact_without_a_date_is_stale() -> None:
    assert is_stale(None, date(2026, 1, 1))


@pytest.mark.django_db
class TestTheRealCatalogue:
    """What the formula makes of the starter data."""

    def test_dingtalk_is_the_worst(self) -> None:
        worst = Tool.objects.worst_first().first()
        assert worst is not None
        assert (worst.slug, worst.grade) == ("dingtalk", "E")

    @pytest.mark.parametrize("slug", ["anydesk", "teamviewer", "ultraviewer", "rustdesk", "chrome-remote-desktop"])
    def test_what_steers_your_computer_is_never_better_than_d(self, slug: str) -> None:
        assert Tool.objects.get(slug=slug).grade >= "D"

    @pytest.mark.parametrize("slug", ["google-voice", "botim", "discord", "wire", "jitsi", "skype", "linkedin"])
    def test_thin_entries_are_not_assessed(self, slug: str) -> None:
        assert Tool.objects.get(slug=slug).grade == ""

    def test_no_tool_is_graded_a_or_b_on_thin_knowledge(self) -> None:
        assert not Tool.objects.filter(grade__in="AB", provisional=True).exists()
