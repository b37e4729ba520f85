"""The list of everyday words."""

from search.management.commands.collect_ordinary_words import collected
from search.names.common_words import LIST, is_common


def test_the_list_is_what_the_dictionaries_give() -> None:
    assert LIST.read_text(encoding="utf-8").splitlines() == collected()


def test_everyday_words_words_of_our_field_and_numbers_are_ordinary() -> None:
    assert all(map(is_common, ["time", "tiempo", "время", "freelancer", "2026"]))


def test_names_and_nonsense_are_not() -> None:
    assert not any(map(is_common, ["dingtalk", "qwxzv", ""]))
