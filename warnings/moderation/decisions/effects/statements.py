"""Effects of decisions on vendors' statements."""

from django.utils import timezone

from accounts.models import User
from moderation.choices import Act, StatementState
from moderation.decisions.effects.base import Context, Effect
from moderation.decisions.input import Outcome
from moderation.errors import ActionRefusedError
from moderation.models import Decision, Statement


class StatementReview(Effect):
    """Publish or decline a vendor's statement."""

    def apply(self, context: Context) -> Outcome:
        """Publish a statement in place of the current one, or decline it."""
        row = Statement.objects.select_for_update(of=("self",)).filter(case=context.case).first()
        if row is None or row.state != StatementState.PENDING:
            raise ActionRefusedError("The statement does not wait for a decision any more.", "settled")
        replaced: list[int] = []
        if context.choice.act == Act.PUBLISH:
            shown = Statement.objects.filter(tool=row.tool, state=StatementState.PUBLISHED)
            replaced = list(shown.values_list("pk", flat=True))
            shown.update(state=StatementState.REPLACED)
            row.state, row.published_at = StatementState.PUBLISHED, timezone.now()
        else:
            row.state = StatementState.DECLINED
        row.save()
        return Outcome(moved={"statement": row.pk, "replaced": replaced})

    def revert(self, decision: Decision, actor: User) -> None:
        """Make a statement pending again, and show the one that it replaced."""
        row = Statement.objects.select_for_update(of=("self",)).filter(pk=decision.moved["statement"]).first()
        if row is None or row.state == StatementState.REPLACED:
            raise ActionRefusedError("Another statement took its place since.", "changed-since")
        if row.state == StatementState.WITHDRAWN:
            raise ActionRefusedError("The vendor withdrew the statement since.", "withdrawn")
        row.state, row.published_at = StatementState.PENDING, None
        row.save()
        replaced = Statement.objects.filter(pk__in=decision.moved["replaced"], state=StatementState.REPLACED)
        replaced.update(state=StatementState.PUBLISHED)
