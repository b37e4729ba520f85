"""Open, close and claim cases. Each action is one transaction."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from directory.grade import is_stale
from directory.models import Source, ToolFeature
from moderation.choices import CaseKind, CaseState
from moderation.errors import ConflictOfInterestError
from moderation.flag_weights import weight_of
from moderation.models import Case, LegalNotice, SavedView
from moderation.policies.cases import column_of, key_of, require_free, require_moderator
from moderation.policies.decisions import FLAGGABLE, why_not
from moderation.policies.flags import flaggers_of
from moderation.priority import Signs, due_at
from moderation.querysets import CaseQuerySet
from moderation.queue.triage import kind_of, may_be_reviewed_later, signs_of, title_of
from moderation.spam_scores import SCORED, hints_of, score_of
from reports.choices import Status
from reports.models import Comment, Report

CLAIM_LASTS = timedelta(minutes=10)
STALE_AT_ONCE = 50


@transaction.atomic
def refresh_case(*, target: Any, now: datetime | None = None) -> Case | None:
    """Open the case that a post needs, or close the one it no longer needs; return the open case or None.

    A case without a decision is deleted. A post that was published without a moderator gets a case for later review
    if it is a report with a text, or a comment that looks like spam. That case ends when the post is public no more.
    """
    kind, now = kind_of(target), now or timezone.now()
    own = [CaseKind.REPORT, CaseKind.COMMENT, CaseKind.SUGGESTION, CaseKind.ENTRY, CaseKind.ALARM]
    keys = [key_of(each, target) for each in [*own, CaseKind.AFTERWARDS]]
    here = {case.kind: case for case in Case.objects.open().filter(key__in=keys)}
    later = here.pop(CaseKind.AFTERWARDS, None)
    if later is not None and not may_be_reviewed_later(target):
        _drop(later, now)
    if kind is not None:
        return open_case(kind=kind, target=target, now=now)
    for case in here.values():
        decided, spam = case.decisions.exists(), case.looks_like_spam
        _drop(case, now)
        if not decided and _is_looked_at_afterwards(target, spam):
            return open_case(kind=CaseKind.AFTERWARDS, target=target, now=now)
    return None


@transaction.atomic
def open_case(*, kind: CaseKind, target: Any, now: datetime | None = None, flags: int = 0) -> Case:
    """Return the open case of a kind about a post, or create it; update its title, hints, spam score and deadline."""
    now = now or timezone.now()
    key = key_of(kind, target)
    case = Case.objects.select_for_update(of=("self",)).open().filter(key=key).first()
    if case is None:
        case = Case(kind=kind, key=key, opened_at=now, **{column_of(target): target})
    case.title = title_of(target) if hasattr(target, "warning") or hasattr(target, "title") else str(target)[:300]
    found = score_of(target, now) if kind in SCORED else None
    if found is not None:
        case.spam = round(found.total, 3)
        case.hints = hints_of(found)
    case.due_at = _deadline(case, target, flags=flags)
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:
        # Another transaction opened the case first.
        theirs: Case = Case.objects.open().get(key=key)
        return theirs
    return case


@transaction.atomic
def retitle(*, warnings: Sequence[int]) -> None:
    """Update the titles of open cases about some warnings (by key), or about what belongs to them."""
    _retitle(Case.objects.open().below(warnings))


@transaction.atomic
def reopen(*, case: Case) -> None:
    """Reopen a closed case with a current title, unless another case with the same key is open by now."""
    if Case.objects.open().filter(key=case.key).exists():
        return
    case.state, case.closed_at = CaseState.OPEN, None
    case.save(update_fields=["state", "closed_at"])
    _retitle(Case.objects.filter(pk=case.pk))


@transaction.atomic
def renew_deadline(*, case: Case) -> None:
    """Give a case that was opened again the whole time of its kind, and tell the same to the sender of a notice."""
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    row.due_at = _deadline(row, row.subject, flags=_standing(row))
    row.save(update_fields=["due_at"])
    LegalNotice.objects.filter(case=row).update(due_at=row.due_at)


@transaction.atomic
def follow_up(*, target: Any, words: str) -> Case:
    """Open a case for a problem that a moderator has to fix by hand; `words` describe it."""
    case = open_case(kind=CaseKind.SOURCE if isinstance(target, Source) else CaseKind.FLAGS, target=target)
    case.hints = [*case.hints, {"hint": words}]
    case.save(update_fields=["hints"])
    return case


@transaction.atomic
def open_stale_facts(*, today: date) -> int:
    """Open a case for each fact that needs a re-check, the longest unchecked first; return the number of new cases.

    A fact needs one when it is stale or when one of its sources has changed. At most `STALE_AT_ONCE` cases are opened
    at a time, so that the queue stays manageable.
    """
    waiting = Case.objects.open().filter(kind=CaseKind.FACT).values("fact")
    facts = ToolFeature.objects.filter(reviewed=True).exclude(pk__in=waiting).select_related("tool", "feature")
    changed = set(facts.filter(sources__reported_changed_on__isnull=False).values_list("pk", flat=True))
    stale = [
        fact for fact in facts.order_by("checked_on", "pk") if fact.pk in changed or is_stale(fact.checked_on, today)
    ]
    for fact in stale[:STALE_AT_ONCE]:
        open_case(kind=CaseKind.FACT, target=fact)
    return len(stale[:STALE_AT_ONCE])


@transaction.atomic
def close_case(*, case: Case, now: datetime | None = None) -> None:
    """Close a case if it is open."""
    row = Case.objects.select_for_update(of=("self",)).open().filter(pk=case.pk).first()
    if row is not None:
        _close(row, now or timezone.now())


@transaction.atomic
def claim(*, actor: User, case: Case, now: datetime | None = None) -> Case:
    """Claim a case for ten minutes, or extend the claim by ten more.

    Raises PermissionDenied, the errors of `require_free`, and ConflictOfInterestError where another moderator must
    decide.
    """
    require_moderator(actor)
    now = now or timezone.now()
    row: Case = Case.objects.select_for_update(of=("self",)).select_related("claimed_by").get(pk=case.pk)
    require_free(row, actor, now)
    refusal = why_not(actor, Case.objects.get(pk=case.pk))
    if refusal:
        raise ConflictOfInterestError(refusal)
    row.claimed_by, row.claim_expires_at = actor, now + CLAIM_LASTS
    row.save(update_fields=["claimed_by", "claim_expires_at"])
    return row


@transaction.atomic
def release(*, actor: User, case: Case) -> None:
    """Release a claimed case."""
    Case.objects.filter(pk=case.pk, claimed_by=actor).update(claimed_by=None, claim_expires_at=None)


@transaction.atomic
def save_view(*, actor: User, name: str, query: str) -> SavedView:
    """Save a filter of the queue under a name, replacing the actor's filter of the same name."""
    require_moderator(actor)
    view, _ = SavedView.objects.update_or_create(user=actor, name=name, defaults={"query": query})
    return view


