"""Who may appeal, against which decisions, and by when."""

from datetime import datetime
from typing import Any

from accounts.models import User
from common.errors import Sentence
from moderation.choices import AUTHOR, FLAGGER, SPEAKER, Act, AppealState, CaseKind, FlagState
from moderation.decisions.available import RESTRICTIONS
from moderation.decisions.effects.appeals import FINAL
from moderation.models import Appeal, Decision, Statement
from moderation.policies.decisions import nobody_may

# Decisions that grant a legal notice, so that its sender has nothing to appeal against.
GRANTED = frozenset({Act.UNPUBLISH, Act.REDACT, Act.CORRECTED})


def why_not_appeal(decision: Decision, by: User | None, role: str, now: datetime) -> str:
    """Return why a person may not appeal against a decision, as a sentence; empty if they may.

    `by` is None for the holder of the code of the report or notice, or of the address of the statement, that the
    decision is about.
    """
    if decision.undone_at is not None:
        return Sentence("This decision was undone.", "undone")
    if decision.kind == CaseKind.APPEAL:
        return FINAL
    if now > decision.appealable_until:
        return Sentence("An appeal was possible for six months after the decision.", "too-late")
    if role == AUTHOR and decision.act not in RESTRICTIONS:
        return Sentence("There is nothing to appeal against.", "nothing-to-appeal")
    if not _is_concerned(decision, by, role):
        return Sentence("This decision is not about you.", "not-concerned")
    if Appeal.objects.filter(decision=decision, by=by, role=role).exists():
        return Sentence("You have appealed already: an appeal is possible once.", "appealed-already")
    return ""


def appeals_of(decision: Decision, person: Any, role: str) -> list[Appeal]:
    """Return a person's appeals against a decision in a role; None as the person is the holder of the code."""
    return list(decision.appeals.filter(by=person, role=role))


def waits_for_another(appeal: Appeal) -> bool:
    """Return whether no moderator may decide an open appeal at present."""
    return appeal.state == AppealState.OPEN and nobody_may(appeal.case)


def _is_concerned(decision: Decision, by: User | None, role: str) -> bool:
    if role == AUTHOR:
        return decision.concerns(by) if by else decision.report_id is not None and decision.person_id is None
    if role == FLAGGER:
        return by is not None and decision.flags.filter(flagger=by, state=FlagState.TURNED_DOWN).exists()
    if role == SPEAKER:
        return decision.act == Act.DECLINE and Statement.objects.filter(case__decisions=decision).exists()
    return decision.act not in GRANTED and decision.notices.exists()
