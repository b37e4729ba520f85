"""Whose flags count, and how much."""

from datetime import datetime
from typing import Any

from django.db.models import Count

from accounts.choices import TrustLevel
from accounts.models import User
from directory.citations import tools_citing
from directory.models import Source
from moderation.choices import FlagState
from moderation.flag_weights import Flagger
from moderation.models import Flag


def flaggers_of(target: Any, now: datetime) -> list[Flagger]:
    """Return the people with open flags on a post or source, with the outcome of their earlier flags.

    Suspended people do not count, and people with a declared connection to a tool do not count for its sources.
    """
    # Use several simple queries: one query with joins takes PostgreSQL seconds when there are many flags.
    keys = list(Flag.objects.on(target).open().exclude(flagger=None).values_list("flagger", flat=True))
    people = User.objects.filter(pk__in=keys).exclude(suspended_until__gt=now)
    if isinstance(target, Source):
        people = people.exclude(connections__tool__slug__in=tools_citing(target))
    levels = dict(people.values_list("pk", "trust_level"))
    settled = Flag.objects.by_people(levels).exclude(state=FlagState.OPEN).order_by().values_list("flagger", "state")
    counts = {(key, state): number for key, state, number in settled.annotate(number=Count("pk"))}
    return [
        Flagger(
            TrustLevel(level),
            upheld=counts.get((key, FlagState.UPHELD), 0),
            turned_down=counts.get((key, FlagState.TURNED_DOWN), 0),
        )
        for key, level in levels.items()
    ]