@transaction.atomic
def delete_view(*, actor: User, key: int) -> None:
    """Delete one of the actor's own saved filters."""
    SavedView.objects.filter(user=actor, pk=key).delete()


def _deadline(case: Case, target: Any, *, flags: int) -> datetime:
    """Return when a case about a post, or about nothing that still exists, has to be decided."""
    # What people sent to the moderators directly has a promised time, which no signs change.
    promised = case.kind in (CaseKind.NOTICE, CaseKind.APPEAL, CaseKind.STATEMENT) or target is None
    signs = Signs() if promised else signs_of(target, flags=flags, spam=case.spam)
    return due_at(CaseKind(case.kind), _waits_since(case), signs)


def _waits_since(case: Case) -> datetime:
    """Return when a case was opened, or opened again because its last decision was undone."""
    undone = case.decisions.aggregate(last=Max("undone_at"))["last"] if case.pk else None
    return max(case.opened_at, undone or case.opened_at)


def _standing(case: Case) -> int:
    """Return the number of open flags on the subject of a case that carry weight."""
    if case.kind not in (CaseKind.FLAGS, CaseKind.SOURCE) or not isinstance(case.subject, FLAGGABLE):
        return 0
    return sum(weight_of(flagger) > 0 for flagger in flaggers_of(case.subject, timezone.now()))


def _retitle(cases: CaseQuerySet) -> None:
    for case in cases.titled_after_a_warning().with_titles().order_by("pk"):
        title = title_of(case.subject)
        if title != case.title:
            Case.objects.filter(pk=case.pk).update(title=title)


def _is_looked_at_afterwards(target: Any, spam: bool) -> bool:
    if getattr(target, "status", "") != Status.PUBLISHED or getattr(target, "founding", False):
        return False
    return (isinstance(target, Report) and bool(target.body)) or (isinstance(target, Comment) and spam)


def _drop(case: Case, now: datetime) -> None:
    """Close a case that is no longer needed, or delete it if it has no decision."""
    if case.decisions.exists():
        _close(case, now)
    else:
        case.delete()


def _close(case: Case, now: datetime) -> None:
    case.state, case.closed_at, case.claimed_by, case.claim_expires_at = CaseState.CLOSED, now, None, None
    case.save()
