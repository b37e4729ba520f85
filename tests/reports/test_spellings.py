"""A passage is found in every spelling that a reader sees as the same, and nothing is left of it."""

import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text.folding import fold
from common.text.markdown import render
from common.text.plain_text import text_of
from reports.spellings import is_in_address, shows, size_of, without_passages

_PARTS = ["", "\u200b", "\u00ad", "**", "*", "~~", "\\_", "&#8203;", "&shy;", "\u0336", "`"]
_GAPS = [" ", "\n", "\n> ", "&nbsp;", "\u00a0", "_", "-", "  \n", ". ", "\n- ", " **", "\n\n"]


@pytest.mark.parametrize(
    ("text", "passage", "left"),
    [
        ("Mu\u0308ller asked", "Müller", "[removed] asked"),
        ("M&uuml;ller asked", "Müller", "[removed] asked"),
        ("Mül\u00adler asked", "Müller", "[removed] asked"),
        ("Muller asked", "Müller", "[removed] asked"),
        ("M&uuml;ller asked", "Mu\u0308ller", "[removed] asked"),
        ("so john\\_smith said", "john_smith", "so [removed] said"),
        ("so john\\_smith said", "John Smith", "so [removed] said"),
        ("so john\\.smith said", "john.smith", "so [removed] said"),
        ("J&#111;hn", "John", "[removed]"),
        ("J&#x6F;h&#0000110;", "John", "[removed]"),
        ("at john&#64;example.com!", "john@example.com", "at [removed]!"),
        ("John&nbsp;Smith", "John Smith", "[removed]"),
        ("ＪＯＨＮ　ＳＭＩＴＨ", "John Smith", "[removed]"),
        ("xylo\u200bphone", "xylophone", "[removed]"),
        ("a xylo**pho**ne", "xylophone", "a [removed]"),
        ("STRASSE 5", "Straße", "[removed] 5"),
        ("Straße 5", "STRASSE", "[removed] 5"),
        ("Orsted", "Ørsted", "[removed]"),
        ("J\u20ddo\u0336h\ufe0fn", "John", "[removed]"),
        ("ハ\u3099ナナ", "バナナ", "[removed]"),
        ("ﾊﾞﾅﾅ", "バナナ", "[removed]"),
        ("\u1100\u1161\u11a8시", "각시", "[removed]"),
        ("각시", "가시", "각시"),
        ("Japan needs", "ann", "Japan needs"),
        ("C++ and c", "C++", "[removed] and c"),
        ("-- 🦊🦊 --", "🦊🦊", "-- [removed] --"),
        ("“O’Brien’s”", "O'Brien", "“[removed]’s”"),
    ],
)
def test_it_is_found_in_other_spellings(text: str, passage: str, left: str) -> None:
    assert without_passages(text, [passage]) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("John\n> Smith", "[removed]"),
        ("John\n> Smith said", "[removed]\n>  said"),
        ("* a John\n* Smith said", "* a [removed]\n*  said"),
        ("John [Smith](http://x.com) z", "[removed] z"),
        ("[John](http://x.com) Smith z", "[removed] z"),
        ("[Mr John](http://x.com) Smith z", "[Mr [removed]](http://x.com) z"),
        ("John [Smith and Co](http://x.com) z", "[removed] [and Co](http://x.com) z"),
        ("John [Smith][1] z", "[removed] z"),
        ("a John] Smith", "a [removed]"),
        ("**John** Smith z", "[removed] z"),
        ("**Mr John** Smith z", "**Mr [removed]** z"),
        ("John **Smith and** b", "[removed] **and** b"),
        ("John **Smith** z", "[removed] z"),
        ("a **John Smith** b", "a **[removed]** b"),
        ("John* Smith", "[removed]"),
        ("```\na John\n```\nSmith", "```\na [removed]\n```\n"),
        ("[x](http://e.com/J%6Fhn-smith)", "[x](http://e.com/[removed])"),
        ("John Smith: https://e.com", "[removed] : https://e.com"),
        ("John Smith(http://e.com)", "[removed] (http://e.com)"),
        ("`J&#111;hn Smith`, `John](Smith)`", "`[removed]`, `[removed])`"),
        ("John [removed] Smith", "John [removed] Smith"),
        ("\\[removed] John Smith", "\\[removed] [removed]"),
    ],
)
def test_what_is_left_is_valid_markup(text: str, left: str) -> None:
    assert without_passages(text, ["John Smith"]) == left


