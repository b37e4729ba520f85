"""Simplify and romanise Chinese characters.

The dictionaries take longer to load than the rest of the site. They are loaded on first use, and by the web server as
soon as it starts. Of pypinyin's 47,000 phrases, which take 50 MB, only those are loaded that change how a character
sounds without its tone: `manage.py collect_pinyin_phrases` lists them in `pinyin_phrases.txt`.
"""

import os
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

PHRASES = Path(__file__).with_name("pinyin_phrases.txt")


def simplified(text: str) -> str:
    """Return `text` with simplified instead of traditional characters: `釘釘` -> `钉钉`."""
    return str(_converter().convert(text))


def pinyin(text: str) -> list[str]:
    """Return the syllables of simplified characters without tones: `钉钉` -> `["ding", "ding"]`."""
    return list(_pypinyin().lazy_pinyin(text))


def prepare() -> None:
    """Load the dictionaries."""
    pinyin(simplified("釘"))


@cache
def _pypinyin() -> Any:
    # Read when it is imported.
    os.environ["PYPINYIN_NO_PHRASES"] = "1"
    loaded = import_module("pypinyin")
    lines = (line.split(" ") for line in PHRASES.read_text(encoding="utf-8").splitlines())
    loaded.load_phrases_dict({phrase: [[sound] for sound in sounds] for phrase, *sounds in lines})
    return loaded


@cache
def _converter() -> Any:
    return import_module("opencc").OpenCC("t2s")
