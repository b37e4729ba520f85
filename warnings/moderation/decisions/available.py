"""Which decisions a case allows in its present state, and the effects of each on the case."""

from typing import Any

from accounts.models import User
from directory.citations import tools_citing
from moderation.choices import Act, CaseKind
from moderation.decisions.effects import abuse_of_notices
from moderation.models import Case
from moderation.subjects import tool_at
from reports.choices import Status
from reports.models import Alarm, Comment, Report, Revision, Warning

# Decisions that restrict a person's content or account: they come with a statement of reasons and a right to appeal.
RESTRICTIONS = frozenset(
    {Act.DECLINE, Act.MERGE, Act.UNPUBLISH, Act.HIDE, Act.LOCK, Act.REDACT, Act.VOID_VOTES, Act.WARN, Act.SUSPEND}
)
# Decisions that require a reason from the list.
REASONED = RESTRICTIONS | abuse_of_notices.UNFOUNDED | {Act.CORRECTED}
# Decisions that can turn down a flag, a legal notice or an appeal. Where they do, they require a reason, too.
TURNING_DOWN = frozenset({Act.NO_ACTION, Act.RESTORE, Act.UPHOLD})
# Decisions that can have a reason. For requested changes, its text is the default question to the author.
WORDED = REASONED | TURNING_DOWN | {Act.REQUEST_CHANGES}
# Decisions that close the case.
_CLOSING = frozenset(
    {
        *(Act.PUBLISH, Act.REQUEST_CHANGES, Act.DECLINE, Act.MERGE, Act.NO_ACTION),
        *(Act.UNPUBLISH, Act.RESTORE, Act.ACCEPT, Act.VOID_VOTES),
        *(Act.UPHOLD, Act.OVERTURN, Act.RECHECK, Act.CORRECTED, *abuse_of_notices.UNFOUNDED),
    }
)
_REMEDIES = frozenset({CaseKind.FLAGS, CaseKind.NOTICE, CaseKind.AFTERWARDS})
# Decisions that confirm a flag or notice. A post that is only hidden or marked as disputed still needs one of these,
# or no action.
RIGHT = frozenset({Act.UNPUBLISH, Act.REDACT, Act.MERGE, Act.LOCK, Act.RECHECK, Act.CORRECTED})
_BY_KIND: dict[str, tuple[Act, ...]] = {
    CaseKind.REPORT: (Act.PUBLISH, Act.REQUEST_CHANGES, Act.MERGE, Act.DECLINE, Act.REDACT),
    CaseKind.AFTERWARDS: (Act.NO_ACTION, Act.MERGE, Act.REDACT, Act.UNPUBLISH),
    CaseKind.COMMENT: (Act.PUBLISH, Act.DECLINE),
    CaseKind.SUGGESTION: (Act.ACCEPT, Act.DECLINE),
    CaseKind.ENTRY: (Act.ACCEPT, Act.DECLINE),
    CaseKind.ALARM: (Act.NO_ACTION, Act.VOID_VOTES),
    CaseKind.APPEAL: (Act.UPHOLD, Act.OVERTURN),
    CaseKind.STATEMENT: (Act.PUBLISH, Act.DECLINE),
    CaseKind.FACT: (Act.NO_ACTION,),
    CaseKind.SOURCE: (Act.NO_ACTION, Act.RECHECK),
    CaseKind.ACCOUNT: (Act.NO_ACTION,),
}


