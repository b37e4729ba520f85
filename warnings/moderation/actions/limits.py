"""Set rate limits. Each action is one transaction."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import may
from audit import log
from common.http.rate_limits import REGISTER
from moderation.chosen_limits import remembered
from moderation.models import ChosenLimit


@transaction.atomic
def choose(*, actor: User, name: str, most: int) -> None:
    """Override a rate limit; setting the default again removes the override. Raises PermissionDenied or KeyError."""
    if not may("keep_desk", actor):
        raise PermissionDenied("Administrators choose the limits.")
    limit = REGISTER[name]
    row = ChosenLimit.objects.select_for_update().filter(name=name).first()
    before = row.most if row else limit.most
    if most == before:
        return
    if most == limit.most and row is not None:
        row.delete()
    else:
        ChosenLimit.objects.update_or_create(name=name, defaults={"most": most, "by": actor, "at": timezone.now()})
    remembered.clear_on_commit()
    log.record(
        actor=actor.handle,
        verb="limit.choose",
        target=f"limit {name}",
        before={"most": before},
        after={"most": most},
    )
