"""Tags keep more signs in their folded names: .NET, 1.5, €50, 50%, and C ++ is C++.

Only rows whose folded names change are written. What is one tag now, with what was another one, is merged into it. What
was one tag stays one: nobody knows which was meant.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.db import migrations

LONGEST = 200
MONEY = "$¢£¤¥֏؋৲৳฿₠-₿"
SIGNS = re.compile(
    rf"(?P<plus>\s*[+#]{{2,}}|[+#]+|\s+[+#](?!\w))|(?P<point>(?<=\d)\.(?=\d)|^\.(?=[^\W\d_]))"
    rf"|(?P<unit>[{MONEY}]\s*(?=\d)|(?<=\d)\s*[%{MONEY}])"
)


def add_signs(apps: Any, schema_editor: Any) -> None:
    """Fold all names again, tags first, so that synonyms give way to them."""
    for row, folded in _changed(apps, "Tag", _fold_tag):
        other = _tag_with(apps, folded)
        if other is None:
            _save(row, folded)
        elif other.pk != row.pk:
            _merge(apps, row, other)
    for row, folded in _changed(apps, "TagSynonym", _fold_tag):
        if _tag_with(apps, folded) is None:
            _save(row, folded)
        else:
            row.delete()
    for row, folded in _changed(apps, "TagMerge", _fold_tag):
        if type(row)._default_manager.filter(folded=folded).exists():
            row.delete()
        else:
            _save(row, folded)


def drop_signs(apps: Any, schema_editor: Any) -> None:
    """Fold as before, unless another row has that name meanwhile."""
    for model in ("Tag", "TagSynonym", "TagMerge"):
        for row, folded in _changed(apps, model, _fold_as_before):
            rows = type(row)._default_manager
            if folded and not rows.filter(folded=folded).exists():
                _save(row, folded)


def _changed(apps: Any, model: str, fold: Any) -> Iterator[tuple[Any, str]]:
    rows = apps.get_model("reports", model)._default_manager
    names = rows.order_by("pk").values_list("pk", "name", "folded").iterator()
    for key, folded in [(key, new) for key, name, old in names if (new := fold(name)) != old]:
        if row := rows.filter(pk=key).first():
            yield row, folded


def _tag_with(apps: Any, folded: str) -> Any:
    tag = apps.get_model("reports", "Tag")._default_manager.filter(folded=folded).first()
    synonym = apps.get_model("reports", "TagSynonym")._default_manager.filter(folded=folded).first()
    return tag or (synonym.tag if synonym else None)


def _save(row: Any, folded: str) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(folded=folded)


def _merge(apps: Any, old: Any, new: Any) -> None:
    """Give all that a tag has to another one, and delete it."""
    for model, field in (("TaggedWarning", "content_object"), ("Subscription", "user")):
        rows = apps.get_model("reports", model)._default_manager
        there = rows.filter(tag=new).values(field)
        rows.filter(tag=old).exclude(**{f"{field}__in": there}).update(tag=new)
    for model in ("TagSynonym", "TagMerge"):
        apps.get_model("reports", model)._default_manager.filter(tag=old).update(tag=new)
    old.delete()


# The folding of names as it is now: a migration may not change with the code.
LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
MEANINGFUL = (
    *("VOWEL SIGN", "SIGN VIRAMA", "THAI CHARACTER", "LAO ", "VOICED SOUND MARK"),
    *("CANDRABINDU", "ANUSVARA", "NUKTA"),
)


def _fold_tag(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).replace("\u266f", "#")
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    folded, after = "", 0
    for sign in SIGNS.finditer(text):
        before = text[after : sign.start()]
        word = _fold(before)
        folded += word
        if sign.lastgroup != "plus" or (word and _is_of_word(before[-1])):
            folded += sign[0].strip()
        after = sign.end()
    return unicodedata.normalize("NFC", folded + _fold(text[after:]))[:LONGEST]


def _fold_as_before(name: str) -> str:
    folded, follows = "", False
    for part in re.split("([+#]+)", unicodedata.normalize("NFKC", name)):
        if part[:1] not in {"+", "#"}:
            folded += _fold(part)
            follows = bool(folded and part) and _is_of_word(part[-1])
        elif follows:
            folded += part
    return folded[:LONGEST]


def _is_of_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN" and not "\ufe00" <= char <= "\ufe0f"


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(LETTERS)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if _counts(char)))


def _counts(char: str) -> bool:
    category = unicodedata.category(char)
    if char in "\u115f\u1160\u3164\uffa0":
        return False
    if category == "Mn":
        return any(part in unicodedata.name(char, "") for part in MEANINGFUL)
    return category[0] in "LNM"


class Migration(migrations.Migration):
    dependencies = [("reports", "0021_what_was_sent")]

    operations = [migrations.RunPython(add_signs, drop_signs)]
