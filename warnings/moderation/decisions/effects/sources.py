"""Effects of decisions on sources that readers report as changed."""

from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from directory.actions import assessments
from directory.models import Source
from moderation.choices import Act
from moderation.decisions.effects.base import Context, Effect
from moderation.decisions.input import Outcome
from moderation.errors import ActionRefusedError
from moderation.models import Decision


class SourceCheck(Effect):
    """Mark a source as changed or as unchanged."""

    def apply(self, context: Context) -> Outcome:
        """Mark the source of a case as changed, or record that it was checked today and is unchanged."""
        today = timezone.localdate()
        changed = context.choice.act == Act.RECHECK
        source: Source = Source.objects.select_for_update().get(cases=context.case)
        return mark(
            source=source,
            actor=context.actor.handle,
            reported_changed_on=(source.reported_changed_on or today) if changed else None,
            last_checked_on=source.last_checked_on if changed else today,
            today=today,
        )

    def revert(self, decision: Decision, actor: User) -> None:
        """Restore the marks that a source had before a decision."""
        state, after = decision.before[0], decision.after[0]
        source = Source.objects.select_for_update().filter(pk=state["key"]).first()
        if source is None or state_of(source) != after:
            raise ActionRefusedError("Something was noted on the source since.", "changed-since")
        assessments.mark_source(
            actor=actor.handle,
            source=source,
            reported_changed_on=_date(state["reported_changed_on"]),
            last_checked_on=_date(state["last_checked_on"]),
            today=timezone.localdate(),
        )


def mark(
    *, source: Source, actor: str, reported_changed_on: date | None, last_checked_on: date | None, today: date
) -> Outcome:
    """Store the check of a source and regrade the tools whose facts rest on it."""
    before = state_of(source)
    assessments.mark_source(
        actor=actor,
        source=source,
        reported_changed_on=reported_changed_on,
        last_checked_on=last_checked_on,
        today=today,
    )
    return Outcome(before=[before], after=[state_of(source)])


def state_of(source: Source) -> dict[str, Any]:
    """Return the fields of a source that a decision can change."""
    return {
        "kind": "source",
        "key": source.pk,
        "reported_changed_on": str(source.reported_changed_on or ""),
        "last_checked_on": str(source.last_checked_on or ""),
    }


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
