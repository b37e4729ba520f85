"""Find passages in texts and remove them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import Notification
from common.text.markdown import MarkdownError, render
from common.text.plain_text import text_of
from reports.models import Comment, Evidence, Message, Report, Revision, Step, Warning
from reports.models.text import RenderedText
from reports.removed_marks import restored
from reports.spellings import shows, without_passages

SHORTEST = 2
_TEXTS: dict[str, tuple[str, ...]] = {
    "warning": ("title", "summary", "body", "what_to_do"),
    "report": ("body", "proposed_tool", "remarks"),
    "comment": ("body",),
    "message": ("body",),
    "step": ("reason",),
    "revision": ("title", "summary", "body", "what_to_do", "comment", "decision_reason"),
    "evidence": ("alt_text",),
}
_PLACES = {
    "warning": "the warning",
    "report": "a report",
    "comment": "a comment",
    "message": "a message",
    "step": "a decision on a report",
    "revision": "an earlier version",
    "evidence": "the description of a picture",
}
# A text without these is shown as it is typed.
_MARKUP = re.compile(r"[\\&<>*_`~\[|]")


Save = Callable[[Any, dict[str, Any]], None]


@dataclass(frozen=True)
class PutBack:
    """How many texts have passages back, and how many were rewritten where a passage stood."""

    restored: int
    left: int


def passages_in(typed: str) -> list[str]:
    """Return the passages, one per line of input, longest first so that a passage precedes its parts."""
    lines = [unicodedata.normalize("NFC", line).strip() for line in typed.splitlines()]
    return sorted({line for line in lines if line}, key=lambda line: (-len(line), line))


def without(value: Any, passages: Sequence[str]) -> Any:
    """Return a text, or nested lists and dicts of texts, without the passages in any spelling."""
    if isinstance(value, str):
        return without_passages(value, passages)
    if isinstance(value, list):
        return [without(part, passages) for part in value]
    if isinstance(value, dict):
        return {key: without(part, passages) for key, part in value.items()}
    return value


def clean(warning: Warning, passages: Sequence[str]) -> list[dict[str, Any]]:
    """Return the texts of a warning and everything below it that contain passages, before and after removal.

    Saves nothing. Each item has the object as `row`, and the changed fields as `before` and `after`.
    """
    changed = []
    for kind, row in _rows(warning):
        before = {name: getattr(row, name) for name in _TEXTS[kind]}
        after = {name: left for name, value in before.items() if (left := without(value, passages)) != value}
        if after:
            before = {name: before[name] for name in after}
            changed.append({"kind": kind, "row": row, "before": before, "after": after})
    return changed


def put_back(warning: Warning, texts: Sequence[dict[str, Any]], save: Save) -> PutBack:
    """Restore the passages that `clean` removed, and keep what was edited since.

    What was deleted or emptied since stays so. Where the place of a passage was rewritten, the text stays as it is
    there and counts as left.
    """
    rows = {(kind, row.pk): row for kind, row in _rows(warning)}
    done = left = 0
    for item in texts:
        row = rows.get((item["kind"], item["key"]))
        now = {name: getattr(row, name) for name in item["after"]} if row else {}
        found = {name: restored(item["before"][name], item["after"][name], text) for name, text in now.items()}
        fitting = {name: text for name, (text, _) in found.items() if text != now[name] and _fits(row, name, text)}
        saved = bool(fitting) and _is_saved(save, row, fitting)
        done += saved
        whole = all(whole and (name in fitting or text == now[name]) for name, (text, whole) in found.items())
        left += not whole or (bool(fitting) and not saved)
    return PutBack(done, left)


def _is_saved(save: Save, row: Any, texts: dict[str, Any]) -> bool:
    """Save texts; return whether that was possible. With the words in it, a text may be too long to be rendered."""
    try:
        save(row, texts)
    except MarkdownError:
        return False
    return True


def _fits(row: Any, name: str, value: Any) -> bool:
    longest = row._meta.get_field(name).max_length
    return longest is None or len(value) <= longest


def left_in(warning: Warning, passages: Sequence[str]) -> list[str]:
    """Return where a passage can still be read when the texts of a warning and below it are shown."""
    places: dict[str, None] = {}
    # Versions repeat texts.
    known: dict[str, bool] = {}
    for kind, row in _rows(warning):
        for name in _TEXTS[kind]:
            for text in _texts_in(getattr(row, name)):
                if text not in known:
                    known[text] = shows(_as_shown(row, name, text), passages)
                if known[text]:
                    places[f"{_PLACES[kind]} ({name.replace('_', ' ')})"] = None
    return list(places)


def _texts_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def _as_shown(row: Any, name: str, text: str) -> str:
    if name != "body" or not _MARKUP.search(text):
        return text
    if isinstance(row, RenderedText):
        return text_of(row.body_html)
    try:
        return text_of(render(text))
    except MarkdownError:
        # It is not shown.
        return ""


def family(warning: Warning) -> list[Warning]:
    """Return a warning and all warnings merged into it, recursively."""
    found, last = [warning], [warning.pk]
    while last:
        merged = list(Warning.objects.filter(merged_into__in=last).exclude(pk__in=[row.pk for row in found]))
        found += merged
        last = [row.pk for row in merged]
    return found


def notifications_about(changed: Sequence[dict[str, Any]], slugs: Iterable[str]) -> Any:
    """Return notifications about changed texts, matched by title, key or address."""
    condition = Q(pk__in=[])
    for item in changed:
        if "title" in item["before"]:
            condition |= Q(text__icontains=item["before"]["title"])
        if item["kind"] in ("report", "comment"):
            condition |= Q(key=f"{item['kind']}:{item['row'].public_id}")
    for slug in slugs:
        condition |= Q(address__contains=f"/warnings/{slug}/")
    return Notification.objects.filter(condition)


def _rows(warning: Warning) -> Iterator[tuple[str, Any]]:
    whole = family(warning)
    yield from (("warning", row) for row in whole)
    for kind, rows in (
        ("revision", Revision.objects.filter(warning__in=whole)),
        ("report", Report.objects.filter(warning__in=whole)),
        ("comment", Comment.objects.filter(warning__in=whole)),
        ("message", Message.objects.filter(report__warning__in=whole)),
        ("step", Step.objects.filter(report__warning__in=whole)),
        ("evidence", Evidence.objects.filter(report__warning__in=whole)),
    ):
        yield from ((kind, row) for row in rows.order_by("pk"))
