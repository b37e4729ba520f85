"""Carrying out decisions on suggested edits, and undoing them."""

from django.utils import timezone

from accounts.models import User
from common.errors import ForewarnedError, Sentence
from directory.actions import edits
from directory.models import EntryRevision
from directory.write_entry import NameTakenError, SourceMissingError
from moderation.choices import Act
from moderation.decisions.input import ActionRefusedError, DecisionInput, Outcome
from moderation.models import Case, Decision
from reports.actions import revisions

_REFUSED = (
    *(
        revisions.EditNotAllowedError,
        revisions.AlreadyDecidedError,
        revisions.EditConflictError,
        revisions.NothingChangedError,
        revisions.EditingClosedError,
    ),
    *(
        edits.EditNotAllowedError,
        edits.AlreadyDecidedError,
        edits.EditConflictError,
        edits.NothingChangedError,
        edits.EntryGoneError,
    ),
    *(SourceMissingError, NameTakenError, revisions.TextRemovedError),
)
_OVERLAPS = "Others changed the same places since. Its author can make the edit again, or you make it yourself."
_WORDS = {
    "AlreadyDecided": Sentence("This was decided meanwhile.", "decided"),
    "Overlaps": Sentence(_OVERLAPS, "overlaps"),
    "NothingChanged": Sentence(
        "That is what it says already. Decline it, with that as the reason.", "nothing-changed"
    ),
    "Closed": Sentence("The warning is not open for edits any more.", "closed"),
    "Gone": Sentence("This is not in the directory any more.", "gone"),
    "TextRemoved": Sentence("The text of that version was removed.", "text-removed"),
}


def apply(case: Case, actor: User, choice: DecisionInput, told: str) -> Outcome:
    """Accept or decline the edit of a case. Raises NotPossible."""
    try:
        if case.revision is not None and choice.act == Act.ACCEPT:
            revisions.accept(actor=actor, revision=case.revision)
        elif case.revision is not None:
            revisions.decline(actor=actor, revision=case.revision, reason=told)
        elif choice.act == Act.ACCEPT:
            edits.accept(actor=actor, revision=_entry(case), today=timezone.localdate())
        else:
            edits.decline(actor=actor, revision=_entry(case), reason=told)
    except _REFUSED as refused:
        raise ActionRefusedError(_words(refused)) from None
    return Outcome()


def revert(decision: Decision, actor: User) -> None:
    """Go back to the text before an accepted edit, or let a declined one wait again. Raises NotPossible."""
    case = decision.case
    if case is None:
        raise ActionRefusedError("The suggestion is gone.", "gone")
    try:
        if decision.act == Act.DECLINE and case.revision is not None:
            revisions.reopen(actor=actor, revision=case.revision)
        elif decision.act == Act.DECLINE:
            edits.reopen(actor=actor, revision=_entry(case))
        elif case.revision is not None:
            revisions.take_out(actor=actor, revision=case.revision)
        else:
            edits.take_out(actor=actor, revision=_entry(case), today=timezone.localdate())
    except _REFUSED as refused:
        raise ActionRefusedError(_words(refused)) from None


def _entry(case: Case) -> EntryRevision:
    if case.entry is None:
        raise ActionRefusedError("The suggestion is gone.", "gone")
    return case.entry


def _words(refused: Exception) -> str:
    if isinstance(refused, ForewarnedError):
        return refused.sentence
    return _WORDS.get(type(refused).__name__) or str(refused) or "This is not possible."
