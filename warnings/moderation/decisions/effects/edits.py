"""Effects of decisions on suggested edits."""

from django.utils import timezone

from accounts.models import User
from common.errors import ForewarnedError, Sentence
from directory.actions import edits
from directory.models import EntryRevision
from directory.write_entry import NameTakenError, SourceMissingError
from moderation.choices import Act
from moderation.decisions.effects.base import Context, Effect
from moderation.decisions.input import Outcome
from moderation.errors import ActionRefusedError
from moderation.models import Case, Decision
from reports.actions import revisions

_SUGGESTION_GONE = Sentence("The suggestion is gone.", "gone")
# The messages for exceptions whose own message is not meant for moderators.
_SENTENCES: dict[type[Exception], Sentence] = {
    **dict.fromkeys(
        (revisions.AlreadyDecidedError, edits.AlreadyDecidedError),
        Sentence("This was decided meanwhile.", "decided"),
    ),
    **dict.fromkeys(
        (revisions.EditConflictError, edits.EditConflictError),
        Sentence(
            "Others changed the same places since. Its author can make the edit again, or you make it yourself.",
            "overlaps",
        ),
    ),
    **dict.fromkeys(
        (revisions.NothingChangedError, edits.NothingChangedError),
        Sentence("That is what it says already. Decline it, with that as the reason.", "nothing-changed"),
    ),
    revisions.EditingClosedError: Sentence("The warning is not open for edits any more.", "closed"),
    edits.EntryGoneError: Sentence("This is not in the directory any more.", "gone"),
    revisions.TextRemovedError: Sentence("The text of that version was removed.", "text-removed"),
}
_REFUSED: tuple[type[Exception], ...] = (
    *(revisions.EditNotAllowedError, edits.EditNotAllowedError, SourceMissingError, NameTakenError),
    *_SENTENCES,
)


class EditReview(Effect):
    """Accept or decline a suggested edit."""

    def apply(self, context: Context) -> Outcome:
        """Accept or decline the edit of a case. Raises ActionRefusedError."""
        case, actor, accepted = context.case, context.actor, context.choice.act == Act.ACCEPT
        try:
            if case.revision is not None and accepted:
                revisions.accept(actor=actor, revision=case.revision)
            elif case.revision is not None:
                revisions.decline(actor=actor, revision=case.revision, reason=context.public_reason)
            elif accepted:
                edits.accept(actor=actor, revision=_entry(case), today=timezone.localdate())
            else:
                edits.decline(actor=actor, revision=_entry(case), reason=context.public_reason)
        except _REFUSED as refused:
            raise ActionRefusedError(_sentence(refused)) from None
        return Outcome()

    def revert(self, decision: Decision, actor: User) -> None:
        """Remove an accepted edit from the text, or make a declined one pending again."""
        case = decision.case
        revision = case.revision if case is not None else None
        try:
            if decision.act == Act.DECLINE and revision is not None:
                revisions.reopen(actor=actor, revision=revision)
            elif decision.act == Act.DECLINE:
                edits.reopen(actor=actor, revision=_entry(case))
            elif revision is not None:
                revisions.remove(actor=actor, revision=revision)
            else:
                edits.remove(actor=actor, revision=_entry(case), today=timezone.localdate())
        except _REFUSED as refused:
            raise ActionRefusedError(_sentence(refused)) from None

    def why_irreversible(self, decision: Decision) -> str:
        """Return that the suggestion is gone if its case was deleted; else empty."""
        return _SUGGESTION_GONE if decision.case_id is None else ""


def _entry(case: Case | None) -> EntryRevision:
    if case is None or case.entry is None:
        raise ActionRefusedError(_SUGGESTION_GONE)
    return case.entry


def _sentence(refused: Exception) -> str:
    return refused.sentence if isinstance(refused, ForewarnedError) else _SENTENCES[type(refused)]
