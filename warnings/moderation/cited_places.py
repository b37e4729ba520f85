"""Find the pages that cite a source, where readers can report it as changed."""

from directory.citations import Place, places_citing
from directory.models import Source
from reports.models import Warning


def places_of(source: Source) -> list[Place]:
    """Return the pages that cite a source: directory entries and published warnings."""
    rows = Warning.objects.published().filter(citations__source=source).distinct()
    return [*places_citing(source), *(Place(row.title, row.get_absolute_url()) for row in rows)]
