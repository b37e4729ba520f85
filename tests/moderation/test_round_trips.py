"""Every decision that can be undone, decided and undone: what it touches is as it was before."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from common.text.markdown import RENDERER_VERSION
from directory.actions import edits
from directory.entries import find
from directory.models import EntryRevision, Source, Tool, ToolFeature
from moderation.actions.cases import open_case
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import flag, flag_source
from moderation.actions.statements import verify_statement
from moderation.choices import Act, CaseKind, CaseState, FlagReason, StatementState
from moderation.decisions.available import available_acts
from moderation.decisions.effects import users
from moderation.decisions.effects.abuse_of_notices import UNFOUNDED_BEFORE_WARNING
from moderation.decisions.input import DecisionInput
from moderation.decisions.registry import EFFECTS, why_irreversible
from moderation.models import Case, Flag, LegalNotice, Reason, Statement
from reports.actions import revisions
from reports.actions.votes import cast_vote
from reports.actions.warnings import recount
from reports.choices import Status
from reports.models import Alarm, Comment, Report, Revision, Vote, Warning
from reports.version_text import fields_now
from tests.factories import AlarmFactory, CommentFactory, FactFactory, ReportFactory, WarningFactory
from tests.moderation.making import case_of, waiting_report
from tests.moderation.test_abuse_of_notices import decided, notice, warned

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

REVERSIBLE = [
    pytest.param(kind, act, id=f"{kind}-{act}")
    for kind, effects in EFFECTS.items()
    for act, effect in effects.items()
    if not effect.irreversible
]
NAME = "Peter Name"
TEXT = f"It was {NAME} who wanted my screen."

# The tables that decisions touch; of the directory, what the cases below are about.
TABLES: tuple[tuple[Any, dict[str, Any]], ...] = (
    *((model, {}) for model in (Warning, Report, Comment, Revision, Vote, Alarm, EntryRevision, User)),
    *((model, {}) for model in (Case, Flag, LegalNotice, Statement)),
    (Tool, {"slug": "dingtalk"}),
    (ToolFeature, {"tool__slug__startswith": "made-tool"}),
    (Source, {"url__startswith": "https://example.org/page/"}),
)
# When a row was written last, that authors have news, and the decision that flags and notices go on naming. What opens
# again has its whole time again.
NOT_COMPARED = frozenset({"updated_at", "news", "decision_id", "due_at"})
# An accepted edit is taken out by another version, and its case does not open again.
NOT_AFTER_ACCEPTING = frozenset({"Revision", "EntryRevision", "Case", "version"})


def state(act: Act) -> dict[tuple[str, int, str], Any]:
    """The values in all rows that have to be back once an act is undone, by table, key and column."""
    skipped = NOT_COMPARED | (NOT_AFTER_ACCEPTING if act == Act.ACCEPT else frozenset())
    return {
        (model.__name__, row["id"], name): value
        for model, chosen in TABLES
        for row in model._default_manager.filter(**chosen).values()
        for name, value in row.items()
        if skipped.isdisjoint((model.__name__, name))
    }


def a_case(kind: CaseKind, act: Act, author: User, moderator: User) -> Case:
    """A case of a kind on which an act is possible: there is a suspension to end, or there were unfounded notices."""
    if act == Act.WARN_NOTIFIER:
        for number in range(UNFOUNDED_BEFORE_WARNING):
            decided(notice(WarningFactory(), number), moderator, Act.UNFOUNDED)
    elif act == Act.PAUSE_NOTIFIER:
        warned(WarningFactory(), moderator)
    made = CASES[kind](author, act)
    if act == Act.UNSUSPEND:
        users.suspend(author, moderator.handle, timezone.now() + timedelta(days=5))
    # Count what the factories did not.
    Report.objects.update(body_html=f"<p>{TEXT}</p>", body_renderer=RENDERER_VERSION)
    for row in Warning.objects.all():
        recount(warning=row)
    return Case.objects.get(pk=made.pk)


def report(bob: User, act: Act) -> Case:
    return case_of(waiting_report(author=bob, body=TEXT))


def afterwards(bob: User, act: Act) -> Case:
    shown = ReportFactory(warning=warning_for(act, bob), author=bob, body=TEXT)
    return open_case(kind=CaseKind.AFTERWARDS, target=shown)


def comment(bob: User, act: Act) -> Case:
    return case_of(CommentFactory(author=bob, status=Status.PENDING, published_at=None, text=TEXT))


def flags(bob: User, act: Act) -> Case:
    if act == Act.CORRECTED:
        return open_case(kind=CaseKind.FLAGS, target=bob)
    return case_of(warning_for(act, bob))


def suggestion(bob: User, act: Act) -> Case:
    warning = WarningFactory()
    fields = fields_now(warning) | {"title": "A better title"}
    row = revisions.edit(actor=bob, warning=warning, fields=fields, based_on=warning.version, comment="clearer")
    return case_of(row)


def entry(bob: User, act: Act) -> Case:
    found = find("tool", "dingtalk")
    assert found is not None
    content = found.content | {"summary": "Another summary."}
    row = edits.edit(
        actor=bob, entry=found, base=found.content, content=content, comment="newer", today=timezone.localdate()
    )
    return case_of(row)


def alarm(bob: User, act: Act) -> Case:
    cast_vote(actor=bob, post=WarningFactory())
    evidence = {"accounts": [bob.handle], "votes": 1}
    return case_of(AlarmFactory(evidence=evidence))


def legal_notice(bob: User, act: Act) -> Case:
    about = warning_for(act, bob)
    if act == Act.CORRECTED:
        return notice(about, 9, url=f"/u/{bob.handle}/").case
    return notice(about, 9).case


def statement(bob: User, act: Act) -> Case:
    tool = Tool.objects.get(slug="dingtalk")
    common = {"tool": tool, "speaker": "The team", "domain": "dingtalk.com", "body": "Our own words."}
    Statement.objects.create(token_hash="a", state=StatementState.PUBLISHED, published_at=timezone.now(), **common)
    row = Statement.objects.create(token_hash="b", **common)
    return verify_statement(statement=row, proof="mail")


def fact(bob: User, act: Act) -> Case:
    return open_case(kind=CaseKind.FACT, target=FactFactory())


def source(bob: User, act: Act) -> Case:
    row = FactFactory().sources.get()
    flag_source(target=row, flagger=bob, reason=FlagReason.CHANGED, detail="It was rewritten.")
    return case_of(row)


def account(bob: User, act: Act) -> Case:
    return open_case(kind=CaseKind.ACCOUNT, target=bob)


def warning_for(act: Act, author: User) -> Warning:
    """A warning that an act fits, with a flag of somebody without an account."""
    made: Warning = WarningFactory(author=author, summary=TEXT)
    flag(target=made, flagger=None, reason=FlagReason.UNTRUE, detail="Not so.")
    status = Status.HIDDEN if act == Act.RESTORE else Status.PUBLISHED
    marks = {"locked": act == Act.UNLOCK, "disputed": act == Act.UNDISPUTE}
    Warning.objects.filter(pk=made.pk).update(status=status, **marks)
    return Warning.objects.get(pk=made.pk)


CASES: dict[CaseKind, Callable[[User, Act], Case]] = {
    CaseKind.REPORT: report,
    CaseKind.AFTERWARDS: afterwards,
    CaseKind.COMMENT: comment,
    CaseKind.FLAGS: flags,
    CaseKind.SUGGESTION: suggestion,
    CaseKind.ENTRY: entry,
    CaseKind.ALARM: alarm,
    CaseKind.NOTICE: legal_notice,
    CaseKind.STATEMENT: statement,
    CaseKind.FACT: fact,
    CaseKind.SOURCE: source,
    CaseKind.ACCOUNT: account,
}


@pytest.mark.parametrize(("kind", "act"), REVERSIBLE)
def test_undone_everything_is_as_it_was_before(kind: CaseKind, act: Act, bob: User, mona: User) -> None:
    into = WarningFactory() if act == Act.MERGE else None
    case = a_case(kind, act, bob, mona)
    assert set(available_acts(case)) <= set(EFFECTS[kind])
    fitting = Reason.objects.offered().fitting([act]).first()
    choice = DecisionInput(act, fitting, question="When?", days=3, passages=(NAME,), into=into)
    before = state(act)
    decision = decide(actor=mona, case=case, choice=choice)
    assert (state(act) == before) is (act == Act.WARN and kind != CaseKind.ACCOUNT)
    assert why_irreversible(decision) == ""
    undo(actor=mona, decision=decision, note="Wrong.")
    after = state(act)
    # Versions of a text are added and stay.
    assert {key: after[key] for key in after if key in before or key[0] != Revision.__name__} == before
    case.refresh_from_db()
    assert case.state == (CaseState.CLOSED if act == Act.ACCEPT else CaseState.OPEN)
