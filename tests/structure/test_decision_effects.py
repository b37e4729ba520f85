"""Whatever a moderator can decide has an effect in the registry, and each effect can be undone or says why not."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from common.errors import code_of
from directory.models import EntryRevision
from moderation.choices import Act, CaseKind
from moderation.decisions.available import available_acts
from moderation.decisions.effects import abuse_of_notices
from moderation.decisions.effects.abuse_of_notices import UNFOUNDED_BEFORE_WARNING, Standing
from moderation.decisions.effects.appeals import FINAL
from moderation.decisions.effects.base import Effect
from moderation.decisions.registry import EFFECTS, effect_for, why_irreversible
from moderation.errors import ActionRefusedError
from moderation.models import Case, Decision, LegalNotice
from moderation.policies.cases import column_of
from reports.choices import Status
from reports.models import Comment, Report, Revision, Warning
from tests.factories import NOON
from tests.pages_under_test import refuses
from tests.structure.test_code import CODE, name_of, tree_of

BY_CLASS = {type(effect): effect for effects in EFFECTS.values() for effect in effects.values()}


def people() -> list[User]:
    """Somebody who writes, and somebody who is suspended."""
    return [User(), User(suspended_until=timezone.now() + timedelta(days=1))]


def posts() -> Iterator[Any]:
    """Posts in every state that changes what can be decided, none of them stored."""
    for author in people():
        for status in (Status.PUBLISHED, Status.HIDDEN, Status.UNPUBLISHED):
            for marked in (True, False):
                about = Warning(author=author, status=status, locked=marked, disputed=marked)
                yield from (
                    about,
                    *(model(author=author, status=status, warning=about) for model in (Report, Comment)),
                )


def cases(kind: CaseKind) -> Iterator[Case]:
    """Cases of a kind about what it can be about, none of them stored."""
    about: dict[CaseKind, list[Any]] = {
        CaseKind.REPORT: [row for row in posts() if isinstance(row, Report)],
        CaseKind.AFTERWARDS: [row for row in posts() if not isinstance(row, Warning)],
        CaseKind.COMMENT: [row for row in posts() if isinstance(row, Comment)],
        CaseKind.FLAGS: [*posts(), *people()],
        CaseKind.SUGGESTION: [Revision(author=person) for person in people()],
        CaseKind.ENTRY: [EntryRevision(author=person) for person in people()],
        CaseKind.NOTICE: [*posts(), *people()],
        CaseKind.ACCOUNT: people(),
    }
    for row in about.get(kind, []):
        case = Case(kind=kind, **{column_of(row): row})
        if kind == CaseKind.NOTICE:
            case.notice = LegalNotice(email="ella@example.org", at=timezone.now())
        yield case
    if kind not in about:
        yield Case(kind=kind)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> dict[CaseKind, set[Act]]:
    """What can be decided on each kind of case, whatever it is about and whoever sent the notice."""
    found: dict[CaseKind, set[Act]] = {kind: set() for kind in CaseKind}
    for warned_at in (None, timezone.now() - timedelta(days=1)):
        known = Standing(unfounded=UNFOUNDED_BEFORE_WARNING, warned=warned_at)
        monkeypatch.setattr(abuse_of_notices, "sender_history", lambda *_, known=known, **__: known)
        for kind in CaseKind:
            for case in cases(kind):
                found[kind] |= set(available_acts(case))
    return found


def test_whatever_can_be_decided_has_an_effect_and_nothing_else(offered: dict[CaseKind, set[Act]]) -> None:
    assert set(EFFECTS) == set(CaseKind)
    assert {kind: set(effects) for kind, effects in EFFECTS.items()} == offered
    assert set.union(*offered.values()) == set(Act)


@pytest.mark.parametrize("effect", BY_CLASS.values(), ids=lambda effect: type(effect).__name__)
def test_each_effect_can_be_undone_or_says_why_it_cannot(effect: Effect) -> None:
    assert type(effect).apply is not Effect.apply
    assert (type(effect).revert is not Effect.revert) is not bool(effect.irreversible)
    if effect.irreversible:
        assert effect.irreversible.endswith(".")
        assert code_of(effect.irreversible)


def test_every_effect_is_in_the_registry() -> None:
    assert {one for one in subclasses(Effect) if one.__module__.startswith("moderation.")} == set(BY_CLASS)


def test_what_cannot_be_undone_refuses_with_its_reason() -> None:
    final = Decision(kind=CaseKind.APPEAL, act=Act.UPHOLD)
    assert why_irreversible(final) == FINAL
    with refuses(ActionRefusedError, "appeal-final"):
        effect_for(CaseKind.APPEAL, Act.UPHOLD).revert(final, User())


@pytest.mark.parametrize(
    ("kind", "act", "left", "code"),
    [
        (CaseKind.FLAGS, Act.REDACT, {"sealed": "x"}, ""),
        (CaseKind.FLAGS, Act.REDACT, {"sealed": ""}, "thrown-away"),
        (CaseKind.FLAGS, Act.REDACT, {"sealed": "", "undone_at": NOON}, ""),
        (CaseKind.SUGGESTION, Act.DECLINE, {"case_id": 1}, ""),
        (CaseKind.SUGGESTION, Act.DECLINE, {"case_id": None}, "gone"),
        (CaseKind.FLAGS, Act.SUSPEND, {"case_id": None}, ""),
    ],
)
def test_some_decisions_can_be_undone_for_as_long_as_something_is_left(
    kind: CaseKind, act: Act, left: dict[str, Any], code: str
) -> None:
    assert code_of(why_irreversible(Decision(kind=kind, act=act, **left))) == code


def test_only_the_registry_knows_which_effect_a_decision_has() -> None:
    """Nobody else applies or reverts effects, so that deciding and undoing cannot differ."""
    callers = {
        name_of(path)
        for path in CODE
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("moderation.decisions.effects")
        and {alias.name for alias in node.names} & {one.__name__ for one in BY_CLASS}
    }
    assert callers == {"warnings/moderation/decisions/registry.py"}


def subclasses(of: type[Any]) -> set[type[Any]]:
    return set(of.__subclasses__()).union(*(subclasses(one) for one in of.__subclasses__()))
