"""Check what warnings and the posts below them store twice."""

from collections.abc import Iterator

from common.db.row_checks import problems_of
from reports.integrity import counters, counts, histories, pictures, publication, tags, texts

_SUBJECTS = (counters, counts, texts, tags, pictures, histories, publication)
CHECKS = tuple(check for subject in _SUBJECTS for check in subject.CHECKS)


def problems() -> Iterator[str]:
    """Yield a sentence for each inconsistency, naming the object."""
    return problems_of(CHECKS)
