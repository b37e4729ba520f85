"""A passage is found in every spelling that a reader sees as the same, and nothing is left of it."""

import random
from collections.abc import Callable
from time import process_time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text.folding import fold
from common.text.lookalikes import by_look
from common.text.markdown import render
from common.text.plain_text import text_of
from reports.passage_patterns import patterns_of, size_of
from reports.shown_letters import IN_ADDRESSES, MOST_ROUNDS, RENDERED, TYPED, core_of, read
from reports.spellings import is_in_address, shows, without_passages

_PARTS = ["", "\u200b", "\u00ad", "**", "*", "~~", "\\_", "&#8203;", "&shy;", "\u0336", "`"]
_BREAKS = ["\\\n", "\n", "  \n"]
# Letters of other alphabets, letters of mathematics, wide ones, small capitals, and letters in squares and circles.
_DISGUISES = {
    "a": "аαᴀ𝐚ａ🅰", "b": "ВΒʙ𝓫🅑", "c": "сᴄⅽⲤ", "e": "еᴇ𝖊Ε", "h": "һհНʜ", "i": "іιɪ𝒊ӏІ", "k": "кκᴋК", "l": "ӏΙʟⅼІ",
    "m": "МмᴍⅿΜ", "n": "ոɴΝ𝙣🇳", "o": "оοօᴏσО", "p": "рρᴘР", "r": "гʀᴦ𝓻", "s": "ѕꜱЅ𝕤", "t": "тᴛτТ", "u": "υսᴜ𝚞ü",
    "x": "хχΧ", "y": "уүʏγ", "и": "ᴎИ𐑍", "в": "BʙΒ", "н": "HʜΗ", "а": "aα", "р": "pρP", "о": "oο", "е": "eё",
}  # fmt: skip
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
        ("\u041cona asked", "Mona", "[removed] asked"),
        ("Mona asked", "\u041cоnа", "[removed] asked"),
        ("ᴍᴏɴᴀ and ＭＯＮＡ", "Mona", "[removed] and [removed]"),
        ("𝓜𝓸𝓷𝓪, 🅼🅞🅽🅰, 🇲\u200b🇴\u200b🇳\u200b🇦", "Mona", "[removed], [removed], [removed]"),
        ("Ꮇօո\U000e0041а", "Mona", "[removed]"),
        ("Мi\u0406\u0399у", "Milly", "[removed]"),
        ("\u0410ndrеаs \u039c\u03cbllеr", "Andreas Müller", "[removed]"),
        ("ivan ИВAН Ива\u0301н", "Иван", "ivan [removed] [removed]"),
        ("νίκος ΝΙΚΟΣ Nίκoς", "Νίκος", "[removed] [removed] [removed]"),
        ("Straβe 5, Ʒ", "Straße", "[removed] 5, Ʒ"),
        ("Ποппе and Рорре", "Poppe", "Ποппе and [removed]"),
        ("Аնի and Arnrni", "Ami", "Аնի and Arnrni"),
        ("MiIa, Mi1a, M0na", "Mila", "MiIa, Mi1a, M0na"),
        ("M0na and Rnona", "Mona", "M0na and Rnona"),
        ("اه", "lo", "اه"),
        ("Mül\\\nler asked", "Müller", "[removed] asked"),
        ("Mül  \nler asked", "Müller", "[removed] asked"),
        ("> Mül\n> lers firm", "Müller", "> [removed]\n> s firm"),
        ("Mona Mül\\\nler", "Mona Müller", "[removed]"),
        ("Mül&shy;l&ZeroWidthSpace;e&NoBreak;r", "Müller", "[removed]"),
        ("Mül&NewLine;ler", "Müller", "[removed]"),
        ("Mül ler, Mül&nbsp;ler, Mül<br>ler", "Müller", "Mül ler, Mül&nbsp;ler, Mül<br>ler"),
        ("Japan\nneeds than\\\nno, an\nnobody", "ann", "Japan\nneeds than\\\nno, an\nnobody"),
        ("Mül\n\nler", "Müller", "Mül\n\nler"),
        ("| John | Smith | 500 EUR |", "John Smith", "| [removed] | | 500 EUR |"),
        ("| John \\| Smith | 5 |", "John Smith", "| [removed] | 5 |"),
        ("Mül-\nler, Mül\u2010\n> ler", "Müller", "[removed], [removed]"),
        ("Jo\u2028hn Jo\u2029hn Jo\ufffchn", "John", "[removed] [removed] [removed]"),
        ("Joh\u0310n Joh\u0345n Joh\u065an Ма\u0eb4ша", "John", "[removed] [removed] [removed] Ма\u0eb4ша"),
        ("ᾳ α\u0345 α", "ᾳ", "[removed] [removed] α"),
        ("محـــمد", "محمد", "[removed]"),
        ("علی على", "علي", "[removed] [removed]"),
        ("كريم", "کریم", "[removed]"),
        ("٠٩٩", "۰۹۹", "[removed]"),
        ("私は佐\\\n藤です", "佐藤", "私は[removed]です"),
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


