"""Lists of published warnings about entries, at the same cost however many warnings there are.

A database can look through the warnings in the order of the list until a page is full, or collect all warnings about
an entry and sort them. Which one is less work depends on how many there are, which is known (`PublishedCount`) and
which databases guess wrongly for an average entry.
"""

from dataclasses import dataclass
from typing import Any

from reports.choices import CountKind
from reports.models import LINKS, PublishedCount, Warning
from reports.querysets import WarningQuerySet

# Rows that are read for one page of a list, roughly.
_ROWS = 40


@dataclass(frozen=True)
class WarningList:
    """Published warnings in no order yet, and their number if it is known without counting."""

    rows: WarningQuerySet
    total: int | None


def warnings_about(subjects: dict[CountKind, int]) -> WarningList:
    """Return the published warnings about all of some entries, given as primary keys; all warnings without any."""
    rows = Warning.objects.published()
    if not subjects:
        return WarningList(rows, PublishedCount.objects.total(CountKind.WARNINGS))
    counted = PublishedCount.objects.total_of_each({CountKind.WARNINGS: 0, **subjects})
    rarest = min(subjects, key=lambda kind: counted[kind])
    # To find a page in an ordered index, look at about so many rows for each one that fits.
    walk = counted[rarest] ** 2 > _ROWS * counted[CountKind.WARNINGS]
    for kind, key in subjects.items():
        link = LINKS[kind]
        found = link.model._default_manager.filter(**{link.entry: key})
        if kind is rarest and not walk:
            rows = rows.filter(pk__in=found.values(link.warning))
        else:
            rows = rows.linked(found, link.warning)
    return WarningList(rows, counted[rarest] if len(subjects) == 1 else None)


def about(entry: Any) -> WarningList:
    """Return the published warnings about a tool, tactic or marketplace, or with a tag."""
    return warnings_about({CountKind(entry._meta.model_name): entry.pk})
