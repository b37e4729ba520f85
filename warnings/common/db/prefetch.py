"""Prefetch related rows in fewer queries: what they refer to comes in the same one."""

from typing import Any

from django.db.models import Prefetch


def joined(model: Any, relation: str, *others: str) -> Prefetch[Any]:
    """Prefetch the rows of a relation of a model together with what `others`, relations of theirs, refer to."""
    rows = _rows(model, relation)
    # Without names, `select_related` would follow every relation.
    return Prefetch(relation, rows.select_related(*others) if others else rows.all())


def with_sources(model: Any, relation: str, *others: str) -> list[Prefetch[Any]]:
    """Prefetch the rows of a relation as `joined` does, and their citations with their sources."""
    sources = _rows(_rows(model, relation).model, "citations").select_related("source")
    return [joined(model, relation, *others), Prefetch(f"{relation}__citations", sources)]


def _rows(model: Any, relation: str) -> Any:
    return model._meta.get_field(relation).related_model._default_manager
