"""Guess the language of a text, as a hint for moderators."""

from functools import cache

from django.conf.locale import LANG_INFO
from py3langid.langid import MODEL_FILE, LanguageIdentifier

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
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
