"""Check by which names tags are compared."""

from collections.abc import Iterator

from common.db.row_checks import Rows, check_of_rows, name_of, shown
from reports.models import Tag, TagMerge, TagSynonym
from reports.tag_names import fold_tag


def _folded(rows: Rows) -> Iterator[str]:
    for row in rows:
        if row.folded != fold_tag(row.name):
            yield f"{name_of(row)}: the {row._meta.verbose_name} {shown(row.name)} is folded as {shown(row.folded)}."


CHECKS = tuple(
    check_of_rows(
        f"{model._meta.verbose_name_plural}: names",
        f"{model._meta.label}.folded",
        rows=model._default_manager.all,
        find=_folded,
    )
    for model in (Tag, TagSynonym, TagMerge)
)
