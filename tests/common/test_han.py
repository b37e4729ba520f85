"""Chinese characters: simplified, as they sound, and at no cost for a process that meets none."""

import subprocess
import sys

import pytest

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


@pytest.mark.parametrize(("text", "wanted"), [("钉钉", ["ding", "ding"]), ("飞书", ["fei", "shu"]), ("", [])])
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
