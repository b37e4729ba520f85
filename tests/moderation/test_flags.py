"""Flags: what they weigh, what they hide, and what becomes of them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import TrustLevel
from accounts.models import Notification, User
from directory.models import Tool
from moderation import auto_hide
from moderation.actions import flags
from moderation.actions.appeals import AppealError, appeal
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import FlagError, flag
from moderation.choices import FLAGGER, Act, CaseKind, FlagReason, FlagState
from moderation.decisions.input import DecisionInput
from moderation.flag_weights import Flagger, hides, weight_of
from moderation.models import Case, Decision, Flag
from reports.choices import Status
from reports.models import Warning
from tests.factories import CommentFactory, UserFactory, WarningFactory
from tests.moderation.making import reason
from tests.pages_under_test import elements, message_codes, part, refuses, states
from tests.reports.conftest import signed_in

MEMBER, TRUSTED, NEW = TrustLevel.MEMBER, TrustLevel.TRUSTED, TrustLevel.NEW
people = st.builds(Flagger, st.sampled_from(TrustLevel), upheld=st.integers(0, 50), turned_down=st.integers(0, 50))


def test_somebody_new_weighs_nothing_and_somebody_trusted_twice_a_member() -> None:
    assert weight_of(Flagger(NEW, upheld=9)) == 0
    assert (weight_of(Flagger(MEMBER)), weight_of(Flagger(TRUSTED))) == (1, 2)


def test_flags_that_were_turned_down_take_weight_away_and_those_upheld_never_add_more_than_was_there() -> None:
    weights = [weight_of(Flagger(MEMBER, turned_down=number)) for number in range(10)]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] < 0.2
    assert weight_of(Flagger(MEMBER, upheld=50)) == 1


@given(st.lists(people, max_size=1), st.booleans())
def test_one_person_hides_nothing(flaggers: list[Flagger], trusted: bool) -> None:
    assert not hides(flaggers, author_is_trusted=trusted)


@given(st.lists(st.builds(Flagger, st.sampled_from([NEW, MEMBER])), max_size=30))
def test_without_somebody_trusted_nothing_is_hidden(flaggers: list[Flagger]) -> None:
    assert not hides(flaggers, author_is_trusted=False)


@given(st.lists(people, max_size=8), st.integers(0, 500))
def test_new_accounts_never_change_what_is_hidden(flaggers: list[Flagger], fresh: int) -> None:
    crowd = [*flaggers, *[Flagger(NEW)] * fresh]
    assert hides(crowd, author_is_trusted=False) == hides(flaggers, author_is_trusted=False)


def test_what_a_trusted_person_wrote_needs_more() -> None:
    two = [Flagger(TRUSTED), Flagger(MEMBER)]
    assert hides(two, author_is_trusted=False)
    assert not hides(two, author_is_trusted=True)
    assert hides([*two, Flagger(TRUSTED)], author_is_trusted=True)


def by(level: TrustLevel) -> User:
    user: User = UserFactory(trust_level=level)
    return user


def raise_flag(target: Any, flagger: User | None) -> Flag:
    return flag(target=target, flagger=flagger, reason=FlagReason.UNTRUE, detail="It was another tool.")


@pytest.mark.django_db
def test_two_people_with_standing_hide_something_until_a_moderator_looks(warning: Warning, mona: User) -> None:
    raise_flag(warning, by(MEMBER))
    warning.refresh_from_db()
    assert warning.status == Status.PUBLISHED
    raise_flag(warning, by(TRUSTED))
    warning.refresh_from_db()
    assert warning.status == Status.HIDDEN
    assert Client().get(f"/warnings/{warning.slug}/").status_code == 404
    [automatic] = Decision.objects.filter(automatic=True)
    assert (automatic.act, automatic.by, automatic.person) == (Act.HIDE, None, warning.author)
    [case] = Case.objects.open().filter(kind=CaseKind.FLAGS)
    decide(actor=mona, case=case, choice=DecisionInput(Act.RESTORE, public_reason="It keeps to the guidelines."))
    warning.refresh_from_db()
    assert warning.status == Status.PUBLISHED
    assert set(Flag.objects.values_list("state", flat=True)) == {FlagState.TURNED_DOWN}


@pytest.mark.django_db
def test_five_hundred_new_accounts_hide_nothing_and_move_no_grade(warning: Warning) -> None:
    grades = list(Tool.objects.values_list("slug", "grade", "risk"))
    order = list(Warning.objects.sorted_by("helpful").values_list("pk", flat=True))
    crowd = User.objects.bulk_create([User(handle=f"fresh{n}", handle_folded=f"fresh{n}") for n in range(500)])
    Flag.objects.bulk_create(Flag(flagger=user, warning=warning, reason=FlagReason.OTHER) for user in crowd[5:])
    for user in crowd[:5]:
        raise_flag(warning, user)
    warning.refresh_from_db()
    assert warning.status == Status.PUBLISHED
    assert Case.objects.open().filter(kind=CaseKind.FLAGS).count() == 1
    assert list(Tool.objects.values_list("slug", "grade", "risk")) == grades
    assert list(Warning.objects.sorted_by("helpful").values_list("pk", flat=True)) == order


@pytest.mark.django_db
def test_one_person_flags_once_and_never_their_own(warning: Warning, bob: User, alice: User) -> None:
    assert raise_flag(warning, bob) == raise_flag(warning, bob)
    with pytest.raises(FlagError, match="yours"):
        raise_flag(warning, alice)
    assert Flag.objects.count() == 1


@pytest.mark.django_db
def test_flaggers_learn_what_became_of_it_and_appeal_when_it_was_turned_down(
    warning: Warning, bob: User, mona: User, max_: User
) -> None:
    made = raise_flag(warning, bob)
    case = Case.objects.get(kind=CaseKind.FLAGS)
    decision = decide(
        actor=mona, case=case, choice=DecisionInput(Act.NO_ACTION, public_reason="We found two more reports.")
    )
    notice = Notification.objects.get(recipient=bob, key=f"flag:{made.public_id}")
    page = signed_in(bob).get(notice.address)
    assert "We found two more reports." in page.content.decode()
    appealed = appeal(decision=decision, text="These reports are about another tool.", by=bob, role=FLAGGER)
    with refuses(AppealError, "appealed-already"):
        appeal(decision=decision, text="Once more.", by=bob, role=FLAGGER)
    decide(actor=max_, case=appealed.case, choice=DecisionInput(Act.OVERTURN, public_reason="They are."))
    made.refresh_from_db()
    assert made.state == FlagState.OPEN
    assert Case.objects.open().filter(kind=CaseKind.FLAGS).count() == 1


@pytest.mark.django_db
def test_a_flag_that_proved_right_is_told_and_undoing_lets_it_wait_again(
    warning: Warning, bob: User, mona: User
) -> None:
    made = raise_flag(warning, bob)
    case = Case.objects.get(kind=CaseKind.FLAGS)
    decision = decide(actor=mona, case=case, choice=DecisionInput(Act.UNPUBLISH, reason=reason("not-true")))
    made.refresh_from_db()
    assert made.state == FlagState.UPHELD
    undo(actor=mona, decision=decision, note="")
    made.refresh_from_db()
    assert made.state == FlagState.OPEN


@pytest.mark.django_db
def test_without_an_account_a_flag_is_read_and_weighs_nothing(warning: Warning) -> None:
    answer = Client().post(f"/flag/warning/{warning.slug}/", {"reason": "personal", "detail": "A name in line two"})
    assert states(answer) == ["flagged"]
    [made] = Flag.objects.all()
    assert (made.flagger, made.detail) == (None, "A name in line two")
    assert Case.objects.open().count() == 1


@pytest.mark.django_db
def test_flags_without_an_account_have_a_limit(warning: Warning) -> None:
    client = Client()
    sent = [{"reason": "spam", "detail": f"Advertising, number {number}"} for number in range(7)]
    answers = [client.post(f"/flag/warning/{warning.slug}/", one).status_code for one in sent]
    assert answers == [200] * 5 + [429] * 2
    assert Flag.objects.count() == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/flag/nothing/x/", "/flag/comment/x/", "/flag/warning/no-such/", "/flag/tool/x/"]
)
def test_what_is_not_there_cannot_be_flagged(address: str) -> None:
    assert Client().get(address).status_code == 404


@pytest.mark.django_db
def test_a_comment_can_be_flagged_and_is_hidden_alone(warning: Warning) -> None:
    comment = CommentFactory(warning=warning)
    raise_flag(comment, by(TRUSTED))
    raise_flag(comment, by(TRUSTED))
    comment.refresh_from_db()
    warning.refresh_from_db()
    assert (comment.status, warning.status, warning.comment_count) == (Status.HIDDEN, Status.PUBLISHED, 0)


@pytest.mark.django_db
def test_what_is_hidden_cannot_be_flagged_again() -> None:
    with refuses(FlagError, "not-shown"):
        raise_flag(WarningFactory(status=Status.HIDDEN), by(MEMBER))


@pytest.mark.django_db
def test_the_form_refuses_what_it_does_not_know(warning: Warning) -> None:
    client = Client()
    for data in (
        {},
        {"reason": "nonsense"},
        {"reason": "spam", "website": "https://x"},
        {"reason": "spam", "detail": "x" * 1_001},
    ):
        assert client.post(f"/flag/warning/{warning.slug}/", data).status_code == 422
    assert not Flag.objects.exists()


@pytest.mark.django_db
def test_the_rule_stops_by_itself_when_it_hides_too_much_and_all_it_did_can_be_undone(mona: User) -> None:
    # It takes seconds: the rule has to hide enough to stop.
    people = [by(TRUSTED), by(TRUSTED)]
    rows = [WarningFactory() for _ in range(auto_hide.A_DAY.most + 1)]
    for row in rows:
        for person in people:
            raise_flag(row, person)
        row.refresh_from_db()
    assert [row.status for row in rows] == [Status.HIDDEN] * auto_hide.A_DAY.most + [Status.PUBLISHED]
    assert Notification.objects.filter(recipient=mona, key="rule-stopped").exists()
    Authenticator.objects.create(user=mona, type=Authenticator.Type.TOTP, data={"secret": "x"})
    desk = signed_in(mona)
    page = desk.get("/moderation/rule/")
    assert states(page) == ["stopped-itself"]
    assert " 21 " in part(page, "dry-run")
    [case] = Case.objects.open().filter(warning=rows[0])
    decide(actor=mona, case=case, choice=DecisionInput(Act.RESTORE, public_reason="It keeps to the guidelines."))
    page = desk.post("/moderation/rule/", follow=True)
    assert message_codes(page) == ["rule-undone"]
    [message] = elements(page, data_message="rule-undone")
    assert re.findall(r"\d+", message.text) == [str(auto_hide.A_DAY.most - 1), "1"]
    for row in rows:
        row.refresh_from_db()
        assert row.status == Status.PUBLISHED
    assert Case.objects.open().filter(kind=CaseKind.FLAGS).count() == auto_hide.A_DAY.most


@pytest.mark.django_db
def test_a_dry_run_tells_what_would_be_hidden_and_hides_nothing(warning: Warning, mona: User) -> None:
    now = timezone.now()
    assert auto_hide.dry_run(now) == auto_hide.DryRun(0, [])
    raise_flag(warning, by(MEMBER))
    assert auto_hide.dry_run(now) == auto_hide.DryRun(1, [], past=1)
    assert auto_hide.state(now) == auto_hide.State(hidden=0, standing=0)
    raise_flag(warning, by(TRUSTED))
    [case] = Case.objects.open().filter(warning=warning)
    decide(actor=mona, case=case, choice=DecisionInput(Act.RESTORE, public_reason="It keeps to the guidelines."))
    assert auto_hide.dry_run(timezone.now()) == auto_hide.DryRun(0, [], past=1)


@pytest.mark.django_db
def test_a_dry_run_over_the_past_tells_how_often_the_rule_would_have_been_wrong(mona: User) -> None:
    people = [by(TRUSTED), by(TRUSTED)]
    for act, slug in ((Act.RESTORE, "keeps-to-the-rules"), (Act.UNPUBLISH, "not-true")):
        row = WarningFactory()
        for person in people:
            raise_flag(row, person)
        [case] = Case.objects.open().filter(warning=row)
        decide(actor=mona, case=case, choice=DecisionInput(act, reason=reason(slug)))
    assert auto_hide.dry_run(timezone.now()) == auto_hide.DryRun(0, [], past=2, past_hidden=2, past_left=1)
    assert auto_hide.dry_run(timezone.now() + timedelta(days=366)) == auto_hide.DryRun(0, [])


@pytest.mark.django_db
def test_a_dry_run_needs_the_same_queries_for_any_number_of_flags(warning: Warning) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            auto_hide.dry_run(timezone.now())
        return len(seen)

    raise_flag(warning, by(MEMBER))
    once = queries()
    for _ in range(20):
        raise_flag(WarningFactory(), by(MEMBER))
    assert queries() == once


@pytest.mark.django_db
def test_an_administrator_stops_the_rule_and_lets_it_work_again(warning: Warning, ada: User, mona: User) -> None:
    for person in (ada, mona):
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert signed_in(mona).post("/moderation/rule/", {"most": "0"}).status_code == 403
    desk = signed_in(ada)
    assert message_codes(desk.post("/moderation/rule/", {"most": "0"}, follow=True)) == ["rule-stopped"]
    for person in (by(TRUSTED), by(TRUSTED)):
        raise_flag(warning, person)
    warning.refresh_from_db()
    assert warning.status == Status.PUBLISHED
    assert states(desk.get("/moderation/rule/")) == ["stopped"]
    desk.post("/moderation/rule/", {"most": "20"})
    raise_flag(warning, by(MEMBER))
    warning.refresh_from_db()
    assert warning.status == Status.HIDDEN


@pytest.mark.django_db
def test_what_the_rule_did_long_ago_is_undone_as_well(warning: Warning, mona: User) -> None:
    for person in (by(TRUSTED), by(TRUSTED)):
        raise_flag(warning, person)
    Decision.objects.update(at=timezone.now() - timedelta(days=40))
    assert flags.undo_all(actor=mona) == (1, 0)
    warning.refresh_from_db()
    assert warning.status == Status.PUBLISHED
