"""Erase a user's or post's words from cases and decisions. What was decided, and why, is kept."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.models import Notification, User
from moderation.actions.cases import close_case
from moderation.choices import CaseKind
from moderation.models import Case, Decision, Flag, LegalNotice
from reports.erase import TITLE
from reports.models import Alarm, Warning

NOBODY = "former member"
_OF_WARNING = ("warning", "report__warning", "comment__warning", "revision__warning", "alarm__warning")
# Notices and appeals are answered even if the post they are about is gone.
_ANSWERED = (CaseKind.NOTICE, CaseKind.APPEAL)


def erase_posts(model: type[Any], keys: Collection[int], slugs: Mapping[str, str]) -> None:
    """Erase the words of erased posts from cases and decisions: titles, URLs, stored states and open flags."""
    name = str(model._meta.model_name)
    paths = _OF_WARNING if model is Warning else (name,)
    cases = Case.objects.filter(_any(paths, keys))
    own = _any(("report__warning",) if model is Warning else ("report",), keys) if name != "comment" else Q(pk=None)
    decisions = Decision.objects.filter(Q(case__in=list(cases)) | own)
    for decision in decisions:
        decision.before, decision.after = (
            [_bare(state, name, keys) for state in states] for states in (decision.before, decision.after)
        )
        for old, new in slugs.items():
            decision.address = decision.address.replace(f"/warnings/{old}/", f"/warnings/{new}/")
        decision.save(update_fields=["before", "after", "address"])
    if model is Warning and not slugs:
        return
    if model is Warning:
        _erase_titles(cases, decisions, keys, slugs)
    Flag.objects.open().filter(**{f"{name}__in": keys}).delete()
    for case in cases.open().filter(**{f"{name}__in": keys}).exclude(kind__in=_ANSWERED):
        close_case(case=case)
    cases.update(hints=[])


def lock_about(user: User) -> None:
    """Lock the cases and decisions that erasing an account changes, before the audit log as decisions do."""
    about = Q(account=user) | Q(alarm__in=_alarms_of(user)) | Q(appeal__by=user) | Q(appeal__decision__person=user)
    cases = list(Case.objects.filter(about).select_for_update(of=("self",)).order_by("pk"))
    decisions = Decision.objects.filter(Q(case__in=cases) | Q(person=user))
    list(decisions.select_for_update(of=("self",)).order_by("pk"))


def erase_handle(user: User) -> None:
    """Remove an erased user's handle from cases and decisions about them, and from alarms."""
    cases = Case.objects.filter(account=user)
    alarms = _alarms_of(user)
    for alarm in alarms:
        alarm.evidence = _without_name(alarm.evidence, user.handle)
        Alarm.objects.filter(pk=alarm.pk).update(evidence=alarm.evidence)
    about = Case.objects.filter(Q(pk__in=list(cases.values_list("pk", flat=True))) | Q(alarm__in=list(alarms)))
    for case in about:
        Case.objects.filter(pk=case.pk).update(title=_without_name(case.title, user.handle))
    for decision in Decision.objects.filter(Q(case__in=list(about)) | Q(person=user)):
        fields = ["public_reason", "note", "undone_note", *(["title"] if decision.case in about else [])]
        for name in fields:
            setattr(decision, name, _without_name(getattr(decision, name), user.handle))
        decision.save(update_fields=fields)
        Case.objects.filter(appeal__decision=decision).update(title=decision.title)
    Notification.objects.filter(address=reverse("profile", kwargs={"handle": user.handle})).update(
        address=reverse("queue")
    )


def _alarms_of(user: User) -> Any:
    return Alarm.objects.filter(evidence__icontains=user.handle)


def _erase_titles(cases: Any, decisions: Any, keys: Collection[int], slugs: Mapping[str, str]) -> None:
    found = list(decisions.values_list("pk", flat=True))
    Decision.objects.filter(pk__in=found).update(title=TITLE, sealed="")
    Case.objects.filter(appeal__decision__in=found).update(title=TITLE)
    cases.update(title=TITLE)
    for notice in LegalNotice.objects.filter(_any(("warning", "report__warning", "comment__warning"), keys)):
        for old, new in slugs.items():
            notice.url = notice.url.replace(f"/warnings/{old}/", f"/warnings/{new}/")
        notice.save(update_fields=["url"])


def _any(paths: Collection[str], keys: Collection[int]) -> Q:
    condition = Q(pk=None)
    for path in paths:
        condition |= Q(**{f"{path}__in": keys})
    return condition


def _bare(state: Any, kind: str, keys: Collection[int]) -> Any:
    """Return a state without texts if it belongs to one of these posts."""
    of_these = isinstance(state, dict) and state.get("kind") == kind and state.get("key") in keys
    return state | {"texts": {}} if of_these and "texts" in state else state


def _without_name(value: Any, handle: str) -> Any:
    """Return a text, or a list or dict of texts, with `NOBODY` instead of a handle that is a separate word."""
    if isinstance(value, str):
        return re.sub(rf"(?<![\w-]){re.escape(handle)}(?![\w-])", NOBODY, value, flags=re.IGNORECASE)
    if isinstance(value, list):
        return [_without_name(part, handle) for part in value]
    if isinstance(value, dict):
        return {key: _without_name(part, handle) for key, part in value.items()}
    return value
