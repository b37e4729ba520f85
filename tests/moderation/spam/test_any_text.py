"""No text makes the scoring fail or take long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.spam import Context, Signatures, Weights, features_of, score
from moderation.spam.similarity import SIGNATURE_SIZE, signature_of
from moderation.spam.texts import MOST_CHARACTERS, prepared
from tests.common.odd_texts import ODD

any_text = st.text(st.characters(codec=None), max_size=300)
nasty_text = st.text("{}|[]()<>@.:/ \"“”-'hxtp://wac dot0аеіо\u200b\u0301\u0591代ก\x00\ud800🤝1+", max_size=400)
contexts = st.builds(
    Context,
    anonymous=st.booleans(),
    account_days=st.none() | st.integers(-5, 10_000),
    sent_lately=st.integers(-3, 1_000),
    email_domain=any_text,
    known=st.builds(Signatures, st.lists(any_text.map(signature_of), max_size=4).map(tuple)),
    names=st.frozensets(any_text, max_size=3),
)


@given(any_text | nasty_text, any_text, contexts)
def test_any_text_has_a_number_and_reasons(text: str, title: str, context: Context) -> None:
    result = score(features_of(text, title, context), Weights())
    assert 0 <= result.total <= 1
    assert all(hint.words for hint in result.hints)
    assert len(signature_of(text, title)) <= SIGNATURE_SIZE


HUGE = {
    "letters": "a",
    "marks": "\u0301\u0316",
    "Hebrew marks": "\u05d0\u0591\u05b0\u05bc\u05c1",
    "ligatures": "ﷺ",
    "half an address": "a.",
    "hyphens": "a-",
    "digits": "1 ",
    "quotation marks": '"a',
    "braces": "{a|",
    "brackets": "[a](",
    "dots": "a dot ",
    "single letters": "a b ",
    "schemes": "hxxp:",
    "signs for a name": "@a",
    "tags": "<a ",
    "beginnings of phrases": "apply for ",
    "gaps": "no deposit ",
    "Han": "代",
    "zero width": "a\u200b",
    "surrogates": "\ud800",
    "NUL": "\x00",
    "different words": "".join(f"w{n} " for n in range(3_000)),
}


@pytest.mark.parametrize("name", HUGE)
def test_of_a_huge_text_only_the_beginning_is_looked_at(name: str) -> None:
    text = (HUGE[name] * (100_000 // len(HUGE[name]) + 1))[:100_000]
    found = features_of(text, text, Context())
    assert found == features_of(text[:MOST_CHARACTERS], text[:300], Context())


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read(text: str) -> None:
    assert 0 <= score(features_of(text, text, Context(email_domain=text)), Weights()).total <= 1


def test_what_stays_of_a_text_is_bounded() -> None:
    assert len(prepared("ﷺ" * 100_000).plain) <= 2 * MOST_CHARACTERS