@given(
    st.sampled_from(["Quirin Markersen", "Müller", "john.smith@example.com", "Straße 12", "佐藤 健", "Иван Ёлкин"]),
    st.randoms(use_true_random=False),
    st.sampled_from(["", "before ", "**", "> ", "[", "\\", "&", "# "]),
    st.sampled_from(["", " after", "**", "](https://example.com)", ";", "!"]),
)
def test_no_spelling_is_left_when_it_is_rendered(
    passage: str, chance: random.Random, before: str, after: str
) -> None:
    text = before + _spelled(passage, chance) + after
    left = without_passages(text, [passage])
    shown = text_of(render(left))
    assert not shows(shown, [passage])
    assert fold(passage) not in fold(shown.replace("[removed]", "\u2606"))
    assert without_passages(left, [passage]) == left


def _spelled(passage: str, chance: random.Random) -> str:
    """Return a passage in another spelling, as a person with a reason to would write it."""
    spelled = ""
    for char in passage:
        forms = [char, char.upper(), char.lower(), f"&#{ord(char)};", f"&#x{ord(char):x};"]
        spelled += chance.choice(_GAPS) if char == " " else chance.choice(forms) + chance.choice(_PARTS)
    return spelled


@given(st.text(), st.text(min_size=1))
def test_what_holds_no_passage_stays_as_it_is(text: str, passage: str) -> None:
    left = without_passages(text, [passage])
    assert left == text or "[removed]" in left
    assert not shows(left, [passage])


@pytest.mark.parametrize(
    "part", ["john smith ", "J*", "](", "[J](", "&#", "- ", "((J", "\\", "%4a", "_J_", "**J", "[[J"]
)
def test_long_texts_take_linear_time(part: str) -> None:
    text = (part * 20_000)[:20_000]
    start = process_time()
    without_passages(text, ["J", "john smith", "- - -", "J J"])
    assert process_time() - start < 3


@pytest.mark.parametrize(
    ("slug", "passage", "is_in"),
    [
        ("smiths-agency-never-pays-0a1b2c3d", "Smith", True),
        ("john_smith-on-chat-0a1b2c3d", "john smith", True),
        ("johnsmith-on-chat-0a1b2c3d", "John_Smith", True),
        ("max4711-wants-money-0a1b2c3d", "Max", True),
        ("obriens-agency-0a1b2c3d", "O’Brien", True),
        ("muller-0a1b2c3d", "Müller", True),
        ("strae-0a1b2c3d", "Straße", True),
        ("japan-needs-0a1b2c3d", "Ann", False),
        ("pays-0a1b2c3d", "Straße", False),
        (f"{'long-' * 16}quirinus-0a1b2c3d", "Quirinus Markerson", True),
        (f"{'long-' * 16}title-0a1b2c3d", "Quirinus Markerson", False),
    ],
)
def test_the_address_of_a_warning_shows_a_passage(slug: str, passage: str, is_in: bool) -> None:
    assert is_in_address(slug, [passage]) is is_in


@pytest.mark.parametrize(
    ("passage", "size"), [("__", 0), ("\u200b ", 0), ("*a*", 1), ("C#", 2), ("\u0301", 0), ("ß", 2)]
)
def test_signs_of_markup_make_no_passage(passage: str, size: int) -> None:
    assert size_of(passage) == size
    assert size > 0 or without_passages(f"a {passage} b", [passage]) == f"a {passage} b"
