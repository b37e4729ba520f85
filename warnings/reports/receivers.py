"""What happens here when an account is erased."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_erased
from reports.models import Draft, Report, Revision
from reports.submitting import actions
from reports.words import RevisionState


@receiver(account_erased)
def erase_unpublished(user: User, **_: Any) -> None:
    """Drafts, and reports and suggestions that nobody has published, go with the account."""
    Revision.objects.filter(author=user).exclude(state=RevisionState.APPLIED).delete()
    Revision.objects.filter(author=user).update(connection="")
    for draft in Draft.objects.filter(owner=user):
        actions.delete_draft(draft=draft)
    for report in Report.objects.filter(author=user, status__in=actions.OPEN):
        actions.withdraw(report=report)
