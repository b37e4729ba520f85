"""Tags keep `+` and `#` after a letter or digit in their folded names, so that C, C++ and C# are three tags.

Only rows whose names hold such a sign are written. What was one tag stays one: nobody knows which was meant.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.db import migrations
from django.db.models import Q

MODELS = ("Tag", "TagSynonym", "TagMerge")
LONGEST = 200


def add_signs(apps: Any, schema_editor: Any) -> None:
    for row, rows in _rows(apps):
        folded = _fold_tag(row.name)
        if folded != row.folded:
            rows.filter(pk=row.pk).update(folded=folded)


def drop_signs(apps: Any, schema_editor: Any) -> None:
    """Fold as before, unless another row has that name meanwhile."""
    for row, rows in _rows(apps):
        folded = re.sub("[+#]", "", row.folded)
        if not rows.filter(folded=folded).exists():
            rows.filter(pk=row.pk).update(folded=folded)


def _rows(apps: Any) -> Iterator[tuple[Any, Any]]:
    for name in MODELS:
        rows = apps.get_model("reports", name)._default_manager
        signed = Q(name__contains="+") | Q(name__contains="#") | Q(name__contains="\uff0b") | Q(name__contains="\uff03")
        for row in rows.filter(signed).order_by("pk"):
            yield row, rows


# The folding of names as it is now: a migration may not change with the code.
LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
MEANINGFUL = (
    *("VOWEL SIGN", "SIGN VIRAMA", "THAI CHARACTER", "LAO ", "VOICED SOUND MARK"),
    *("CANDRABINDU", "ANUSVARA", "NUKTA"),
)


def _fold_tag(name: str) -> str:
    folded, follows = "", False
    for part in re.split("([+#]+)", unicodedata.normalize("NFKC", name)):
        if part[:1] not in {"+", "#"}:
            folded += _fold(part)
            follows = bool(folded) and bool(part) and unicodedata.category(part[-1])[0] in "LMN"
        elif follows:
            folded += part
    return folded[:LONGEST]


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(LETTERS)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if _counts(char)))


def _counts(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Mn":
        return any(part in unicodedata.name(char, "") for part in MEANINGFUL)
    return category[0] in "LNM"


class Migration(migrations.Migration):
    dependencies = [("reports", "0016_subscriptions")]

    operations = [migrations.RunPython(add_signs, drop_signs)]
