"""Read numbers as people in different countries write them. Pure."""

import re
import unicodedata

# Apostrophes, and the Arabic separators of thousands and decimals.
_SIGNS = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u066c": ",", "\u066b": "."})
# Separators of thousands and of decimals that go together.
_PAIRS = ((",", "."), (".", ","), (" ", "."), (" ", ","), ("'", "."), ("'", ","))
# Groups have three digits; in India, only the last one has.
_GROUPED = tuple(
    (re.compile(rf"-?(?!0)\d{{1,3}}(?:[{group}]\d{{2,3}})*[{group}]\d{{3}}(?:[{point}]\d{{1,2}})?"), group, point)
    for group, point in _PAIRS
)
_DECIMAL_COMMA = re.compile(r"-?\d+,\d{1,2}")


def plain_number(typed: str) -> str:
    """Return an amount of money without separators of thousands and with a decimal point: `1.000,50` -> `1000.50`.

    Three digits behind a single separator are thousands, because amounts have at most two decimals. What is no such
    amount is returned as it is, normalised.
    """
    text = unicodedata.normalize("NFKC", typed).translate(_SIGNS).strip()
    for grouped, group, point in _GROUPED:
        if grouped.fullmatch(text):
            return text.replace(group, "").replace(point, ".")
    return text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text
