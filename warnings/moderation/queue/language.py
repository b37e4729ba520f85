"""Guess the language of a text, as a hint for moderators."""

from functools import cache

from django.conf.locale import LANG_INFO
from py3langid.langid import MODEL_FILE, LanguageIdentifier

OURS = "en"
# Names of tools and a few words in a row say nothing; below this certainty a hint would mislead.
FEWEST_CHARACTERS, SURE = 40, 0.85
_LOOKED_AT = 2_000


def foreign_language(text: str) -> str:
    """The English name of the language of a text; empty for English, for short texts, and where it is not sure."""
    start = text[:_LOOKED_AT]
    if len(start.strip()) < FEWEST_CHARACTERS:
        return ""
    code, certainty = _identifier().classify(start)
    if code == OURS or certainty < SURE:
        return ""
    info = LANG_INFO.get(code, {})
    return str(info.get("name", code))


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
