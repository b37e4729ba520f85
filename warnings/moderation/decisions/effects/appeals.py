"""Resolve appeals, in the transaction of the decision."""

from django.utils import timezone

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from common.errors import Sentence
from moderation import mail
from moderation.choices import NOTIFIER, Act, AppealState
from moderation.decisions.effects.base import Context, Effect
from moderation.decisions.input import Outcome
from moderation.decisions.notify import key_of_decision
from moderation.models import Appeal

FINAL = Sentence("A decision on an appeal is final.", "appeal-final")


def why_not_resolve(actor: User, appeal: Appeal) -> str:
    """Return why a moderator may not decide an appeal, as a sentence; empty if they may."""
    if appeal.decision.by_id == actor.pk:
        return Sentence(
            "You made the decision that this appeal is against, so somebody else decides.", "decided-before"
        )
    if actor.pk in (appeal.by_id, appeal.decision.person_id):
        return Sentence("This appeal is about something of yours, so somebody else decides.", "own")
    return ""


class AppealOutcome(Effect):
    """Uphold or overturn a decision."""

    irreversible = FINAL

    def apply(self, context: Context) -> Outcome:
        """Store the answer and notify the appellant. The outcome names the decision to undo, if any."""
        appeal, overturned = context.case.appeal, context.choice.act == Act.OVERTURN
        _resolve(appeal, context, overturned=overturned)
        return Outcome(overturned=appeal.decision if overturned else None)


def _resolve(appeal: Appeal, context: Context, *, overturned: bool) -> None:
    appeal.state = AppealState.OVERTURNED if overturned else AppealState.UPHELD
    appeal.answer, appeal.decided_at, appeal.decided_by = context.public_reason, timezone.now(), context.actor
    appeal.save()
    if appeal.by is not None:
        words = "was right: the decision is undone" if overturned else "was looked at: the decision stands"
        notifications.notify(
            recipients=[appeal.by],
            kind=NotificationKind.DECISION,
            key=f"appeal:{appeal.public_id}",
            text=f"Your appeal {words}",
            address=appeal.get_absolute_url(),
            instead_of=key_of_decision(appeal.decision) if overturned else "",
        )
    if appeal.role == NOTIFIER:
        for notice in appeal.decision.notices.all():
            mail.send_appeal_outcome(notice, context.decision, overturned=overturned)
