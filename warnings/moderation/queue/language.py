"""Guess the language of a text, as a hint for moderators. The library is loaded on first use: it needs numpy."""

from functools import cache
from importlib import import_module
from typing import Any

from django.conf.locale import LANG_INFO

OURS = "en"
# Tool names and a few words are not enough to classify; a hint below this certainty would mislead.
FEWEST_CHARACTERS, SURE = 40, 0.85
_LOOKED_AT = 2_000


def foreign_language(text: str) -> str:
    """Return the English name of a text's language; empty for English, short texts and uncertain guesses."""
    start = text[:_LOOKED_AT]
    if len(start.strip()) < FEWEST_CHARACTERS:
        return ""
    code, certainty = _identifier().classify(start)
    if code == OURS or certainty < SURE:
        return ""
    info = LANG_INFO.get(code, {})
    return str(info.get("name", code))


@cache
def _identifier() -> Any:
    library = import_module("py3langid.langid")
    return library.LanguageIdentifier.from_model_file(library.MODEL_FILE, norm_probs=True)
