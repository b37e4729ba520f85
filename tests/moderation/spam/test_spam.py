"""Spam is found and explained, real reports are not held up, and no word decides alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.spam.likeness import likeness, signature_of
from moderation.spam.scoring import HOLD, MOST_WORDS, Memory, learn, score
from moderation.spam.signs import Context, signs_of
from tests.moderation.spam.labelled import REAL, REAL_HELD_OUT, SPAM, SPAM_HELD_OUT, texts

NOBODY = Context()


def held(items: list[str], memory: Memory | None = None) -> float:
    """The share of texts that look like spam."""
    return sum(score(text, NOBODY, memory or Memory()).total >= HOLD for text in items) / len(items)


def test_of_a_thousand_of_each_kind_spam_is_held_and_real_reports_are_not() -> None:
    spam, real = (
        texts(SPAM, 700, 1) + texts(SPAM_HELD_OUT, 300, 2),
        texts(REAL, 700, 3) + texts(REAL_HELD_OUT, 300, 4),
    )
    assert (len(set(spam)) > 500, len(set(real)) > 400) == (True, True)
    assert held(spam) >= 0.95
    assert held(real) < 0.01


def test_each_thing_that_is_held_says_why() -> None:
    for text in texts(SPAM + SPAM_HELD_OUT, 200, 5):
        found = score(text, NOBODY, Memory())
        if found.total >= HOLD:
            assert found.hints
            assert all(hint.strip() for hint in found.hints)


def test_what_was_decided_is_learnt_and_forgotten_again() -> None:
    memory = Memory()
    for text in texts(REAL, 40, 6):
        memory = learn(memory, text, is_spam=False)
    before = memory
    new_kind = [f"Zorblax miracle mattress number {n}, sleep like a king in your bed" for n in range(20)]
    assert held(new_kind) == 0
    for text in new_kind:
        memory = learn(memory, text, is_spam=True)
    assert held(new_kind, memory) == 1
    assert held(texts(REAL, 200, 7), memory) < 0.01
    for text in new_kind:
        memory = learn(memory, text, is_spam=True, times=-1)
    assert memory == before
    assert Memory.from_json(memory.as_json()) == memory


def test_a_flood_of_one_decision_cannot_make_everything_look_like_spam() -> None:
    memory = Memory()
    for text in texts(REAL, 60, 8):
        memory = learn(memory, text, is_spam=False)
    for _ in range(500):
        memory = learn(memory, "buyer", is_spam=True)
    assert held(texts(REAL, 300, 9), memory) < 0.05


def test_the_memory_is_bounded() -> None:
    memory = Memory()
    for start in range(0, 3 * MOST_WORDS, 500):
        memory = learn(memory, " ".join(f"word{n}" for n in range(start, start + 500)), is_spam=True)
    assert len(memory.spam) == MOST_WORDS


@given(st.text(), st.booleans())
def test_any_text_has_a_score_between_nothing_and_one(text: str, spam: bool) -> None:
    memory = learn(learn(Memory(), text, is_spam=spam), text, is_spam=not spam)
    assert 0 <= score(text, NOBODY, memory).total <= 1


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "a-" * 50_000,
        "0" * 100_000,
        "a@" * 50_000,
        " " * 100_000,
        "http://" * 20_000,
        "(dot)" * 20_000,
        "\ud800x",
        "\0",
    ],
)
def test_huge_and_odd_texts_are_bounded(text: str) -> None:
    assert 0 <= score(text, NOBODY, Memory()).total <= 1
    assert all(len(sign.words) < 400 for sign in signs_of(text, NOBODY))


def test_what_is_known_around_a_text_counts() -> None:
    text = "Please look at this offer"
    plain = score(text, NOBODY, Memory()).total
    for context in (
        Context(likeness=0.9),
        Context(sent_lately=9),
        Context(account_days=0),
        Context(throwaway_address=True),
    ):
        assert score(text, context, Memory()).total > plain


def test_a_text_is_like_itself_and_its_variants_and_not_like_another() -> None:
    one = "Earn 300 dollars a day from home, join our group now and never work again in your whole life"
    spun = "EARN 300 dollars a day from home - join our group NOW, and never work again in your whole life!!"
    other = "The buyer asked me to install an application before the order and I refused to do so at once"
    assert likeness(signature_of(one), signature_of(one)) == 1
    assert likeness(signature_of(one), signature_of(spun)) > 0.6
    assert likeness(signature_of(one), signature_of(other)) < 0.1
    assert likeness(signature_of(""), signature_of(one)) == 0


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_the_same_from_both_sides_and_a_share(one: str, other: str) -> None:
    left, right = signature_of(one), signature_of(other)
    assert likeness(left, right) == likeness(right, left)
    assert 0 <= likeness(left, right) <= 1
