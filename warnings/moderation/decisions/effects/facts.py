"""Effects of decisions on facts that need a re-check."""

from datetime import date

from django.utils import timezone

from accounts.models import User
from directory.actions import assessments
from directory.models import ToolFeature
from moderation.decisions.effects.base import Context, Effect
from moderation.decisions.input import Outcome
from moderation.errors import ActionRefusedError
from moderation.models import Decision


class FactCheck(Effect):
    """Confirm a fact that is due for a re-check."""

    def apply(self, context: Context) -> Outcome:
        """Record that the fact was confirmed by its sources today."""
        fact = context.case.fact
        if fact is None:
            raise ActionRefusedError("This fact is not in the directory any more.", "gone")
        if fact.sources.filter(reported_changed_on__isnull=False).exists():
            raise ActionRefusedError(
                "One of its sources has changed. Let the fact name another, then confirm it.", "source-changed"
            )
        before = fact.checked_on
        today = timezone.localdate()
        assessments.confirm_fact(actor=context.actor.handle, fact=fact, checked_on=today, today=today)
        return Outcome(before=[_state(fact, before)], after=[_state(fact, today)])

    def revert(self, decision: Decision, actor: User) -> None:
        """Restore the date on which the fact was last checked."""
        state, after = decision.before[0], decision.after[0]
        fact = ToolFeature.objects.filter(pk=state["key"]).first()
        if fact is None or str(fact.checked_on) != after["checked_on"]:
            raise ActionRefusedError("The fact was changed since.", "changed-since")
        checked_on = date.fromisoformat(state["checked_on"]) if state["checked_on"] else None
        assessments.confirm_fact(actor=actor.handle, fact=fact, checked_on=checked_on, today=timezone.localdate())


def _state(fact: ToolFeature, checked_on: date | None) -> dict[str, object]:
    return {"kind": "fact", "key": fact.pk, "checked_on": str(checked_on) if checked_on else None}
