"""Check that pending posts have cases, that open cases fit their posts, and that decisions have log entries."""

from collections.abc import Iterator
from typing import Any

from directory.choices import RevisionState
from directory.models import EntryRevision
from moderation.choices import CaseKind
from moderation.decisions import log
from moderation.models import Case
from moderation.queue.triage import title_of
from reports.choices import Status
from reports.models import Alarm, Comment, Report, Revision

_WAITING: tuple[tuple[Any, dict[str, Any], CaseKind, str], ...] = (
    (Report, {"status": Status.PENDING}, CaseKind.REPORT, "report"),
    (Comment, {"status": Status.PENDING}, CaseKind.COMMENT, "comment"),
    (Revision, {"state": RevisionState.SUGGESTED}, CaseKind.SUGGESTION, "revision"),
    (EntryRevision, {"state": RevisionState.SUGGESTED}, CaseKind.ENTRY, "entry"),
    (Alarm, {"closed_at": None}, CaseKind.ALARM, "alarm"),
)


def problems() -> Iterator[str]:
    """Yield a sentence for each inconsistency, naming the object."""
    for model, waits, kind, column in _WAITING:
        waiting = set(model._default_manager.filter(**waits).values_list("pk", flat=True))
        cases = set(Case.objects.open().filter(kind=kind).values_list(column, flat=True))
        yield from (f"{model._meta.verbose_name} {key} waits and has no case." for key in sorted(waiting - cases))
        yield from (
            f"{model._meta.verbose_name} {key} has a case and does not wait." for key in sorted(cases - waiting)
        )
    for case in Case.objects.open().titled_after_a_warning().with_subjects().order_by("pk"):
        if case.title != title_of(case.subject):
            yield f"Case {case.public_id} has another title than what it is about."
    yield from log.problems()
