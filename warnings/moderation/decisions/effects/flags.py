"""Resolve and reopen flags, in the transaction of the decision."""

from typing import Any

from django.urls import reverse

from accounts.actions import notifications
from accounts.choices import NotificationKind
from moderation.choices import FlagState
from moderation.models import Decision, Flag


def resolve_flags(target: Any, decision: Decision, *, right: bool) -> int:
    """Mark the open flags on a post as upheld or rejected and notify the flaggers; return the number of flags."""
    flags = list(Flag.objects.on(target).open().select_related("flagger"))
    state = FlagState.UPHELD if right else FlagState.TURNED_DOWN
    Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(state=state, decision=decision)
    for flag in flags:
        if flag.flagger is not None:
            _tell(flag, right)
    return len(flags)


def reopen_flags(decision: Decision) -> int:
    """Reopen the flags that a decision resolved; return their number.

    They keep their link to the decision, so that flaggers can still read its outcome and that of their appeal. If the
    flagger has flagged the post again meanwhile, the old flag stays resolved.
    """
    reopened = 0
    for flag in Flag.objects.filter(decision=decision).exclude(state=FlagState.OPEN):
        again = Flag.objects.on(flag.target).open().filter(flagger=flag.flagger)
        if flag.flagger is None or not again.exists():
            reopened += Flag.objects.filter(pk=flag.pk).update(state=FlagState.OPEN)
    return reopened


def _tell(flag: Flag, right: bool) -> None:
    words = "was right: something was done" if right else "was looked at, and nothing was changed"
    notifications.notify(
        recipients=[flag.flagger] if flag.flagger else [],
        kind=NotificationKind.OWN_WORK,
        key=f"flag:{flag.public_id}",
        text=f"Your flag {words}",
        address=reverse("own_flag", kwargs={"public_id": flag.public_id}),
    )
