"""Flag posts and sources, and undo what the flag rule hid. Each action is one transaction."""

from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from accounts.permissions import STAFF, TRUSTED
from common.errors import ForewarnedError, Sentence
from directory.models import Source
from moderation import auto_hide
from moderation.actions.cases import open_case
from moderation.actions.decisions import undo
from moderation.choices import Act, Basis, CaseKind, FlagReason
from moderation.decisions.available import person_of_case, report_of_case
from moderation.decisions.effects import sources
from moderation.decisions.input import Outcome
from moderation.decisions.log import record_decision
from moderation.decisions.notify import notify_person
from moderation.errors import ActionRefusedError, ConflictOfInterestError
from moderation.flag_weights import hides, weight_of
from moderation.models import Case, Decision, Flag
from moderation.policies.cases import require_moderator
from moderation.policies.flags import flaggers_of
from reports.actions import moderation as moderation_actions
from reports.choices import Status
from reports.locks import lock_posts
from reports.models import Comment, Report, Warning
from reports.post_states import states_of


class FlagError(ForewarnedError):
    """This cannot be flagged, or not by this user. The message gives the reason."""


class FlaggedAlreadyError(FlagError):
    """The user flagged this before, and said something else then: `flag`."""

    sentence = Sentence(
        "You flagged this already, and a moderator has not looked at it yet. What you sent now is different and was"
        " not sent.",
        "flagged-already",
    )

    def __init__(self, flag: Flag) -> None:
        super().__init__()
        self.flag = flag


@transaction.atomic
def flag(*, target: Warning | Report | Comment, flagger: User | None, reason: FlagReason, detail: str) -> Flag:
    """Flag a post for the moderators. Idempotent per user, reason and detail. Raises FlagError.

    Other words about a post that the user has flagged raise FlaggedAlreadyError: one flag of each person waits.

    If the flags of independent people carry enough weight, the post is hidden until a moderator reviews it.
    """
    row: Any = lock_posts(target)
    if row.status != Status.PUBLISHED:
        raise FlagError("This is not shown at present: a moderator looks at it.", "not-shown")
    if flagger is not None and row.author_id == flagger.pk:
        raise FlagError("This is yours. You can change or delete it instead.", "own")
    if flagger is not None and flagger.is_suspended:
        raise FlagError("Your account may read but not write for now.", "suspended")
    made = _store(row, flagger, reason, detail)
    weighed = flaggers_of(row, timezone.now())
    standing = sum(weight_of(flagger) > 0 for flagger in weighed)
    case = open_case(kind=CaseKind.FLAGS, target=row, flags=standing)
    author = row.author
    if hides(weighed, author_is_trusted=author is not None and author.trust_level in TRUSTED):
        state = auto_hide.state(timezone.now())
        if not state.works:
            _notify_that_it_stopped(state)
            return made
        _hide(row, case)
        # A hidden post gets an earlier deadline.
        row.refresh_from_db()
        open_case(kind=CaseKind.FLAGS, target=row, flags=standing)
    return made


@transaction.atomic
def flag_source(*, target: Source, flagger: User | None, reason: FlagReason, detail: str) -> Flag:
    """Flag a source as changed or gone. Idempotent per user, reason and detail. Raises FlagError.

    If the flags carry enough weight to hide a post, the source is marked as changed, and facts that rest on it alone
    leave the grade until a moderator has reviewed it. Fewer flags only open a case, so that new accounts cannot move
    a grade.
    """
    row = Source.objects.select_for_update().get(pk=target.pk)
    if flagger is not None and flagger.is_suspended:
        raise FlagError("Your account may read but not write for now.", "suspended")
    made = _store(row, flagger, reason, detail)
    weighed = flaggers_of(row, timezone.now())
    case = open_case(kind=CaseKind.SOURCE, target=row, flags=sum(weight_of(one) > 0 for one in weighed))
    if row.reported_changed_on is None and hides(weighed, author_is_trusted=False):
        state = auto_hide.state(timezone.now())
        if state.works:
            _mark(row, case)
        else:
            _notify_that_it_stopped(state)
    return made


@transaction.atomic
def undo_all(*, actor: User) -> tuple[int, int]:
    """Undo every automatic decision that is still in force; return how many were undone and how many could not be."""
    require_moderator(actor)
    done = left = 0
    for decision in Decision.objects.not_undone().filter(automatic=True):
        try:
            with transaction.atomic():
                undo(actor=actor, decision=decision, note="All that the rule did was undone")
            done += 1
        except (ActionRefusedError, ConflictOfInterestError):
            left += 1
    return done, left


def _notify_that_it_stopped(state: auto_hide.State) -> None:
    if not state.most:
        # An administrator set the limit to zero, so staff need no notification.
        return
    notifications.notify(
        recipients=User.objects.filter(trust_level__in=STAFF),
        kind=NotificationKind.CASE,
        key="rule-stopped",
        text="Flags hid so much within a day that the rule stopped by itself; please look",
        address=reverse("flag_rule"),
    )


def _store(row: Any, flagger: User | None, reason: FlagReason, detail: str) -> Flag:
    fields: dict[str, Any] = {row._meta.model_name: row, "flagger": flagger}
    if flagger is not None:
        known = Flag.objects.open().filter(**fields).first()
        if known is not None:
            return _same(known, reason, detail)
    try:
        with transaction.atomic():
            return Flag.objects.create(**fields, reason=reason, detail=detail)
    except IntegrityError:
        # A concurrent request of the same user stored the flag first.
        return _same(Flag.objects.open().get(**fields), reason, detail)


def _same(known: Flag, reason: FlagReason, detail: str) -> Flag:
    """Return a flag that says this. Raises FlaggedAlreadyError."""
    if (known.reason, known.detail) != (reason, detail):
        raise FlaggedAlreadyError(known)
    return known


def _mark(source: Source, case: Case) -> None:
    """Mark a source as changed on behalf of the flag rule; a moderator reviews it."""
    today = timezone.localdate()
    checked_on = source.last_checked_on
    done = sources.mark(
        source=source, actor="system", reported_changed_on=today, last_checked_on=checked_on, today=today
    )
    _decided(case, Act.RECHECK, done, public_reason="Several readers with standing say that this page has changed.")


def _hide(row: Any, case: Case) -> None:
    """Hide a post by the flag rule and notify its author; a moderator decides afterwards."""
    before = states_of([row])
    moderation_actions.move_to(
        actor="system", post=row, status=Status.HIDDEN, reason="flags of several people with standing"
    )
    row.refresh_from_db()
    done = Outcome(before=before, after=states_of([row]))
    public_reason = "Several readers with standing flagged this. It is hidden until a moderator has looked."
    notify_person(_decided(case, Act.HIDE, done, public_reason=public_reason))


def _decided(case: Case, act: Act, done: Outcome, *, public_reason: str) -> Decision:
    """Create a decision of the flag rule and log it like a moderator's."""
    made: Decision = Decision.objects.create(
        case=case,
        kind=case.kind,
        act=act,
        basis=Basis.RULE,
        automatic=True,
        title=case.title,
        public_reason=public_reason,
        person=person_of_case(case),
        report=report_of_case(case),
        before=done.before,
        after=done.after,
        opened_at=case.opened_at,
    )
    record_decision(made, act, actor="system")
    return made