def available_acts(case: Case) -> list[Act]:
    """Return the acts that a case allows, the most common first."""
    subject = case.subject
    acts = list(_BY_KIND.get(case.kind, ()))
    if case.kind == CaseKind.AFTERWARDS and isinstance(subject, Comment):
        acts.remove(Act.MERGE)
    if case.kind in (CaseKind.FLAGS, CaseKind.NOTICE):
        # Directory entries, profiles and other pages are corrected in their own editors.
        posts = isinstance(subject, Report | Comment | Warning)
        acts = _about_what_is_public(subject) if posts else [Act.NO_ACTION, Act.CORRECTED]
    if case.kind == CaseKind.NOTICE and Act.NO_ACTION in acts:
        acts += abuse_of_notices.offered_on(case.notice)
    if isinstance(subject, Report | Comment | Warning) and case.kind in _REMEDIES:
        warning = subject if isinstance(subject, Warning) else subject.warning
        acts += [Act.UNLOCK if warning.locked else Act.LOCK, Act.UNDISPUTE if warning.disputed else Act.DISPUTE]
    person = person_of_case(case)
    if person is not None and case.kind not in (CaseKind.APPEAL, CaseKind.STATEMENT, CaseKind.FACT):
        acts += [Act.UNSUSPEND] if person.is_suspended else [Act.WARN, Act.SUSPEND]
    return acts


def closes(act: Act, kind: str) -> bool:
    """Return whether an act closes a case of this kind."""
    if act in _CLOSING:
        return True
    return (kind in _REMEDIES and act in RIGHT) or (kind == CaseKind.ACCOUNT)


def person_of_case(case: Case) -> Any:
    """Return the person whom a decision on the case concerns, or None if there is no account."""
    if case.account is not None:
        return case.account
    return getattr(case.subject, "author", None)


def report_of_case(case: Case) -> Report | None:
    """Return the report whose tracking page shows the decision; its author may have no account."""
    subject = case.subject
    if isinstance(subject, Report):
        return subject
    if isinstance(subject, Warning) and subject.author_id is None:
        return subject.reports.filter(tracking_hash__isnull=False).order_by("pk").first()
    return None


def involved(case: Case) -> set[int]:
    """Return the keys of all users involved in a case: author, reporters on the warning, voters in an alarm."""
    subject = case.subject
    warning = subject if isinstance(subject, Warning) else getattr(subject, "warning", None)
    people = {getattr(person_of_case(case), "pk", None)}
    if warning is not None:
        people |= writers_of(warning)
    if case.alarm is not None:
        people |= set(User.objects.filter(handle__in=handles_in(case.alarm)).values_list("pk", flat=True))
    return {key for key in people if key is not None}


def writers_of(warning: Warning) -> set[int]:
    """Return the keys of a warning's author and of the authors of its reports."""
    reporters = set(warning.reports.exclude(author=None).values_list("author", flat=True))
    return reporters | ({warning.author_id} if warning.author_id else set())


def handles_in(alarm: Alarm) -> list[str]:
    """Return the handles named in the evidence of an alarm."""
    named = alarm.evidence.get("accounts", [])
    return [row["handle"] if isinstance(row, dict) else row for row in named]


def tools_of_case(case: Case) -> set[str]:
    """Return the slugs of the tools that a case is about. Moderators connected to one of them cannot decide it."""
    subject = case.subject
    if case.kind == CaseKind.STATEMENT:
        return {case.statement.tool.slug}
    if case.kind == CaseKind.NOTICE and (tool := tool_at(case.notice.url)):
        return {tool.slug}
    if case.entry is not None:
        return {case.entry.key.split("/")[0]}
    if case.fact is not None:
        return {case.fact.tool.slug}
    if case.source is not None:
        return tools_citing(case.source)
    warning = subject if isinstance(subject, Warning) else getattr(subject, "warning", None)
    tools = set(warning.tools.values_list("slug", flat=True)) if warning else set()
    if isinstance(subject, Revision):
        tools |= set(subject.links.get("tools", []))
    if isinstance(subject, Report):
        tools |= set(subject.tools.values_list("slug", flat=True))
    return tools


def _about_what_is_public(subject: Any) -> list[Act]:
    status = getattr(subject, "status", "")
    if status == Status.HIDDEN:
        acts = [Act.RESTORE, Act.UNPUBLISH]
    elif status == Status.UNPUBLISHED:
        acts = [Act.NO_ACTION, Act.RESTORE]
    else:
        acts = [Act.NO_ACTION, Act.HIDE, Act.UNPUBLISH]
    acts.append(Act.REDACT)
    if isinstance(subject, Warning):
        acts.append(Act.MERGE)
    return acts
