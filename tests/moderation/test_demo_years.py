"""The demo year depends on its seed only, and comes as a whole or not at all."""

import random
from datetime import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from common.errors import Sentence
from directory.models import Tactic
from moderation.choices import Act, CaseKind
from moderation.demo import actions, year
from moderation.errors import ActionRefusedError
from moderation.management.commands import demo_data
from moderation.models import Case, Decision, Flag
from reports.models import Comment, Report, Warning
from search.models import IndexedDocument
from tests.factories import UserFactory, WarningFactory
from tests.moderation.making import case_of, flagged, waiting_report

pytestmark = pytest.mark.django_db

FEW = 2


def events(now: datetime) -> list[Any]:
    """What happened in a year, and how many minutes before its end."""

    def ago(at: datetime | None) -> int | None:
        return round((now - at).total_seconds() / 60) if at else None

    return [
        *((row.act, row.kind, row.by and row.by.handle, ago(row.at)) for row in Decision.objects.order_by("pk")),
        *((row.kind, row.state, row.title) for row in Case.objects.order_by("pk")),
        *(
            (row.body, row.author and row.author.handle, ago(row.created_at))
            for row in Report.objects.filter(founding=False).order_by("pk")
        ),
        *((row.body, row.status, row.vote_count) for row in Comment.objects.filter(voice="").order_by("pk")),
        *((row.flagger.handle, row.reason, ago(row.at)) for row in Flag.objects.order_by("pk") if row.flagger),
    ]


def year_of(seed: int, now: datetime) -> list[Any]:
    """Make a year and take it back."""
    with transaction.atomic():
        year.make_a_year(seed=seed, now=now, said=print)
        made = events(now)
        transaction.set_rollback(True)
    return made


def reverse_unsorted_rows(on: bool) -> None:
    """Let SQLite return rows the other way round where no query sorts them, as another database may."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA reverse_unordered_selects = {int(on)}")


def test_the_same_seed_makes_the_same_year_in_whichever_order_rows_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(year, "REPORTS", FEW)
    now = timezone.now()
    first = year_of(3, now)
    reverse_unsorted_rows(True)
    try:
        assert year_of(3, now) == first
    finally:
        reverse_unsorted_rows(False)


def stop(**_: Any) -> None:
    """Refuse, as an action would."""
    raise ActionRefusedError("It does not go with this case.", "wrong-act")


def interrupted(*_: Any, **__: Any) -> None:
    """Stop, as Ctrl-C does."""
    raise KeyboardInterrupt


def rows() -> list[int]:
    return [model.objects.count() for model in (User, Warning, Report, Comment, Case, Decision, IndexedDocument)]


@pytest.mark.parametrize(
    ("broken", "by"), [("make_a_year", stop), ("call_command", interrupted)], ids=["year", "index"]
)
def test_a_failed_or_interrupted_run_leaves_nothing_and_can_be_repeated(
    monkeypatch: pytest.MonkeyPatch, broken: str, by: Any
) -> None:
    monkeypatch.setattr(year, "REPORTS", 0)
    before = rows()
    with monkeypatch.context() as patch:
        patch.setattr(demo_data, broken, by)
        with pytest.raises((CommandError, KeyboardInterrupt)):
            call_command("demo_data")
    assert rows() == before
    call_command("demo_data", verbosity=0)
    assert rows() != before


def test_a_failed_run_names_the_next_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_data, "make_a_year", stop)
    with pytest.raises(CommandError, match=r"--seed 8\b"):
        call_command("demo_data", "--seed", "7")


def people_wrote() -> None:
    WarningFactory()


def handle_taken() -> None:
    UserFactory(handle="fink")


def directory_empty() -> None:
    Tactic.objects.all().delete()


@pytest.mark.parametrize(
    ("prepare", "code"),
    [(people_wrote, "not-empty"), (handle_taken, "handles-taken"), (directory_empty, "no-catalogue")],
)
def test_a_site_that_it_does_not_go_with_is_refused_and_says_why(prepare: Any, code: str) -> None:
    prepare()
    before = rows()
    with pytest.raises(year.DemoRefusedError) as refused:
        year.make_a_year(seed=1, now=timezone.now(), said=print)
    assert refused.value.code == code
    assert isinstance(refused.value.sentence, Sentence)
    assert rows() == before


@pytest.mark.parametrize("number", range(4))
def test_a_decision_that_does_not_go_with_the_case_is_replaced_by_one_that_does(mona: User, number: int) -> None:
    """A shown warning cannot be shown again; one that flags hid cannot be left as it is."""
    case = flagged(WarningFactory())
    decision = actions.decide_on(
        case=case, moderators=[mona], chance=random.Random(number), at=timezone.now(), now=timezone.now()
    )
    assert decision is not None
    assert decision.act in (Act.NO_ACTION, Act.UNPUBLISH)


def test_the_first_decision_that_goes_is_made_and_none_if_none_goes(mona: User) -> None:
    case, now = flagged(WarningFactory()), timezone.now()
    assert actions.decide_so(case=case, moderators=[mona], acts=[Act.RESTORE], at=now) is None
    made = actions.decide_so(case=case, moderators=[mona], acts=[Act.RESTORE, Act.NO_ACTION], at=now)
    assert made is not None
    assert (made.act, made.kind) == (Act.NO_ACTION, CaseKind.FLAGS)


def test_a_moderator_with_a_conflict_of_interest_does_not_decide(mona: User, max_: User) -> None:
    case, now = flagged(WarningFactory(author=mona)), timezone.now()
    assert actions.decide_so(case=case, moderators=[mona], acts=[Act.NO_ACTION], at=now) is None
    made = actions.decide_so(case=case, moderators=[mona, max_], acts=[Act.NO_ACTION], at=now)
    assert made is not None
    assert made.by == max_


class Rash(random.Random):
    """Lets every decision be undone that may be."""

    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize("possible", [True, False])
def test_a_decision_that_cannot_be_undone_stands(mona: User, monkeypatch: pytest.MonkeyPatch, possible: bool) -> None:
    if not possible:
        monkeypatch.setattr(actions, "undo", stop)
    now = timezone.now()
    case = case_of(waiting_report(author=UserFactory()))
    made = actions.decide_on(case=case, moderators=[mona], chance=Rash(1), at=now, now=now)
    assert made is not None
    made.refresh_from_db()
    assert (made.undone_at is not None) == possible
