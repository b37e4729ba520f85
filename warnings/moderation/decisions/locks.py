"""Lock what a decision may change, in the order of `reports.locks`, before the case itself.

Authors lock in the same order, so moderators and authors do not deadlock.
"""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from moderation.choices import Act, CaseKind
from moderation.decisions.available import handles_in, person_of_case
from moderation.decisions.input import DecisionInput
from moderation.errors import CaseClosedError
from moderation.models import Case, Decision, SpamWeights
from reports.locks import lock_all
from reports.models import Vote, Warning

_OF_VOTES = frozenset({Act.SUSPEND, Act.UNSUSPEND, Act.VOID_VOTES})


def lock_for_decision(case: Case, choice: DecisionInput) -> Case:
    """Lock the posts that a decision may change and then the case; return its current state.

    The posts are the warnings involved and, for decisions on votes, all posts that the people concerned voted on.
    Raises CaseClosedError if the case no longer exists.
    """
    found = Case.objects.filter(pk=case.pk).first()
    if found is None:
        raise CaseClosedError
    if found.kind == CaseKind.APPEAL:
        # Overturning undoes the decision under appeal.
        _lock_decided(found.appeal.decision)
    people: Any = []
    if choice.act == Act.VOID_VOTES and found.alarm is not None:
        people = User.objects.filter(handle__in=handles_in(found.alarm))
    elif choice.act in _OF_VOTES:
        people = [person_of_case(found)]
    _lock({_warning_of(found), choice.into}, people)
    if not Case.objects.select_for_update(of=("self",)).filter(pk=case.pk):
        raise CaseClosedError
    _lock_spam_weights()
    row: Case = Case.objects.get(pk=case.pk)
    return row


def lock_for_undo(decision: Decision) -> None:
    """Lock the posts that undoing a decision may change, and then its case."""
    _lock_decided(decision)
    _lock_spam_weights()


def _lock_decided(decision: Decision) -> None:
    case, merged = Case.objects.filter(decisions=decision).first(), decision.moved.get("into", [])
    people: Any = []
    if decision.voided:
        people = User.objects.filter(pk__in=decision.voided)
    elif decision.act in _OF_VOTES:
        people = [decision.person]
    _lock({_warning_of(case) if case is not None else None, *Warning.objects.filter(pk__in=merged)}, people)
    if case is not None:
        list(Case.objects.select_for_update(of=("self",)).filter(pk=case.pk))


def _lock_spam_weights() -> None:
    """Lock the spam weights before the audit log, which some effects write to before learning begins.

    The first decision creates them: a row that does not exist yet cannot be locked.
    """
    SpamWeights.objects.select_for_update().get_or_create(pk=1)


def _lock(warnings: Iterable[Warning | None], people: Iterable[Any]) -> None:
    votes = Vote.objects.filter(user__in=[person for person in people if person is not None])
    lock_all([*(row for row in warnings if row is not None), *votes.posts()])


def _warning_of(case: Case) -> Warning | None:
    subject = case.subject
    found: Warning | None = subject if isinstance(subject, Warning) else getattr(subject, "warning", None)
    return found
