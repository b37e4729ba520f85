"""Common words: a name that is one of them needs more context to be meant.

`common_words.txt` lists them, folded: `manage.py collect_ordinary_words` writes it out of pyspellchecker's
dictionaries (MIT licence; frequencies from film subtitles), which take seconds to read.
"""

from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).with_suffix(".txt")

# Words of our own field that film subtitles hardly know.
FIELD = frozenset(
    {"freelancer", "freelance", "gig", "gigs", "buyer", "seller", "escrow", "invoice", "screenshot", "screenshots"}
    | {"tracker", "timesheet", "whiteboard", "spreadsheet", "app", "apps", "website", "email", "emails", "online"}
    | {"login", "username", "password", "laptop", "smartphone", "webcam", "microphone", "notification", "plugin"}
)


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """All of them, folded."""
    return FIELD.union(LIST.read_text(encoding="utf-8").splitlines())


def is_common(folded: str) -> bool:
    """Whether a folded word is an everyday one; so is a number."""
    return folded.isdigit() or folded in common_words()
