"""Synchronize the rows below an entry with a list, changing only what differs."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from directory.models import Citation, Source

Row = TypeVar("Row", bound=Model)


def sync_rows(
    existing: "QuerySet[Row]", owner: Mapping[str, Any], key: Sequence[str], wanted: Iterable[Mapping[str, Any]]
) -> list[Row]:
    """Create, update and delete rows so that `existing` matches `wanted`; return them in that order.

    `owner` has the fields common to all rows (`{"tool": tool}`), `key` the fields that identify a row. Rows that are
    kept keep their primary key, since other tables may refer to them.
    """
    here: dict[Hashable, Row] = {tuple(getattr(row, name) for name in key): row for row in existing}
    wanted_fields = [{**values, "position": position} for position, values in enumerate(wanted)]
    kept = {tuple(fields[name] for name in key) for fields in wanted_fields}
    existing.filter(pk__in=[row.pk for row_key, row in here.items() if row_key not in kept]).delete()
    rows = []
    for fields in wanted_fields:
        row = here.get(tuple(fields[name] for name in key))
        if row is None:
            row = existing.model._default_manager.create(**owner, **fields)
        elif any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            row.save(update_fields=list(fields))
        rows.append(row)
    return rows


def sync_citations(existing: "QuerySet[Any]", owner: Mapping[str, Any], wanted: Sequence[Mapping[str, Any]]) -> None:
    """Synchronize the citations of a fact with their canonical list."""
    sources = Source.objects.in_bulk([citation["url"] for citation in wanted], field_name="url")
    sync_rows(
        existing,
        owner,
        ("source_id",),
        [{"source_id": sources[c["url"]].pk, "passage": c["passage"], "confirmed": c["confirmed"]} for c in wanted],
    )


def day_of(checked_on: date | None) -> str | None:
    """Return a date in canonical form, like `2026-11-23`, or None."""
    return checked_on.isoformat() if checked_on else None


def citations_of(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """Return the canonical list of citations; the rows must have their source loaded."""
    return [{"url": c.source.url, "passage": c.passage, "confirmed": c.confirmed} for c in citations]
