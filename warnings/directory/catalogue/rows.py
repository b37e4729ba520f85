"""Make rows below an entry match a list, changing only what differs."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from directory.models import Citation, Source

Row = TypeVar("Row", bound=Model)


def sync_rows(
    existing: "QuerySet[Row]", owner: Mapping[str, Any], key: Sequence[str], wanted: Iterable[Mapping[str, Any]]
) -> list[Row]:
    """Create, change and delete rows so that `existing` becomes `wanted`; return them in the wanted order.

    `owner` is what every row has (`{"tool": tool}`), `key` the fields that make a row the same one. Rows that
    stay keep their primary key, since other tables may point to them.
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
    """Make the citations of one fact agree with the canonical list of them."""
    sources = Source.objects.in_bulk([citation["url"] for citation in wanted], field_name="url")
    sync_rows(
        existing,
        owner,
        ("source_id",),
        [{"source_id": sources[c["url"]].pk, "passage": c["passage"], "confirmed": c["confirmed"]} for c in wanted],
    )


def day_of(checked_on: date | None) -> str | None:
    """A day in canonical form: `2026-11-23`, or None."""
    return checked_on.isoformat() if checked_on else None


def citations_of(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """The canonical list of citations, from rows that have their source loaded."""
    return [{"url": c.source.url, "passage": c.passage, "confirmed": c.confirmed} for c in citations]
