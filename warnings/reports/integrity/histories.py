"""Check the history of posts: versions against warnings, steps against reports, and all of them against the log.

What the log does not hold cannot be proved: the words of older versions, because the log has no text of people.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Max

from audit.models import Entry, Name
from common.db.row_checks import Check, Progress, Rows, check_of_rows, name_of, problems_of_keys, shown
from reports.actions.status import audit_target
from reports.choices import Status
from reports.models import Comment, Report, Revision, Step, Warning
from reports.version_text import TEXTS
from reports.workflow import OPEN

_POSTS = (Warning, Report, Comment)
_EDITS = ("warning.edit", "warning.accept-edit")
_BATCH = 500


def _versions(warnings: Rows) -> Iterator[str]:
    """Yield warnings whose versions have gaps, end at another number, or end with another text."""
    found: dict[int, list[Any]] = defaultdict(list)
    numbers = (
        Revision.objects.applied().filter(warning__in=warnings).order_by("number").values_list("warning", "number")
    )
    for warning, number in numbers:
        found[warning].append(number)
    newest = {(row.warning_id, row.number): row for row in _newest(found)}
    for warning in warnings:
        there = found[warning.pk]
        if there and there != list(range(there[0], warning.version + 1)):
            yield f"{name_of(warning)}: version is {warning.version}; the history has {shown(there)}."
        elif there:
            yield from _other_words(warning, newest[warning.pk, there[-1]])


def _newest(found: dict[int, list[int]]) -> Any:
    latest = {warning: numbers[-1] for warning, numbers in found.items()}
    rows = Revision.objects.applied().filter(warning__in=latest, number__in=set(latest.values()))
    return [row for row in rows if latest[row.warning_id] == row.number]


def _other_words(warning: Warning, newest: Revision) -> Iterator[str]:
    """Yield the texts in which a warning is not its newest version, where none of them was erased."""
    if newest.redacted_at is not None:
        return
    for name in TEXTS:
        now, then = getattr(warning, name), getattr(newest, name)
        # The summary of what is not decided yet follows its report. An author's words may be erased from it.
        if name == "summary" and (not now or warning.status in OPEN):
            continue
        if _plain(now) != _plain(then):
            yield f"{name_of(warning)}: {name} is not that of its newest version, {newest.number}."


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _steps(reports: Rows) -> Iterator[str]:
    """Yield reports whose last step is another status than theirs."""
    steps = Step.objects.filter(report__in=reports).order_by("pk").values_list("report", "status")
    last = dict(steps)
    for report in reports:
        if report.pk in last and last[report.pk] != report.status:
            yield f"{name_of(report)}: status is {shown(report.status)}; its last step is {shown(last[report.pk])}."


def _statuses(progress: Progress) -> Iterator[str]:
    """Yield posts whose status is not the last one in the log."""
    for model in _POSTS:
        verbs = [f"{model._meta.model_name}.{status}" for status in Status]
        # The database sorts; only one batch is in memory.
        rows = Entry.objects.filter(verb__in=verbs).order_by().values("target").annotate(last=Max("seq"))
        batch: list[int] = []
        for row in rows.iterator(chunk_size=_BATCH):
            batch.append(row["last"])
            if len(batch) == _BATCH:
                yield from _of_entries(model, batch, progress)
                batch = []
        yield from _of_entries(model, batch, progress)


def _of_entries(model: Any, numbers: Sequence[int], progress: Progress) -> Iterator[str]:
    if numbers:
        yield from problems_of_keys(numbers, lambda some: _other_statuses(model, some), "audit.Entry")
        progress(len(numbers))


def _other_statuses(model: Any, numbers: Sequence[int]) -> Iterator[str]:
    logged = {e.target: e.verb.rpartition(".")[2] for e in Entry.objects.filter(seq__in=numbers)}
    keys = [target.rpartition(" ")[2] for target in logged]
    rows = model._base_manager.filter(**{"pk__in" if model is Warning else "public_id__in": keys})
    for row in rows.only("pk", "status", *(() if model is Warning else ("public_id",))):
        status = logged[audit_target(row)]
        if row.status != status:
            yield f"{name_of(row)}: status is {shown(row.status)}; the log says {shown(status)}."


def _edits(entries: Rows) -> Iterator[str]:
    """Yield edits in the log whose version is gone, has another number, or another author."""
    edits = Revision.objects.select_related("author").in_bulk([e.after.get("revision") for e in entries])
    names = Name.objects.in_bulk([int(e.actor[1:]) for e in entries if e.actor.startswith("#")])
    there = set(Warning.objects.filter(revisions__in=edits).values_list("pk", flat=True))
    there |= set(Warning.objects.filter(pk__in=[_key(e) for e in entries]).values_list("pk", flat=True))
    for entry in entries:
        row, number = edits.get(entry.after.get("revision")), entry.after.get("version")
        called = f"reports.Revision {entry.after.get('revision')}"
        if row is None and number is not None and _key(entry) in there:
            yield f"{called}, version {number} of warning {_key(entry)}, is gone; entry {entry.seq} has it."
        elif row is not None and (row.number, row.warning_id) != (number, _key(entry)):
            yield f"{called}: number or warning is not that of entry {entry.seq} of the log."
        elif row is not None and entry.verb == "warning.edit" and _is_of_another(row, entry, names):
            yield f"{called}: author is not the one in entry {entry.seq} of the log."


def _key(entry: Entry) -> int:
    return int(entry.target.rpartition(" ")[2])


def _is_of_another(row: Revision, entry: Entry, names: dict[int, Name]) -> bool:
    """Return whether an edit has another author than the log says. The log gives no name if the author hid it."""
    if not entry.actor.startswith("#") or row.author is None or row.author.erased_at is not None:
        return False
    name = names.get(int(entry.actor[1:]))
    return name is not None and name.text != row.author.handle


CHECKS = (
    check_of_rows(
        "warnings: versions",
        *(f"reports.Warning.{name}" for name in ("version", "title", "summary", "body", "what_to_do")),
        rows=Warning.objects.all,
        find=_versions,
    ),
    check_of_rows("reports: steps", "reports.Step.status", rows=Report.objects.all, find=_steps),
    Check("posts: status in the log", _statuses, frozenset(f"{model._meta.label}.status" for model in _POSTS)),
    check_of_rows(
        "warnings: edits in the log",
        *("reports.Revision.number", "reports.Revision.author"),
        rows=lambda: Entry.objects.filter(verb__in=_EDITS),
        find=_edits,
    ),
)
