"""What becomes of legal notices and statements of vendors; part of the decision's transaction."""

from django.utils import timezone

from moderation.deciding.choices import Done, NotPossible
from moderation.models import Case, Decision, LegalNotice, Statement
from moderation.rights import mail
from moderation.words import Act, StatementState


def settle_notice(case: Case, decision: Decision) -> None:
    """Note which decision a legal notice led to; its page says so, with the reasons."""
    notice = LegalNotice.objects.filter(case=case).first()
    if notice is None:
        return
    notice.decision = decision
    notice.save(update_fields=["decision"])
    mail.send_outcome(notice)


def reopen_notice(decision: Decision) -> None:
    """Tell who sent the notice that a decision settled that it waits again; its page goes on telling the decision."""
    for notice in LegalNotice.objects.filter(decision=decision).select_related("decision"):
        mail.send_reopened(notice)


def settle_statement(case: Case, act: Act) -> Done:
    """Show a statement in the place of the one before, or do not. Raises NotPossible."""
    row = Statement.objects.select_for_update(of=("self",)).filter(case=case).first()
    if row is None or row.state != StatementState.PENDING:
        raise NotPossible("The statement does not wait for a decision any more.", "settled")
    replaced: list[int] = []
    if act == Act.PUBLISH:
        shown = Statement.objects.filter(tool=row.tool, state=StatementState.PUBLISHED)
        replaced = list(shown.values_list("pk", flat=True))
        shown.update(state=StatementState.REPLACED)
        row.state, row.published_at = StatementState.PUBLISHED, timezone.now()
    else:
        row.state = StatementState.DECLINED
    row.save()
    return Done(moved={"statement": row.pk, "replaced": replaced})


def undo_statement(decision: Decision) -> None:
    """Let a statement wait again, and show the one that it replaced. Raises NotPossible."""
    row = Statement.objects.select_for_update(of=("self",)).filter(pk=decision.moved["statement"]).first()
    if row is None or row.state == StatementState.REPLACED:
        raise NotPossible("Another statement took its place since.", "changed-since")
    row.state, row.published_at = StatementState.PENDING, None
    row.save()
    Statement.objects.filter(pk__in=decision.moved["replaced"]).update(state=StatementState.PUBLISHED)
