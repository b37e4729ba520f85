"""The one automatic rule, that flags hide something or mark a source: its switch, and what it would do now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.permissions import TRUSTED
from directory.models import Source
from moderation.flagging.policies import flaggers_of
from moderation.flagging.weights import hides
from moderation.models import Decision, Flag
from reports.models import Comment, Report, Warning

# More than so many within a day is not what careful readers do: the rule stops by itself until the day is over.
MOST_A_DAY = 20
DAY = timedelta(days=1)
_LOOKED_AT = 2_000


@dataclass(frozen=True)
class State:
    """How often the rule hid something within a day, how much of that stands, and whether it still works."""

    hidden: int
    standing: int

    @property
    def works(self) -> bool:
        """Whether the rule may hide more."""
        return self.hidden < MOST_A_DAY


@dataclass(frozen=True)
class DryRun:
    """What the rule would hide of what is flagged now, and of how many things."""

    looked_at: int
    would_hide: list[str]


def state(now: datetime) -> State:
    """What the rule did within the last day; what was undone counts against it all the same."""
    done = Decision.objects.filter(automatic=True, at__gt=now - DAY)
    return State(hidden=done.count(), standing=done.standing().count())


def dry_run() -> DryRun:
    """What the rule would do now to everything with a flag that waits; changes nothing."""
    looked_at, titles = 0, []
    for model, name in ((Warning, "warning"), (Report, "report"), (Comment, "comment")):
        keys = Flag.objects.open().exclude(**{name: None}).values(name)
        for thing in model._default_manager.filter(pk__in=keys).select_related("author")[:_LOOKED_AT]:
            looked_at += 1
            trusted = thing.author is not None and thing.author.trust_level in TRUSTED
            if hides(flaggers_of(thing), author_is_trusted=trusted):
                titles.append(str(thing))
    keys = Flag.objects.open().exclude(source=None).values("source")
    for source in Source.objects.filter(pk__in=keys, reported_changed_on=None)[:_LOOKED_AT]:
        looked_at += 1
        if hides(flaggers_of(source), author_is_trusted=False):
            titles.append(str(source))
    return DryRun(looked_at, titles)
