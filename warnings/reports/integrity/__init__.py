"""Check what warnings and the posts below them store twice."""

from collections.abc import Iterator

from common.db.row_checks import problems_of
from reports.integrity import counters, histories, pictures, publication, tags, texts

CHECKS = (*counters.CHECKS, *texts.CHECKS, *tags.CHECKS, *pictures.CHECKS, *histories.CHECKS, *publication.CHECKS)


def problems() -> Iterator[str]:
    """Yield a sentence for each inconsistency, naming the object."""
    return problems_of(CHECKS)
