"""Prefetch related rows in fewer queries: what they refer to comes in the same one."""

from typing import Any

from django.db.models import Prefetch


def joined(model: Any, relation: str, *others: str) -> Prefetch[Any]:
    """Prefetch the rows of a relation of a model together with what `others`, relations of theirs, refer to."""
    return Prefetch(relation, _rows(model, relation).select_related(*others))


def with_sources(model: Any, relation: str, *others: str) -> list[Prefetch[Any]]:
    """Prefetch the rows of a relation as `joined` does, or as they are, and their citations with their sources."""
    rows = _rows(model, relation)
    citations = joined(rows.model, "citations", "source").queryset
    return [
        Prefetch(relation, rows.select_related(*others) if others else rows.all()),
        Prefetch(f"{relation}__citations", citations),
    ]


def _rows(model: Any, relation: str) -> Any:
    return model._meta.get_field(relation).related_model._default_manager
