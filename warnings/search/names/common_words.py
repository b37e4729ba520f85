"""Common words: a name that is one of them is only matched with more context.

`common_words.txt` lists them in folded form. `manage.py collect_ordinary_words` creates it from pyspellchecker's
dictionaries (MIT licence; frequencies from film subtitles), which take seconds to read.
"""

from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).with_suffix(".txt")

# Words of this field that are rare in film subtitles.
FIELD = frozenset(
    {"freelancer", "freelance", "gig", "gigs", "buyer", "seller", "escrow", "invoice", "screenshot", "screenshots"}
    | {"tracker", "timesheet", "whiteboard", "spreadsheet", "app", "apps", "website", "email", "emails", "online"}
    | {"login", "username", "password", "laptop", "smartphone", "webcam", "microphone", "notification", "plugin"}
)


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return all common words, folded."""
    return FIELD.union(LIST.read_text(encoding="utf-8").splitlines())


def is_common(folded: str) -> bool:
    """Return whether a folded word is common; numbers are."""
    return folded.isdigit() or folded in common_words()
