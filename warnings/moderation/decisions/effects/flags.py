"""What becomes of the flags on something once a moderator has decided; part of the decision's transaction."""

from typing import Any

from django.urls import reverse

from accounts.actions import notifications
from accounts.choices import NotificationKind
from moderation.choices import FlagState
from moderation.models import Decision, Flag


def resolve_flags(thing: Any, decision: Decision, *, right: bool) -> int:
    """Mark the open flags on a thing as right or turned down, and tell who raised them; return how many."""
    flags = list(Flag.objects.on(thing).open().select_related("flagger"))
    state = FlagState.UPHELD if right else FlagState.TURNED_DOWN
    Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(state=state, decision=decision)
    for flag in flags:
        if flag.flagger is not None:
            _tell(flag, right)
    return len(flags)


def reopen_flags(decision: Decision) -> int:
    """Let the flags that a decision settled wait again; return how many.

    They keep the decision, so that who raised them still reads what became of it and of their appeal. Who has raised
    the same flag again meanwhile has that one.
    """
    reopened = 0
    for flag in Flag.objects.filter(decision=decision).exclude(state=FlagState.OPEN):
        again = Flag.objects.on(flag.thing).open().filter(flagger=flag.flagger)
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
