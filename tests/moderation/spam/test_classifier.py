"""From features to a number with reasons, and what decisions teach."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.spam import Context, Feature, Weights, WordCounts, features_of, score
from moderation.spam.classifier import MOST_PER_DECISION, Example, learned, unlearned
from moderation.spam.reasons import REASONS
from moderation.spam.weights import FURTHEST, START
from moderation.spam.words import BUCKETS, FEWEST_TEXTS
from tests.moderation.spam.labelled import tuned

features = st.lists(
    st.builds(Feature, st.sampled_from(sorted(START)), st.floats(-1, 4), st.text(max_size=20)), max_size=15
)
examples = st.lists(st.tuples(features, st.booleans()), max_size=8)


@given(features, st.randoms())
def test_the_number_is_between_0_and_1_and_knows_no_order(found: list[Feature], chance: random.Random) -> None:
    result = score(found, Weights())
    assert 0 <= result.total <= 1
    mixed = found[:]
    chance.shuffle(mixed)
    assert score(mixed, Weights()) == result


def test_hints_stand_heaviest_first_and_say_what_speaks_against() -> None:
    hints = score([Feature("phrases_told", 1, "did not pay"), Feature("markup_links", 1, "<a href")], Weights()).hints
    assert [hint.weight > 0 for hint in hints] == [True, False]
    assert hints[0].words == "Links in HTML or forum code, which does not work here: “<a href”"
    assert hints[1].words == "Tells what happened to somebody: “did not pay”"


def test_every_feature_has_words() -> None:
    assert {name for name in START if not name.startswith("phrases_")} == set(REASONS)
    for name in START:
        assert "_" not in score([Feature(name, 3.0)], Weights({name: 5.0})).hints[0].words


def test_a_feature_that_is_no_more_says_nothing() -> None:
    assert score([Feature("gone", 4.0)], Weights({"gone": 4.0})) == score([], Weights())


@given(examples)
def test_no_decision_moves_a_weight_by_more_than_is_said(taught: list[Example]) -> None:
    weights = Weights()
    for example in taught:
        after = learned(weights, [example])
        assert all(abs(after.of(name) - weights.of(name)) <= MOST_PER_DECISION + 1e-12 for name in START)
        weights = after


@given(examples)
def test_what_was_learnt_can_be_unlearnt(taught: list[Example]) -> None:
    weights = unlearned(learned(Weights(), taught), taught)
    assert all(weights.of(name) == pytest.approx(START[name], abs=1e-6) for name in START)


def test_however_often_it_is_taught_a_weight_goes_only_so_far() -> None:
    weights = learned(Weights(), [([Feature("capitals", 1.0)], True)] * 5_000)
    assert START["capitals"] < weights.of("capitals") < START["capitals"] + FURTHEST


def test_decisions_teach() -> None:
    text = "Cheap garden chairs, write to somebody@example.org"
    found = features_of(text, "", Context())
    before = score(found, Weights()).total
    assert score(found, learned(Weights(), [(found, True)] * 20)).total > before
    assert score(found, learned(Weights(), [(found, False)] * 20)).total < before


@given(examples)
def test_weights_survive_being_stored(taught: list[Example]) -> None:
    weights = learned(Weights(), taught)
    assert Weights.from_json(json.loads(json.dumps(weights.to_json()))) == weights


def test_what_was_stored_of_features_that_are_no_more_is_left_out() -> None:
    assert Weights.from_json({"learnt": {"gone": 1.0, "links": "nan", "burst": 0.5}}) == Weights({"burst": 0.5})


def counts_of_many() -> WordCounts:
    counts = WordCounts()
    for n in range(FEWEST_TEXTS):
        counts = counts.counted(["garden", "chairs", f"s{n}"], spam=True)
        counts = counts.counted(["client", "paid", f"f{n}"], spam=False)
    return counts


def test_words_of_removed_texts_lean_to_spam() -> None:
    counts = counts_of_many()
    leaning, telling = counts.leaning(["garden", "chairs", "paid"])
    assert 0 < leaning <= 1
    assert set(telling) == {"garden", "chairs"}
    assert counts.leaning(["client", "paid"])[0] < 0
    found = features_of("garden chairs for everybody", "", Context(words=counts))
    assert "chairs" in next(each.found for each in found if each.name == "words_seen")


def test_few_texts_say_nothing() -> None:
    assert WordCounts().counted(["garden"], spam=True).leaning(["garden"]) == (0.0, [])


def test_counting_can_be_taken_back_and_stored() -> None:
    counts = counts_of_many()
    assert counts.counted(["garden", "rake"], spam=True).counted(["garden", "rake"], spam=True, times=-1) == counts
    assert WordCounts.from_json(json.loads(json.dumps(counts.to_json()))) == counts
    assert WordCounts().counted(["x"], spam=False, times=-1) == WordCounts()


def test_the_table_of_words_is_bounded_and_holds_no_word() -> None:
    counts = WordCounts().counted((f"word{n}" for n in range(30_000)), spam=True)
    assert len(counts.spam) <= BUCKETS
    assert "word" not in json.dumps(counts.to_json())
    assert WordCounts.from_json({"spam": {"-1": 3, str(BUCKETS): 3, "5": 0}}) == WordCounts()


def test_learning_from_the_labelled_texts_spoils_nothing() -> None:
    texts = tuned()[::7]
    taught = [(features_of(each.text, "", each.context), each.spam) for each in texts]
    weights = learned(Weights(), taught)
    right = sum(score(found, weights).holds == spam for found, spam in taught)
    assert right / len(taught) >= 0.98
