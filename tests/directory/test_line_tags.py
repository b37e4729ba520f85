"""Lines of a form with tags at their end: nothing is lost between a row and its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.line_tags import split_tags, with_tags

KNOWN = ("ambiguous", "de", "zh")


@pytest.mark.parametrize(
    ("line", "text", "tags"),
    [
        ("叮叮", "叮叮", ()),
        ("叮叮 [zh, ambiguous]", "叮叮", ("zh", "ambiguous")),
        ("Riot [matrix]", "Riot [matrix]", ()),
        ("[de]", "[de]", ()),
        ("Foo [de] []", "Foo [de]", ()),
    ],
)
def test_it_takes_known_tags_only(line: str, text: str, tags: tuple[str, ...]) -> None:
    assert split_tags(line, KNOWN) == (text, tags)


@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1), st.sampled_from(["a [de]", "[]", "b []"])
    ),
    st.lists(st.sampled_from(KNOWN), unique=True),
)
def test_a_line_gives_back_its_text_and_tags(text: str, tags: list[str]) -> None:
    assert split_tags(with_tags(text, tags, KNOWN), KNOWN) == (text, tuple(tags))
