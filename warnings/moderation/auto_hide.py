"""The flag rule, which hides posts and marks sources automatically: its switch, its state, and a dry run."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from accounts.choices import TrustLevel
from accounts.permissions import TRUSTED
from common.http.rate_limits import Limit
from directory.models import Source
from moderation.choices import FlagState
from moderation.chosen_limits import chosen_most
from moderation.flag_weights import Flagger, hides
from moderation.models import Decision, Flag
from moderation.policies.flags import flaggers_of
from reports.models import Comment, Report, Warning

# Careful readers do not flag more than this in a day, so the rule stops until fewer were hidden in the last 24 hours.
A_DAY = Limit(
    "hidden-by-flags", 20, 86_400, "Things that flags of readers hide by themselves, on the whole site", least=0
)
DAY = timedelta(days=1)
PAST = timedelta(days=365)
_MODELS: dict[str, Any] = {"warning": Warning, "report": Report, "comment": Comment, "source": Source}


@dataclass(frozen=True)
class State:
    """The activity of the rule.

    `hidden` counts what it hid within a day, `standing` how many of these decisions were not undone, `most` is the
    daily limit, and `ever` counts all its decisions that were not undone.
    """

    hidden: int
    standing: int
    most: int = A_DAY.most
    ever: int = 0

    @property
    def works(self) -> bool:
        """Whether the rule may hide more."""
        return self.hidden < self.most


@dataclass(frozen=True)
class DryRun:
    """The result of a dry run.

    `looked_at` counts the posts and sources with open flags, and `would_hide` names those that the rule would hide.
    `past` and `past_hidden` count the same for everything flagged within a year, and `past_left` the part of
    `past_hidden` that moderators left unchanged.
    """

    looked_at: int
    would_hide: list[str]
    past: int = 0
    past_hidden: int = 0
    past_left: int = 0


def state(now: datetime) -> State:
    """Return the activity of the rule in the last day. Undone decisions count toward the limit."""
    done = Decision.objects.filter(automatic=True)
    lately, chosen = done.filter(at__gt=now - DAY), chosen_most(A_DAY.name)
    return State(
        hidden=lately.count(),
        standing=lately.not_undone().count(),
        most=A_DAY.most if chosen is None else chosen,
        ever=done.not_undone().count(),
    )


def dry_run(now: datetime) -> DryRun:
    """Simulate the rule on everything with an open flag, and on everything flagged within a year. Changes nothing.

    The number of queries does not grow with the number of flags, except for what would be hidden.
    """
    flags = list(Flag.objects.filter(Q(state=FlagState.OPEN) | Q(at__gt=now - PAST)).select_related("flagger"))
    standing = _standing(flags)
    targets = _things(flags)
    flagged, waiting = defaultdict(list), defaultdict(list)
    for flag in flags:
        key = _key(flag)
        flagged[key].append(flag)
        if flag.state == FlagState.OPEN:
            waiting[key].append(flag)
    # Check for suspensions and connections only where the flags would otherwise suffice, because it takes extra
    # queries.
    now_hidden = [
        str(targets[key])
        for key, rows in waiting.items()
        if _would_hide(targets[key], rows, standing) and hides(flaggers_of(targets[key], now), **_trust(targets[key]))
    ]
    past_hidden = [rows for key, rows in flagged.items() if _would_hide(targets[key], rows, standing)]
    left = [rows for rows in past_hidden if _was_left(rows)]
    return DryRun(len(waiting), now_hidden, len(flagged), len(past_hidden), len(left))


def _key(flag: Flag) -> tuple[str, int]:
    return next((name, key) for name in _MODELS if (key := getattr(flag, f"{name}_id")) is not None)


def _things(flags: Iterable[Flag]) -> dict[tuple[str, int], Any]:
    found: dict[tuple[str, int], Any] = {}
    keys = {_key(flag) for flag in flags}
    for name, model in _MODELS.items():
        rows = model._default_manager.all() if model is Source else model._default_manager.select_related("author")
        found |= {(name, row.pk): row for row in rows.filter(pk__in=[key for one, key in keys if one == name])}
    return found


def _standing(flags: Iterable[Flag]) -> dict[int, Flagger]:
    """Return each flagger's level and the outcome of their flags, by key."""
    people = {flag.flagger for flag in flags if flag.flagger is not None}
    settled = Flag.objects.by_people(people).values("flagger").order_by()
    counts = {
        row["flagger"]: (row["upheld"], row["turned_down"])
        for row in settled.annotate(
            upheld=Count("pk", filter=Q(state=FlagState.UPHELD)),
            turned_down=Count("pk", filter=Q(state=FlagState.TURNED_DOWN)),
        )
    }
    return {person.pk: Flagger(TrustLevel(person.trust_level), *counts.get(person.pk, (0, 0))) for person in people}


def _would_hide(target: Any, flags: Iterable[Flag], standing: dict[int, Flagger]) -> bool:
    if getattr(target, "reported_changed_on", None) is not None:
        return False
    people = {flag.flagger_id for flag in flags if flag.flagger_id is not None}
    return hides([standing[key] for key in people], **_trust(target))


def _trust(target: Any) -> dict[str, bool]:
    author = getattr(target, "author", None)
    return {"author_is_trusted": author is not None and author.trust_level in TRUSTED}


def _was_left(flags: Sequence[Flag]) -> bool:
    states = {flag.state for flag in flags}
    return FlagState.TURNED_DOWN in states and FlagState.UPHELD not in states