@pytest.mark.parametrize(
    "address",
    [
        "M%C3%BCller",
        "M%25C3%25BCller",
        "M%2525C3%2525BCller",
        "M%25%43%33%25BCller",
        "%4D&#37;C3&percnt;bcller",
        "M\\%C3\\%BCller",
        "%254D&uuml;ller",
        "%D0%9Cüller",
    ],
)
def test_it_is_found_however_often_an_address_is_encoded(address: str) -> None:
    assert without_passages(f"[x](http://e.com/{address}/y)", ["Müller"]) == "[x](http://e.com/[removed]/y)"


def test_what_is_encoded_too_often_to_be_meant_takes_a_few_rounds_and_stays() -> None:
    address = "Müller"
    for _ in range(MOST_ROUNDS + 1):
        address = quote(address)
    text = f"[x](http://e.com/{address})"
    assert without_passages(text, ["Müller"]) == text


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


@given(
    st.sampled_from(["Quirin Markersen", "Anna Sommer", "Hakan Öztürk", "Иван Навин", "Νίκος Παππάς"]),
    st.sampled_from(["", "So ", "> ", "- ", "## "]),
    st.sampled_from(["", " said", ", who", "!"]),
    st.data(),
)
def test_no_disguise_is_left(passage: str, before: str, after: str, data: st.DataObject) -> None:
    disguised = data.draw(_disguised(passage))
    assert without_passages(f"{before}{disguised}{after}", [passage]) == f"{before}[removed]{after}"
    latin = (by_look(char) for char in passage)
    looked = "".join(look if look.isascii() else char for look, char in zip(latin, passage, strict=True))
    assert without_passages(f"{before}{disguised}{after}", [looked]) == f"{before}[removed]{after}"


@given(st.sampled_from(["Müller", "Mona Sommer", "Иван"]), st.data())
def test_no_disguise_is_left_in_an_address(passage: str, data: st.DataObject) -> None:
    encoded = passage
    for _ in range(data.draw(st.integers(0, 3))):
        encoded = quote(encoded, safe="".join(data.draw(st.sets(st.sampled_from("Mona")))))
    written = "".join(data.draw(st.sampled_from([char, f"&#{ord(char)};"])) for char in encoded)
    assert without_passages(f"[x](https://e.com/{written})", [passage]) == "[x](https://e.com/[removed])"


@st.composite
def _disguised(draw: st.DrawFn, passage: str) -> str:
    """A passage in letters that look the same, with marks and what is not seen on them, and with the ends of lines."""
    shown: str = ""
    for place, char in enumerate(passage):
        like: str = draw(st.sampled_from([char, *_DISGUISES.get(char.lower(), "")]))
        written: str = draw(st.sampled_from([like, f"&#{ord(like)};", f"&#x{ord(like):x};"]))
        if place + 1 == len(passage):
            return shown + written
        unseen: str = draw(st.sampled_from(["", "", "\u200b", "&shy;", "\u0301", "\U000e0061", "\u20dd"]))
        inside = passage[place : place + 2].isalpha()
        shown += written + unseen + draw(st.sampled_from(["", "", "", *_BREAKS] if inside else [""]))
    return shown


@given(st.text(alphabet=st.sampled_from("abimnoрνσΝіlІßβüп \n\\🅰ǆ각\u0301\u0345\u200b")), st.data())
def test_what_is_found_is_found_at_first_sight(text: str, data: st.DataObject) -> None:
    forms: list[Callable[[str], str]] = [str.upper, str.lower, by_look, str]
    start = data.draw(st.integers(0, len(text)))
    passage = data.draw(st.sampled_from(forms))(text[start:][:6])
    core = core_of(text)
    for pattern in patterns_of([passage]):
        found = any(pattern.found_by.search(read(text, way).letters) for way in (RENDERED, TYPED, IN_ADDRESSES))
        assert pattern.core.search(core) or not found


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=60), st.text(alphabet="Milanor1 0", min_size=2))
def test_plain_texts_show_nothing_but_what_is_typed(text: str, passage: str) -> None:
    typed = fold(text.replace("[removed]", ""))
    assert fold(passage) in typed or without_passages(text, [passage]) == text or "%" in text or "&" in text


@given(st.text(), st.text(min_size=1))
def test_what_holds_no_passage_stays_as_it_is(text: str, passage: str) -> None:
    left = without_passages(text, [passage])
    assert left == text or "[removed]" in left
    assert not shows(left, [passage])


@pytest.mark.parametrize(
    "part",
    [
        "john smith ",
        "J*",
        "](",
        "[J](",
        "&#",
        "- ",
        "((J",
        "\\",
        "%4a",
        "%25",
        "%",
        "j\\\n",
        "J\n",
        "\n",
        "\n> ",
        "М",
        "Іѕ",
        "j \n",
        "_J_",
        "**J",
        "[[J",
    ],
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
