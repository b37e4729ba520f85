"""Check by which names tags are compared."""

from collections.abc import Iterator

from common.db.row_checks import Rows, check_of_rows, differences
from reports.models import Tag, TagMerge, TagSynonym
from reports.tag_names import fold_tag


def _folded(rows: Rows) -> Iterator[str]:
    for row in rows:
        yield from differences(row, {"folded": fold_tag(row.name)})


CHECKS = tuple(
    check_of_rows(
        f"{model._meta.verbose_name_plural}: names",
        f"{model._meta.label}.folded",
        rows=model._default_manager.all,
        find=_folded,
    )
    for model in (Tag, TagSynonym, TagMerge)
)
