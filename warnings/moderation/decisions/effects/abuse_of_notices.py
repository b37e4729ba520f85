"""Abuse of legal notices: a warning first, then a pause (DSA article 23(2) to (4)).

Only notices that moderators found manifestly unfounded count, and only while the sender's address is stored. A notice
of sexual abuse is never paused.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from moderation.choices import Act, CaseKind, NoticeGround
from moderation.decisions.effects.base import Context, Effect
from moderation.decisions.input import Outcome
from moderation.errors import ActionRefusedError
from moderation.models import Case, Decision, LegalNotice
from moderation.priority import Signs, due_at

# How long a notifier's name and address are stored after the decision; an appeal is possible until then.
KEPT_AFTER_DECISION = timedelta(days=190)
# The number of unfounded notices before one can bring a warning; after a warning, the next can bring a pause.
UNFOUNDED_BEFORE_WARNING = 2
LONGEST_PAUSE_DAYS = 180
# Decisions that find a notice unfounded.
UNFOUNDED = frozenset({Act.UNFOUNDED, Act.WARN_NOTIFIER, Act.PAUSE_NOTIFIER})


@dataclass(frozen=True)
class Standing:
    """The record of a notifier's address.

    `decided` counts decided notices, `left` those without action, and `unfounded` those found unfounded. `warned` is
    the time of the last warning, and `paused_until` the end of the latest pause, if any.
    """

    decided: int = 0
    left: int = 0
    unfounded: int = 0
    warned: datetime | None = None
    paused_until: datetime | None = None

    def is_paused(self, now: datetime) -> bool:
        """Return whether notices from the address are paused."""
        return self.paused_until is not None and self.paused_until > now


def sender_history(email: str, *, but: LegalNotice | None = None) -> Standing:
    """Return the record of a notifier's address, without the notice `but`. Undone decisions do not count."""
    if not email:
        return Standing()
    since = timezone.now() - KEPT_AFTER_DECISION
    rows = LegalNotice.objects.filter(email__iexact=email, decision__undone_at__isnull=True, decision__at__gte=since)
    others = rows.exclude(pk=but.pk) if but else rows
    made = [row.decision for row in others.select_related("decision") if row.decision]
    pauses = [datetime.fromisoformat(row.moved["until"]) for row in made if row.act == Act.PAUSE_NOTIFIER]
    return Standing(
        decided=len(made),
        left=sum(decision.act in UNFOUNDED or decision.act == Act.NO_ACTION for decision in made),
        unfounded=sum(decision.act in UNFOUNDED for decision in made),
        warned=max((decision.at for decision in made if decision.act == Act.WARN_NOTIFIER), default=None),
        paused_until=max(pauses, default=None),
    )


def offered_on(notice: LegalNotice) -> list[Act]:
    """Return the acts on an unfounded notice and its sender."""
    before = sender_history(notice.email, but=notice)
    acts = [Act.UNFOUNDED]
    if not notice.email or notice.ground == NoticeGround.ABUSE:
        return acts
    if before.warned is None and before.unfounded >= UNFOUNDED_BEFORE_WARNING:
        acts.append(Act.WARN_NOTIFIER)
    if before.warned is not None and before.warned < notice.at:
        acts.append(Act.PAUSE_NOTIFIER)
    return acts


class Pause(Effect):
    """Pause notices from an address."""

    def apply(self, context: Context) -> Outcome:
        """Postpone the open notices from the address until the pause ends; new ones are postponed, too."""
        case, days = context.case, context.choice.days
        if not 1 <= days <= LONGEST_PAUSE_DAYS:
            raise ActionRefusedError(f"Say for how many days, {LONGEST_PAUSE_DAYS} at most.", "days-missing")
        until = context.decision.at + timedelta(days=days)
        later = due_at(CaseKind.NOTICE, until, Signs())
        _waiting(case.notice.email).exclude(pk=case.pk).update(due_at=later)
        return Outcome(moved={"until": until.isoformat()})

    def revert(self, decision: Decision, actor: User) -> None:
        """End the pause: open notices are due as promised to the sender unless another pause is active."""
        if decision.case is None:
            return
        notice = decision.case.notice
        if not sender_history(notice.email, but=notice).is_paused(timezone.now()):
            for case in _waiting(notice.email).select_related("notice").order_by("pk"):
                Case.objects.filter(pk=case.pk).update(due_at=case.notice.due_at)


def record_of(notice: LegalNotice, now: datetime) -> str:
    """Describe the decisions on other notices from the same address; empty if there are none."""
    other = sender_history(notice.email, but=notice)
    if not other.decided:
        return ""
    earlier = ngettext("%d earlier notice", "%d earlier notices", other.decided) % other.decided
    words = f"From the same address: {earlier} decided, {other.left} of them without anything being done"
    if other.unfounded:
        words += f", {other.unfounded} of these manifestly without ground"
    if other.warned:
        words += f"; warned on {other.warned:%Y-%m-%d}"
    if other.is_paused(now):
        words += f"; its notices wait until {other.paused_until:%Y-%m-%d}"
    return words


def _waiting(email: str) -> QuerySet[Case]:
    notices = LegalNotice.objects.filter(email__iexact=email).exclude(email="").exclude(ground=NoticeGround.ABUSE)
    return Case.objects.open().filter(notice__in=notices)
