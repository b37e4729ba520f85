"""Simplify and romanise Chinese characters.

The dictionaries take longer to load than the rest of the site. They are loaded on first use, and by the web server as
soon as it starts.
"""

from functools import cache
from importlib import import_module
from typing import Any


def simplified(text: str) -> str:
    """Return `text` with simplified instead of traditional characters: `釘釘` -> `钉钉`."""
    return str(_converter().convert(text))


def pinyin(text: str) -> list[str]:
    """Return the syllables of simplified characters without tones: `钉钉` -> `["ding", "ding"]`."""
    return list(import_module("pypinyin").lazy_pinyin(text))


def prepare() -> None:
    """Load the dictionaries."""
    pinyin(simplified("釘"))


@cache
def _converter() -> Any:
    return import_module("opencc").OpenCC("t2s")
