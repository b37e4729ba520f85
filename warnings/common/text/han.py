"""Chinese characters: simplify them and romanise them.

The dictionaries for this take longer to load than all the rest of the site. They are loaded when the first text needs
them, and by the web server before it answers anybody.
"""

from functools import cache
from importlib import import_module
from typing import Any


def simplified(text: str) -> str:
    """`text` with simplified characters in place of traditional ones: `釘釘` -> `钉钉`."""
    return str(_converter().convert(text))


def pinyin(text: str) -> list[str]:
    """The syllables of simplified characters without tones: `钉钉` -> `["ding", "ding"]`."""
    return list(import_module("pypinyin").lazy_pinyin(text))


def prepare() -> None:
    """Load the dictionaries now."""
    pinyin(simplified("釘"))


@cache
def _converter() -> Any:
    return import_module("opencc").OpenCC("t2s")
