"""Check that pending posts have cases, that cases fit their subjects, and that decisions have log entries."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from common.db.row_checks import Check, Progress, Rows, check_of_rows, differences, name_of, problems_of, shown
from common.text.folding import fold
from directory.choices import RevisionState
from directory.models import EntryRevision
from moderation.choices import CaseKind, StatementState
from moderation.decisions import log
from moderation.models import Case, Proposal, Statement
from moderation.policies.cases import key_of
from moderation.queue.triage import may_be_reviewed_later, title_of
from reports.choices import Status
from reports.models import Alarm, Comment, Report, Revision

_WAITING: tuple[tuple[Any, dict[str, Any], CaseKind, str], ...] = (
    (Report, {"status": Status.PENDING}, CaseKind.REPORT, "report"),
    (Comment, {"status": Status.PENDING}, CaseKind.COMMENT, "comment"),
    (Revision, {"state": RevisionState.SUGGESTED}, CaseKind.SUGGESTION, "revision"),
    (EntryRevision, {"state": RevisionState.SUGGESTED}, CaseKind.ENTRY, "entry"),
    (Alarm, {"closed_at": None}, CaseKind.ALARM, "alarm"),
)
# What these cases are about is not in a field of theirs, or not only.
_KEYED_OTHERWISE = (CaseKind.APPEAL, CaseKind.NOTICE, CaseKind.STATEMENT)

_UNPUBLISHED = (StatementState.UNVERIFIED, StatementState.PENDING)


def problems() -> Iterator[str]:
    """Yield a sentence for each inconsistency, naming the object."""
    return problems_of(CHECKS)


def _waiting(_: Progress) -> Iterator[str]:
    for model, waits, kind, column in _WAITING:
        waiting = set(model._default_manager.filter(**waits).values_list("pk", flat=True))
        cases = set(Case.objects.open().filter(kind=kind).values_list(column, flat=True)) - {None}
        yield from (f"{model._meta.verbose_name} {key} waits and has no case." for key in sorted(waiting - cases))
        yield from (
            f"{model._meta.verbose_name} {key} has a case and does not wait." for key in sorted(cases - waiting)
        )


def _titles(cases: Rows) -> Iterator[str]:
    for case in cases:
        if case.title != title_of(case.subject):
            yield f"Case {case.public_id} has another title than what it is about."


def _other_titles(cases: Rows) -> Iterator[str]:
    """Yield open cases of appeals and statements with another title. The tool of a statement may have a new name."""
    for case in cases:
        appeal, statement = getattr(case, "appeal", None), getattr(case, "statement", None)
        if appeal is not None and case.title != appeal.decision.title:
            yield f"Case {case.public_id} has another title than the decision that it is about."
        if statement is not None and not f"{case.title}".endswith(f": {statement.speaker}"):
            yield f"Case {case.public_id} has another title than the statement that it is about."


def _keys(cases: Rows) -> Iterator[str]:
    for case in cases:
        if case.subject is None:
            yield f"{name_of(case)}: key is {shown(case.key)}, and the case has no subject."
        elif case.key != key_of(CaseKind(case.kind), case.subject):
            yield f"{name_of(case)}: key is {shown(case.key)}, which is not that of its subject."


def _later_reviews(cases: Rows) -> Iterator[str]:
    for case in cases:
        if not may_be_reviewed_later(case.subject):
            yield f"{name_of(case)} is for a later review, and its subject is not public."


def _proposals(rows: Rows) -> Iterator[str]:
    for row in rows:
        yield from differences(row, {"folded": fold(row.name)[:200]})


def _statements(rows: Rows) -> Iterator[str]:
    """Yield statements that are shown without a date of publication, or have one and wait."""
    for row in rows:
        shown_now, waits = row.state == StatementState.PUBLISHED, row.state in _UNPUBLISHED
        if (shown_now and row.published_at is None) or (waits and row.published_at is not None):
            yield f"{name_of(row)}: published_at is {shown(row.published_at)}; the statement is {row.state}."


def _decisions(_: Progress) -> Iterable[str]:
    return log.problems()


def _open_cases(about: Callable[[Any], Any]) -> Callable[[], Any]:
    return lambda: about(Case.objects.open())


CHECKS = (
    Check("cases: what waits", _waiting),
    check_of_rows(
        "cases: titles",
        "moderation.Case.title",
        rows=_open_cases(lambda cases: cases.titled_after_a_warning().with_subjects()),
        find=_titles,
    ),
    check_of_rows(
        "cases: titles of edits",
        rows=_open_cases(lambda cases: cases.filter(entry__isnull=False).select_related("entry")),
        find=_titles,
    ),
    check_of_rows(
        "cases: titles of appeals and statements",
        rows=_open_cases(
            lambda cases: cases.filter(kind__in=(CaseKind.APPEAL, CaseKind.STATEMENT)).select_related(
                "appeal__decision", "statement"
            )
        ),
        find=_other_titles,
    ),
    check_of_rows(
        "cases: keys",
        "moderation.Case.key",
        rows=lambda: Case.objects.exclude(kind__in=_KEYED_OTHERWISE).with_subjects(),
        find=_keys,
    ),
    check_of_rows(
        "cases: later review",
        rows=_open_cases(lambda cases: cases.filter(kind=CaseKind.AFTERWARDS).with_subjects()),
        find=_later_reviews,
    ),
    check_of_rows("proposed names", "moderation.Proposal.folded", rows=Proposal.objects.all, find=_proposals),
    check_of_rows(
        "statements: publication", "moderation.Statement.published_at", rows=Statement.objects.all, find=_statements
    ),
    Check(
        "decisions: log",
        _decisions,
        frozenset({"moderation.Decision.act", "moderation.Decision.reason", "moderation.Decision.undone_at"}),
    ),
)
