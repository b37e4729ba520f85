"""Decide cases and undo decisions. Each action is one transaction."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.text.cleaning import shows_something
from moderation.actions.cases import close_case, follow_up, renew_deadline, reopen
from moderation.choices import Act, AppealState, Basis, CaseKind, CaseState
from moderation.decisions import notify
from moderation.decisions.available import (
    RESTRICTIONS,
    RIGHT,
    available_acts,
    closes,
    person_of_case,
    report_of_case,
)
from moderation.decisions.effects.base import Context
from moderation.decisions.effects.flags import reopen_flags, resolve_flags
from moderation.decisions.effects.notices import reopen_notice, resolve_notice
from moderation.decisions.input import DecisionInput
from moderation.decisions.locks import lock_for_decision, lock_for_undo
from moderation.decisions.log import record_decision
from moderation.decisions.registry import effect_for, why_irreversible
from moderation.errors import ActionRefusedError, ConflictOfInterestError
from moderation.models import Appeal, Case, Decision
from moderation.policies.cases import key_of, require_free, require_moderator
from moderation.policies.decisions import FLAGGABLE, why_not, why_not_into, why_not_undo
from moderation.policies.reasons import why_not_reasoned
from moderation.spam_scores import learn_from, unlearn

_UNDONE_ALREADY = "undone-already"
_FLAGGED = frozenset({CaseKind.FLAGS, CaseKind.SOURCE})
_BASES = {
    CaseKind.FLAGS: Basis.FLAG,
    CaseKind.SOURCE: Basis.FLAG,
    CaseKind.NOTICE: Basis.NOTICE,
    CaseKind.APPEAL: Basis.APPEAL,
    CaseKind.REPORT: Basis.SUBMISSION,
    CaseKind.COMMENT: Basis.SUBMISSION,
    CaseKind.SUGGESTION: Basis.SUBMISSION,
    CaseKind.ENTRY: Basis.SUBMISSION,
    CaseKind.STATEMENT: Basis.SUBMISSION,
}


@transaction.atomic
def decide(*, actor: User, case: Case, choice: DecisionInput, now: datetime | None = None) -> Decision:
    """Decide a case. If two moderators decide at once, the second is refused.

    Raises CaseClosedError, ClaimedByAnotherError, ConflictOfInterestError, PermissionDenied or ActionRefusedError,
    and then changes nothing.
    """
    require_moderator(actor)
    now = now or timezone.now()
    row = lock_for_decision(case, choice)
    require_free(row, actor, now)
    refusal = why_not(actor, row)
    if refusal:
        raise ConflictOfInterestError(refusal)
    _require_fit(row, choice)
    if refusal := why_not_into(actor, choice.into):
        raise ConflictOfInterestError(refusal)
    words = choice.public_reason if shows_something(choice.public_reason) else ""
    public_reason = words or (choice.reason.text if choice.reason else "")
    decision = _begin(row, actor, choice, public_reason, now)
    if closes(choice.act, row.kind):
        row.state, row.closed_at = CaseState.CLOSED, now
        row.claimed_by, row.claim_expires_at = None, None
        row.save()
    done = effect_for(row.kind, choice.act).apply(Context(row, actor, choice, public_reason, decision))
    if done.overturned is not None:
        _overturn(done.overturned, actor)
    decision.before, decision.after = done.before, done.after
    decision.moved, decision.sealed = done.moved, done.sealed
    decision.address = notify.address_of(row)
    decision.save(update_fields=["before", "after", "moved", "sealed", "address"])
    # Removing passages also changed the stored case and decision.
    decision.refresh_from_db()
    row.refresh_from_db(fields=["title"])
    if row.state == CaseState.CLOSED:
        _settle(row, decision)
    learn_from(row, decision)
    record_decision(decision, choice.act, actor=actor.handle)
    if choice.act in RESTRICTIONS:
        notify.notify_person(decision)
    return decision


@transaction.atomic
def undo(*, actor: User, decision: Decision, note: str, overturned: bool = False) -> Decision:
    """Revert a decision and reopen its case, unless an appeal overturned the decision.

    Raises PermissionDenied, ConflictOfInterestError or ActionRefusedError, and then changes nothing.
    """
    require_moderator(actor)
    lock_for_undo(decision)
    rows = Decision.objects.select_for_update(of=("self",)).select_related("case", "person", "by")
    row: Decision = rows.get(pk=decision.pk)
    if row.undone_at is not None:
        raise ActionRefusedError("This decision was undone already.", _UNDONE_ALREADY)
    if refusal := why_irreversible(row):
        raise ActionRefusedError(refusal)
    if not overturned:
        _require_apart(actor, row)
    case = Case.objects.filter(decisions=row).first()
    reopened = [case] if case is not None and _opens_again(case, row) else []
    for first in reopened:
        reopen(case=first)
    effect_for(row.kind, row.act).revert(row, actor)
    reopened += _unsettle(row)
    unlearn(row)
    row.undone_at, row.undone_by, row.undone_note = timezone.now(), actor, note
    row.save()
    for again in reopened:
        renew_deadline(case=again)
    reopen_notice(row)
    record_decision(row, "undo", actor=actor.handle)
    notify.notify_undone(row)
    return row


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Delete expired sealed passages; return the number of decisions affected."""
    before = now - notify.SEALED_KEPT
    kept = Appeal.objects.filter(state=AppealState.OPEN).values("decision")
    return Decision.objects.filter(at__lt=before).exclude(sealed="").exclude(pk__in=kept).update(sealed="")


