"""Check the stored HTML of every model that has some against what its text renders to."""

from collections.abc import Iterator
from typing import Any

from common.db.row_checks import Check, Rows, check_of_rows, name_of
from common.text.markdown import RENDERER_VERSION, MarkdownError
from reports.actions.warnings import rendered
from reports.models.text import rendered_models


def _texts(rows: Rows) -> Iterator[str]:
    """Yield texts whose HTML is another one. The stored version of the renderer proves nothing: it is stored, too."""
    for row in rows:
        if row.body_renderer > RENDERER_VERSION:
            yield f"{name_of(row)}: body_renderer is {row.body_renderer}, a renderer that this version does not know."
        try:
            html = rendered(row.body, type(row))["body_html"]
        except MarkdownError:
            yield f"{name_of(row)}: body cannot be rendered now, so body_html cannot be compared. Edit the text."
            continue
        if html != row.body_html:
            called = f"{row._meta.verbose_name} {row.pk}"
            yield f"The stored HTML of {called} is not what its text renders to. {_advice(row)}"


def _advice(row: Any) -> str:
    if row.body_renderer == RENDERER_VERSION:
        return "rerender_markdown --all writes it anew. (body_html)"
    return f"Renderer {row.body_renderer} made it; rerender_markdown writes it anew. (body_html)"


def _check(model: Any) -> Check:
    fields = (f"{model._meta.label}.body_html", f"{model._meta.label}.body_renderer")
    name = f"{model._meta.verbose_name_plural}: HTML"
    return check_of_rows(name, *fields, rows=model._default_manager.all, find=_texts)


CHECKS = tuple(_check(model) for model in rendered_models())
