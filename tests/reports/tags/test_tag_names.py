"""Names of tags: how they are read from a line of text, and what they become in an address."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text.commas import has_comma
from common.text.folding import fold
from common.urls import TagSlugConverter
from reports.models import Tag
from reports.tag_names import LONGEST_TAG, fold_tag, names_in, refused_names, slug_for

SCRIPTS = "abcXYZ éßøñ ﬁ½² 01９ａＢ 監控监控 カタｶﾞ 한국 кирѝИ λΣς ไทย हिन्दी أبجد עברית -_/+#.!'\u200b"
some_names = st.text(st.sampled_from(SCRIPTS), min_size=1, max_size=LONGEST_TAG).filter(fold)


def test_the_names_in_a_line() -> None:
    assert names_in(" late  nights ,, Monitoring,late-nights, ,!") == ["late nights", "Monitoring"]
    assert names_in("") == names_in(" , ,") == names_in("\x00,\u200b") == []


def test_of_names_that_fold_alike_the_first_counts() -> None:
    assert names_in("Überwachung, uberwachung, ＵＢＥＲＷＡＣＨＵＮＧ") == ["Überwachung"]


@given(st.lists(some_names, max_size=12))
def test_no_two_names_of_a_line_are_one_tag(names: list[str]) -> None:
    found = names_in(",".join(names))
    folded = [fold_tag(name) for name in found]
    assert len(set(folded)) == len(folded)
    assert set(folded) == {fold_tag(name) for name in names}
    assert all(name == " ".join(name.split()) and "," not in name for name in found)


@given(some_names, st.integers(1, 1_000))
def test_a_slug_fits_into_an_address_and_into_its_column(name: str, number: int) -> None:
    slug = slug_for(name, number)
    assert re.fullmatch(TagSlugConverter.regex, slug)
    assert len(slug) <= (Tag._meta.get_field("slug").max_length or 0)
    assert slug_for(unicodedata.normalize("NFD", name).upper().lower(), number)


@given(some_names)
def test_numbers_give_ever_other_slugs(name: str) -> None:
    slugs = [slug_for(name, number) for number in range(1, 20)]
    assert len(set(slugs)) == len(slugs)


def test_a_slug_reads_like_the_name() -> None:
    assert slug_for("Late Nights") == "late-nights"
    assert slug_for("监控") == "监控"
    assert slug_for("monitoring", 3) == "monitoring-3"


def test_a_name_without_letters_for_an_address_has_one_all_the_same() -> None:
    assert slug_for("①②") != ""
    assert slug_for("!!") == "tag"


def test_what_stands_below_the_tags_and_is_none_is_no_slug() -> None:
    assert slug_for("Suggestions") == "suggestions-2"
    assert slug_for("suggestions", 2) == "suggestions-3"


@pytest.mark.parametrize(
    "line",
    [
        "微信，钉钉",
        "微信、钉钉",
        "微信､钉钉",
        "微信﹐钉钉",
        "微信، 钉钉",
        "微信፣钉钉",
        "，微信 ， ，钉钉，",
        "微信,钉钉",
    ],
)
def test_a_comma_of_any_script_separates_names(line: str) -> None:
    assert names_in(line) == ["微信", "钉钉"]
    assert has_comma(line)


@pytest.mark.parametrize("line", ["a.b", "a;b", "10 000", "a·b", "a٬b"])
def test_other_signs_separate_none(line: str) -> None:
    assert names_in(line) == [line]
    assert not has_comma(line)


def test_signs_after_a_letter_tell_names_apart() -> None:
    names = ["c", "c++", "C#", "c+", "a+", "f#", "c++17", "c17"]
    assert names_in(", ".join([*names, "c ++", "C♯", "c\u200b++", "#c", "+c", "Ｃ＋＋", "C＃", "!+"])) == names


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("++c", "c"),
        ("C ++", "c++"),
        ("C #", "c#"),
        ("late #nights", "latenights"),
        ("é+", "e+"),
        ("e\u0301+", "e+"),
        ("+", ""),
        ("\u0301+", ""),
        ("हिन्दी#", "हिन्दी#"),
    ],
)
def test_only_signs_behind_a_letter_count(name: str, folded: str) -> None:
    assert fold_tag(name) == folded


@given(some_names)
def test_folding_a_tag_changes_nothing_the_second_time(name: str) -> None:
    assert fold_tag(fold_tag(name)) == fold_tag(name)
    assert fold(fold_tag(name)) == fold(name)


@pytest.mark.parametrize(
    "names",
    [
        ["1.5", "15", "v2.0", "v20"],
        ["€50", "$50", "£50", "50", "50%", "50€"],
        [".NET", "net", "asp.net"],
        ["1.2.3", "12.3", "1.23"],
    ],
)
def test_signs_around_digits_and_a_leading_point_tell_names_apart(names: list[str]) -> None:
    assert names_in(", ".join(names)) == names


@pytest.mark.parametrize(
    ("one", "other"), [("50 %", "50%"), ("€ 50", "€50"), ("50 €", "50€"), ("node.js", "nodejs"), ("１．５", "1.5")]
)
def test_other_spellings_of_the_same_name_are_one_tag(one: str, other: str) -> None:
    assert fold_tag(one) == fold_tag(other)


def test_names_that_can_be_no_tags_are_told() -> None:
    assert refused_names("😀, late nights, !?, ，❤️") == ["😀", "!?", "❤️"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("हिन्दी", "हिन्दी"),
        ("ไลน์", "ไลน์"),
        ("தமிழ் மொழி", "தமிழ்-மொழி"),
        ("c++", "c-plus-plus"),
        ("C# jobs", "c-sharp-jobs"),
        ("#c", "c"),
        ("é", "é"),
        ("E\u0301", "é"),
        ("love ❤️ letters", "love-letters"),
        ("a_b--c", "a_b-c"),
    ],
)
def test_a_slug_keeps_what_makes_the_word(name: str, slug: str) -> None:
    assert slug_for(name) == slug
    assert re.fullmatch(TagSlugConverter.regex, slug)