@transaction.atomic
def throw_away_sealed(*, actor: User, decision: Decision) -> None:
    """Delete the removed passages of a decision now, so that it can no longer be undone.

    Raises PermissionDenied or ConflictOfInterestError as `undo` does, and ActionRefusedError while an appeal is open.
    """
    require_moderator(actor)
    _require_apart(actor, decision)
    if decision.appeals.filter(state=AppealState.OPEN).exists():
        raise ActionRefusedError("An appeal waits: what was removed is kept until it is decided.", "appeal-waits")
    Decision.objects.filter(pk=decision.pk).update(sealed="")
    record_decision(decision, "seal-gone", actor=actor.handle)


def _require_apart(actor: User, decision: Decision) -> None:
    if refusal := why_not_undo(actor, decision):
        raise ConflictOfInterestError(refusal)


def _require_fit(case: Case, choice: DecisionInput) -> None:
    if choice.act not in available_acts(case):
        raise ActionRefusedError(f"“{choice.act.label}” does not go with this case as it stands now.", "wrong-act")
    if refusal := why_not_reasoned(case, choice.act, choice.reason, choice.public_reason):
        raise ActionRefusedError(refusal)
    if choice.act == Act.SUSPEND and choice.days < 1:
        raise ActionRefusedError("Say for how many days.", "days-missing")
    if choice.act == Act.REDACT and not choice.passages:
        raise ActionRefusedError("Say which passages are to be removed.", "passages-missing")


def _begin(case: Case, actor: User, choice: DecisionInput, public_reason: str, now: datetime) -> Decision:
    person = person_of_case(case)
    decision: Decision = Decision.objects.create(
        case=case,
        kind=case.kind,
        act=choice.act,
        basis=_basis_of(case),
        reason=choice.reason,
        title=case.title,
        public_reason=public_reason,
        note=choice.note,
        by=actor,
        person=person if person is None or person.pk else None,
        report=report_of_case(case),
        opened_at=case.opened_at,
        at=now,
        batch=choice.batch,
    )
    return decision


def _settle(case: Case, decision: Decision) -> None:
    """Resolve the flags on a post and the legal notice of a case when a decision closes it."""
    right = decision.act in RIGHT
    if isinstance(case.subject, FLAGGABLE) and (case.kind in _FLAGGED or right):
        resolve_flags(case.subject, decision, right=right)
        waiting = Case.objects.open().filter(key=key_of(CaseKind.FLAGS, case.subject)).first()
        if waiting is not None:
            close_case(case=waiting, now=decision.at)
            decision.moved["settled"] = [waiting.pk]
            decision.save(update_fields=["moved"])
    if case.kind == CaseKind.NOTICE:
        resolve_notice(case, decision)


def _unsettle(decision: Decision) -> list[Case]:
    """Reopen the flags and other cases that `_settle` resolved with a decision; return these cases."""
    others = list(Case.objects.filter(pk__in=decision.moved.get("settled", []), state=CaseState.CLOSED))
    for other in others:
        reopen(case=other)
    reopen_flags(decision)
    return others


def _basis_of(case: Case) -> Basis:
    """Return what prompted the decision: open flags where there are any, else the moderators' own initiative."""
    if case.kind in _FLAGGED and case.subject is not None and not case.subject.flags.open().exists():
        return Basis.OWN
    return _BASES.get(CaseKind(case.kind), Basis.OWN)


def _overturn(decision: Decision, actor: User) -> None:
    """Undo a decision that an appeal overturned, if that was not done already.

    If it can no longer be undone, open a case so that a moderator can fix its subject by hand.
    """
    try:
        with transaction.atomic():
            undo(actor=actor, decision=decision, note="An appeal was right", overturned=True)
    except ActionRefusedError as problem:
        if problem.code == _UNDONE_ALREADY:
            return
        first = Case.objects.filter(decisions=decision).first()
        if first is None or not isinstance(first.subject, FLAGGABLE):
            raise
        follow_up(target=first.subject, words=f"An appeal against “{decision}” was right, but: {problem}")


def _opens_again(case: Case, decision: Decision) -> bool:
    """Return whether undoing a decision reopens its case."""
    # Undoing an accepted edit adds a revision that removes it; the edit is not reviewed a second time.
    closed_it = closes(Act(decision.act), decision.kind) and decision.act != Act.ACCEPT
    return case.state == CaseState.CLOSED and closed_it
