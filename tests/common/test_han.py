"""Chinese characters: simplified, as they sound, and at no cost for a process that meets none."""

import subprocess
import sys
from importlib import import_module

import pytest

from common.management.commands.collect_pinyin_phrases import collected
from common.text import han
from config import BASE_DIR

# What the tests of this process imported must not count.
NOT_LOADED = """
import config, sys, django
django.setup()
from search.names.variants import forms
print(forms("DingTalk").romanised, sorted({"opencc", "pypinyin"} & set(sys.modules)))
print(forms("釘釘").romanised)
"""


@pytest.mark.parametrize(("text", "wanted"), [("釘釘", "钉钉"), ("钉钉", "钉钉"), ("DingTalk", "DingTalk"), ("", "")])
def test_traditional_characters_become_simplified(text: str, wanted: str) -> None:
    assert han.simplified(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("钉钉", ["ding", "ding"]),
        ("飞书", ["fei", "shu"]),
        ("中国银行", ["zhong", "guo", "yin", "hang"]),
        ("一朝天子一朝臣", ["yi", "chao", "tian", "zi", "yi", "chao", "chen"]),
        ("", []),
    ],
)
def test_characters_sound_without_tones(text: str, wanted: list[str]) -> None:
    assert han.pinyin(text) == wanted


def test_the_dictionaries_are_loaded_by_the_first_text_that_needs_them() -> None:
    command = [sys.executable, "-c", NOT_LOADED]
    done = subprocess.run(command, cwd=BASE_DIR, stdout=subprocess.PIPE, check=True, text=True)
    assert done.stdout.splitlines() == ["dingtalk []", "dingding"]


def test_once_they_are_loaded_no_text_loads_anything_more() -> None:
    han.prepare()
    loaded = set(sys.modules)
    assert han.pinyin(han.simplified("飛書")) == ["fei", "shu"]
    assert set(sys.modules) == loaded


def test_the_list_of_phrases_is_that_of_the_installed_dictionaries() -> None:
    assert han.PHRASES.read_text(encoding="utf-8").splitlines() == collected()


def test_every_phrase_of_the_dictionaries_sounds_as_it_says_there() -> None:
    phrases = import_module("pypinyin.phrases_dict").phrases_dict
    plain = import_module("pypinyin.contrib.tone_convert").to_normal
    some = sorted(phrases)[::10]
    assert [han.pinyin(phrase) for phrase in some] == [[plain(one[0]) for one in phrases[phrase]] for phrase in some]
