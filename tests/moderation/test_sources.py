"""Sources that readers report as changed: a case, a decision on what rests on them, and its undo."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import Notification, User
from audit.models import Entry
from directory.actions.assessments import refresh_assessments
from directory.citations import places_citing, tools_citing
from directory.models import (
    Connection,
    Marketplace,
    MarketplaceCitation,
    Protection,
    ProtectionCitation,
    Source,
    Tactic,
    TacticCitation,
    Tool,
    ToolFeature,
)
from moderation import auto_hide
from moderation.actions.cases import open_stale_facts
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import FlagError, flag_source, undo_all
from moderation.choices import Act, CaseKind, FlagReason, FlagState
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError, ConflictOfInterestError
from moderation.models import Case, Decision, Flag
from reports.models import Warning, WarningCitation
from tests.factories import FactFactory, FeatureFactory, SourceFactory, ToolFactory, UserFactory, WarningFactory
from tests.pages_under_test import elements, links, refuses
from tests.reports.conftest import signed_in

MEMBER, TRUSTED, NEW = TrustLevel.MEMBER, TrustLevel.TRUSTED, TrustLevel.NEW


@pytest.fixture
def fact(db: None) -> ToolFeature:
    """A fact with one source, and the grade that follows from it."""
    found: ToolFeature = FactFactory(feature=FeatureFactory(name="Reads along", severity=5), can_disable="no")
    refresh_assessments(today=timezone.localdate())
    return found


@pytest.fixture
def source(fact: ToolFeature) -> Source:
    """The source of the fact."""
    return fact.sources.get()


def by(level: TrustLevel) -> User:
    user: User = UserFactory(trust_level=level)
    return user


def tell(source: Source, flagger: User | None) -> Flag:
    return flag_source(target=source, flagger=flagger, reason=FlagReason.CHANGED, detail="It was rewritten.")


def risk_of(fact: ToolFeature) -> float:
    return Tool.objects.get(pk=fact.tool_id).risk


@pytest.mark.django_db
def test_somebody_without_an_account_reports_a_changed_source_and_a_case_opens(
    client: Client, source: Source, fact: ToolFeature, mona: User
) -> None:
    answer = client.get(f"/flag/source/{source.pk}/")
    page = answer.content.decode()
    assert source.title in page
    assert fact.tool.name in page
    offered = {one.attributes["value"] for one in elements(answer, "input", name="reason")}
    assert FlagReason.GONE in offered
    assert FlagReason.PERSONAL not in offered
    answer = client.post(f"/flag/source/{source.pk}/", {"reason": "gone", "detail": "Nothing <b>there</b>."})
    assert f"/tools/{fact.tool.slug}/" in answer.content.decode()
    case = Case.objects.get(kind=CaseKind.SOURCE)
    assert (case.source, case.title) == (source, str(source))
    source.refresh_from_db()
    assert source.reported_changed_on is None
    Authenticator.objects.create(user=mona, type=Authenticator.Type.TOTP, data={"secret": "x"})
    desk = signed_in(mona).get(case.get_absolute_url()).content.decode()
    assert "Nothing &lt;b&gt;there&lt;/b&gt;." in desk
    assert "Reads along" in desk


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["999999", "1" * 30, "x", "-1", "²"])
def test_what_is_no_source_cannot_be_reported(client: Client, key: str) -> None:
    assert client.get(f"/flag/source/{key}/").status_code == 404


@pytest.mark.django_db
def test_a_source_that_no_page_shows_cannot_be_reported(client: Client) -> None:
    assert client.get(f"/flag/source/{SourceFactory().pk}/").status_code == 404


@pytest.mark.django_db
def test_a_reason_for_posts_is_none_for_a_source(client: Client, source: Source, warning: Warning) -> None:
    assert client.post(f"/flag/source/{source.pk}/", {"reason": "hate"}).status_code == 422
    assert client.post(f"/flag/warning/{warning.slug}/", {"reason": "gone"}).status_code == 422


@pytest.mark.django_db
def test_what_rests_on_a_changed_source_leaves_the_grade_until_the_decision_is_undone(
    source: Source, fact: ToolFeature, mona: User, bob: User
) -> None:
    before = risk_of(fact)
    own = tell(source, bob)
    case = Case.objects.get(kind=CaseKind.SOURCE)
    decision = decide(actor=mona, case=case, choice=DecisionInput(Act.RECHECK))
    assert risk_of(fact) < before
    case.refresh_from_db()
    own.refresh_from_db()
    assert (case.state, own.state) == ("closed", FlagState.UPHELD)
    assert Notification.objects.filter(recipient=bob, text="Your flag was right: something was done").exists()
    assert Entry.objects.filter(verb="source.mark", target=f"source {source.pk}").count() == 1
    undo(actor=mona, decision=decision, note="The other page had moved.")
    assert risk_of(fact) == before
    own.refresh_from_db()
    assert own.state == FlagState.OPEN


@pytest.mark.django_db
def test_a_source_that_still_says_it_counts_as_opened_today(source: Source, mona: User, bob: User) -> None:
    Source.objects.filter(pk=source.pk).update(last_checked_on=date(2025, 1, 2))
    own = tell(source, bob)
    decision = decide(
        actor=mona,
        case=Case.objects.get(kind=CaseKind.SOURCE),
        choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
    )
    source.refresh_from_db()
    own.refresh_from_db()
    assert (source.last_checked_on, own.state) == (timezone.localdate(), FlagState.TURNED_DOWN)
    undo(actor=mona, decision=decision, note="Wrong page.")
    source.refresh_from_db()
    assert source.last_checked_on == date(2025, 1, 2)


@pytest.mark.django_db
def test_a_decision_on_a_source_is_not_undone_over_what_was_noted_since(
    source: Source, mona: User, bob: User
) -> None:
    tell(source, bob)
    decision = decide(actor=mona, case=Case.objects.get(kind=CaseKind.SOURCE), choice=DecisionInput(Act.RECHECK))
    Source.objects.filter(pk=source.pk).update(reported_changed_on=None)
    with refuses(ActionRefusedError, "changed-since"):
        undo(actor=mona, decision=decision, note="")


@pytest.mark.django_db
def test_each_fact_on_a_changed_source_is_a_case_and_needs_another_source(
    source: Source, fact: ToolFeature, mona: User, bob: User
) -> None:
    tell(source, bob)
    decide(actor=mona, case=Case.objects.get(kind=CaseKind.SOURCE), choice=DecisionInput(Act.RECHECK))
    assert open_stale_facts(today=timezone.localdate()) == 1
    assert open_stale_facts(today=timezone.localdate()) == 0
    case = Case.objects.get(kind=CaseKind.FACT)
    assert case.fact == fact
    with refuses(ActionRefusedError, "source-changed"):
        decide(
            actor=mona, case=case, choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines.")
        )
    fact.citations.update(source=SourceFactory())
    decide(actor=mona, case=case, choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."))
    fact.refresh_from_db()
    assert fact.checked_on == timezone.localdate()


@pytest.mark.django_db
def test_five_hundred_new_accounts_move_no_grade(source: Source, fact: ToolFeature) -> None:
    before = risk_of(fact)
    crowd = User.objects.bulk_create(User(handle=f"n{number}", handle_folded=f"n{number}") for number in range(500))
    Flag.objects.bulk_create(Flag(source=source, flagger=user, reason=FlagReason.CHANGED) for user in crowd[1:])
    tell(source, crowd[0])
    source.refresh_from_db()
    assert (source.reported_changed_on, risk_of(fact)) == (None, before)
    assert Case.objects.filter(kind=CaseKind.SOURCE).count() == 1


@pytest.mark.django_db
def test_two_people_with_standing_mark_a_source_and_all_of_it_can_be_undone(
    source: Source, fact: ToolFeature, mona: User
) -> None:
    before = risk_of(fact)
    tell(source, by(MEMBER))
    assert auto_hide.dry_run(timezone.now()).would_hide == []
    tell(source, by(TRUSTED))
    source.refresh_from_db()
    assert source.reported_changed_on == timezone.localdate()
    assert risk_of(fact) < before
    assert Decision.objects.get(automatic=True).act == Act.RECHECK
    assert Case.objects.open().filter(kind=CaseKind.SOURCE).exists()
    assert undo_all(actor=mona) == (1, 0)
    assert risk_of(fact) == before
    assert auto_hide.dry_run(timezone.now()).would_hide == [str(source)]


@pytest.mark.django_db
def test_the_rule_marks_nothing_more_once_it_stopped(source: Source, mona: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(auto_hide, "state", lambda now: auto_hide.State(hidden=20, standing=20))
    for level in (MEMBER, TRUSTED):
        tell(source, by(level))
    source.refresh_from_db()
    assert source.reported_changed_on is None
    assert Notification.objects.filter(recipient=mona, key="rule-stopped").exists()


@pytest.mark.django_db
def test_who_has_to_do_with_the_tool_has_no_standing_and_does_not_decide(
    source: Source, fact: ToolFeature, mona: User
) -> None:
    seller = by(TRUSTED)
    for person in (seller, mona):
        Connection.objects.create(user=person, tool=fact.tool, words="Seller")
    tell(source, seller)
    tell(source, by(MEMBER))
    source.refresh_from_db()
    assert source.reported_changed_on is None
    with pytest.raises(ConflictOfInterestError):
        decide(
            actor=mona,
            case=Case.objects.get(kind=CaseKind.SOURCE),
            choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
        )


@pytest.mark.django_db
def test_who_reported_a_source_does_not_decide_and_who_is_suspended_reports_none(source: Source, mona: User) -> None:
    tell(source, mona)
    with refuses(ConflictOfInterestError, "flagged"):
        decide(
            actor=mona,
            case=Case.objects.get(kind=CaseKind.SOURCE),
            choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
        )
    with pytest.raises(FlagError):
        tell(source, UserFactory(suspended_until=timezone.now() + timedelta(days=1)))


@pytest.mark.django_db
def test_a_flag_on_a_source_is_on_the_page_of_who_raised_it(source: Source, bob: User) -> None:
    browser = signed_in(bob)
    answer: Any = browser.post(
        f"/flag/source/{source.pk}/", {"reason": "changed", "detail": "New terms"}, follow=True
    )
    assert FlagReason.CHANGED.label in answer.content.decode()
    assert places_citing(source)[0].url in links(answer)
    browser.post(f"/flag/source/{source.pk}/", {"reason": "gone"})
    assert Flag.objects.count() == 1


@pytest.mark.django_db
def test_the_places_of_a_source_are_all_that_cite_it() -> None:
    source = SourceFactory()
    tool = ToolFactory(name="Alpha")
    fact = FactFactory(tool=tool, feature=FeatureFactory(name="Beeps"))
    fact.citations.update(source=source, passage="it beeps")
    bait = Tactic.objects.create(slug="bait", name="Bait", family="off-platform", severity=3)
    TacticCitation.objects.create(tactic=bait, source=source)
    market = Marketplace.objects.create(slug="market", name="Market")
    MarketplaceCitation.objects.create(marketplace=market, source=source)
    assert [(place.name, place.passages) for place in places_citing(source)] == [
        ("Alpha", ("Beeps: it beeps",)),
        ("Bait", ()),
        ("Market", ()),
    ]
    assert tools_citing(source) == {tool.slug}


@pytest.mark.django_db
def test_a_source_that_many_cite_needs_no_more_queries(client: Client, django_assert_num_queries: Any) -> None:
    source = SourceFactory()

    def cite(times: int) -> None:
        for _ in range(times):
            fact = FactFactory(tool=ToolFactory())
            fact.citations.update(source=source)
            protection = Protection.objects.create(tool=fact.tool, name="A lock", detail="x")
            ProtectionCitation.objects.create(protection=protection, source=source)

    cite(1)
    with CaptureQueriesContext(connection) as first:
        page = client.get(f"/flag/source/{source.pk}/").content.decode()
    assert "A lock" in page
    cite(6)
    with django_assert_num_queries(len(first)):
        client.get(f"/flag/source/{source.pk}/")


@pytest.mark.django_db
def test_a_source_of_a_warning_leads_back_to_it(client: Client) -> None:
    source = SourceFactory()
    shown, waits = WarningFactory(title="Shown"), WarningFactory(title="Waits", status="pending", published_at=None)
    for row in (shown, waits):
        WarningCitation.objects.create(warning=row, source=source)
    page = client.get(f"/flag/source/{source.pk}/").content.decode()
    assert "Shown" in page
    assert "Waits" not in page
