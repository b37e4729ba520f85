"""The effect of each decision, used both to decide and to undo.

To add a decision, offer it in `available.py` and register its effect here. `tests/moderation/test_round_trips.py`
then requires a case to decide and undo it on.
"""

from collections.abc import Mapping

from moderation.choices import Act, CaseKind
from moderation.decisions.effects.abuse_of_notices import Pause
from moderation.decisions.effects.appeals import AppealOutcome
from moderation.decisions.effects.base import Effect, NoEffect
from moderation.decisions.effects.edits import EditReview
from moderation.decisions.effects.facts import FactCheck
from moderation.decisions.effects.posts import PostChange
from moderation.decisions.effects.redactions import Redaction
from moderation.decisions.effects.sources import SourceCheck
from moderation.decisions.effects.statements import StatementReview
from moderation.decisions.effects.users import AccountWarning, AlarmReview, Suspension
from moderation.models import Decision

Effects = Mapping[Act, Effect]


def _all(effect: Effect, *acts: Act) -> Effects:
    return dict.fromkeys(acts, effect)


# By act. Decisions about an author are the same for every kind of case.
_PERSON: Effects = {Act.WARN: AccountWarning(), **_all(Suspension(), Act.SUSPEND, Act.UNSUSPEND)}
_REDACT: Effects = {Act.REDACT: Redaction()}
_MARK: Effects = _all(PostChange(), Act.LOCK, Act.UNLOCK, Act.DISPUTE, Act.UNDISPUTE)
_EDIT: Effects = _all(EditReview(), Act.ACCEPT, Act.DECLINE)
# Flagged or notified content. Anything but a post is corrected in its own editor.
_PUBLIC: Effects = {
    **_all(PostChange(), Act.NO_ACTION, Act.HIDE, Act.UNPUBLISH, Act.RESTORE, Act.MERGE),
    **_REDACT,
    **_MARK,
    Act.CORRECTED: NoEffect(),
    **_PERSON,
}
_NOTIFIER: Effects = {**_all(NoEffect(), Act.UNFOUNDED, Act.WARN_NOTIFIER), Act.PAUSE_NOTIFIER: Pause()}

# By kind of case and act, in the order of `CaseKind`. Keep a pair for as long as decisions with it are stored.
EFFECTS: Mapping[CaseKind, Effects] = {
    CaseKind.REPORT: {
        **_all(PostChange(), Act.PUBLISH, Act.REQUEST_CHANGES, Act.MERGE, Act.DECLINE),
        **_REDACT,
        **_PERSON,
    },
    CaseKind.AFTERWARDS: {
        **_all(PostChange(), Act.NO_ACTION, Act.MERGE, Act.UNPUBLISH),
        **_REDACT,
        **_MARK,
        **_PERSON,
    },
    CaseKind.COMMENT: {**_all(PostChange(), Act.PUBLISH, Act.DECLINE), **_PERSON},
    CaseKind.FLAGS: _PUBLIC,
    CaseKind.SUGGESTION: {**_EDIT, **_PERSON},
    CaseKind.ENTRY: {**_EDIT, **_PERSON},
    CaseKind.ALARM: _all(AlarmReview(), Act.NO_ACTION, Act.VOID_VOTES),
    CaseKind.APPEAL: _all(AppealOutcome(), Act.UPHOLD, Act.OVERTURN),
    CaseKind.NOTICE: {**_PUBLIC, **_NOTIFIER},
    CaseKind.STATEMENT: _all(StatementReview(), Act.PUBLISH, Act.DECLINE),
    CaseKind.FACT: _all(FactCheck(), Act.NO_ACTION),
    CaseKind.SOURCE: _all(SourceCheck(), Act.NO_ACTION, Act.RECHECK),
    CaseKind.ACCOUNT: {Act.NO_ACTION: NoEffect(), **_PERSON},
}


def effect_for(kind: str, act: str) -> Effect:
    """Return the effect of an act on a kind of case. Raises LookupError if the pair is not registered."""
    return EFFECTS[CaseKind(kind)][Act(act)]


def why_irreversible(decision: Decision) -> str:
    """Return why a decision can never be undone, as a sentence; empty if it can be or already was."""
    return (
        "" if decision.undone_at is not None else effect_for(decision.kind, decision.act).why_irreversible(decision)
    )
