"""Whose flags count, and how much."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from accounts.words import TrustLevel
from directory.citing import tools_citing
from directory.models import Source
from moderation.flagging.weights import Flagger
from moderation.models import Flag
from moderation.words import FlagState


def flaggers_of(thing: Any, now: datetime) -> list[Flagger]:
    """Who flagged a thing and waits for an answer, with what became of their earlier flags.

    Who is suspended has no standing while that lasts, and who declared a connection to a tool none about its sources.
    """
    people = User.objects.filter(flags__in=Flag.objects.on(thing).open()).exclude(suspended_until__gt=now).distinct()
    if isinstance(thing, Source):
        people = people.exclude(connections__tool__slug__in=tools_citing(thing))
    upheld, turned_down = Q(flags__state=FlagState.UPHELD), Q(flags__state=FlagState.TURNED_DOWN)
    counted = User.objects.filter(pk__in=people.values("pk")).annotate(
        upheld=Count("flags", filter=upheld, distinct=True),
        turned_down=Count("flags", filter=turned_down, distinct=True),
    )
    return [Flagger(TrustLevel(user.trust_level), user.upheld, user.turned_down) for user in counted]
