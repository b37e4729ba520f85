"""The page of every kind of case shows what it is about; the rest of what a decision can meet."""

import html
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import Notification, User
from directory.actions import edits
from directory.entries import find
from directory.models import Connection, Tool, ToolFeature
from moderation import integrity
from moderation.actions.appeals import appeal
from moderation.actions.cases import claim, close_case, open_case, open_stale_facts
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import FlagError, flag
from moderation.actions.legal_notices import send_notice
from moderation.actions.statements import verify_statement
from moderation.choices import Act, CaseKind, CaseState, FlagReason
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError, CaseClosedError, ConflictOfInterestError
from moderation.models import Case, Decision, Flag
from reports.actions.revisions import edit
from reports.choices import AlarmKind, Status
from reports.models import Evidence, Warning
from reports.version_text import fields_now
from tests.factories import AlarmFactory, CommentFactory, FactFactory, ReportFactory, UserFactory, WarningFactory
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.pages_under_test import codes, message_codes, refuses, states, targets
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


def a_statement(tool: Tool) -> Any:
    fields = {"speaker": "The team", "domain": "dingtalk.com", "email": "", "body": "Our own words."}
    Client().post(f"/tools/{tool.slug}/statement/", fields)
    return verify_statement(statement=tool.statements.latest("pk"), proof="mail")


def cases(warning: Warning, alice: User, bob: User) -> dict[CaseKind, tuple[Case, str]]:
    """One case of every kind, and words that its page shows."""
    tool = Tool.objects.get(slug="dingtalk")
    report = waiting_report(author=alice, title="Waits", body="All of it happened.")
    comment = CommentFactory(warning=warning, author=bob, status=Status.PENDING, published_at=None, text="A remark.")
    fields = fields_now(warning) | {"title": "A clearer title"}
    suggestion = edit(actor=bob, warning=warning, fields=fields, based_on=warning.version, comment="clearer")
    entry = find("tool", "dingtalk")
    assert entry is not None
    suggested = edits.edit(
        actor=bob,
        entry=entry,
        base=entry.content,
        content=entry.content | {"summary": "Another summary."},
        comment="newer",
        today=timezone.localdate(),
    )
    accounts = [{"handle": bob.handle, "joined": "2026-11-01T00:00:00", "voted": "2026-11-02T00:00:00"}]
    alarm = AlarmFactory(
        key="burst:1", kind=AlarmKind.BURST, warning=warning, evidence={"accounts": accounts, "votes": 1}
    )
    fact = FactFactory(tool=tool, detail="They can see the screen.")
    raised = flag(target=warning, flagger=bob, reason=FlagReason.UNTRUE, detail="Line two.")
    max_ = UserFactory(trust_level=TrustLevel.MODERATOR)
    declined = waiting_report(author=alice)
    decision = decide(actor=max_, case=case_of(declined), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    appealed = appeal(decision=decision, text="It is clear to me.", by=alice)
    notice = {
        "url": f"/warnings/{warning.slug}/",
        "ground": "other",
        "explanation": "Against the law.",
        "law": "Section 5",
        "name": "Ella",
        "email": "",
    }
    return {
        CaseKind.REPORT: (case_of(report), "All of it happened."),
        CaseKind.AFTERWARDS: (
            open_case(kind=CaseKind.AFTERWARDS, target=ReportFactory(author=alice, warning=warning)),
            f'href="/warnings/{warning.slug}/"',
        ),
        CaseKind.COMMENT: (case_of(comment), "A remark."),
        CaseKind.SUGGESTION: (case_of(suggestion), "clearer"),
        CaseKind.ENTRY: (case_of(suggested), "Another"),
        CaseKind.ALARM: (case_of(alarm), "2026-11-02"),
        CaseKind.FACT: (open_case(kind=CaseKind.FACT, target=fact), "They can see the screen."),
        CaseKind.SOURCE: (open_case(kind=CaseKind.SOURCE, target=fact.sources.get()), fact.sources.get().publisher),
        CaseKind.FLAGS: (Case.objects.open().get(kind=CaseKind.FLAGS), raised.detail),
        CaseKind.APPEAL: (appealed.case, "It is clear to me."),
        CaseKind.NOTICE: (send_notice(submission_key="k", fields=notice).case, "Section 5"),
        CaseKind.STATEMENT: (a_statement(tool), "Our own words."),
        CaseKind.ACCOUNT: (open_case(kind=CaseKind.ACCOUNT, target=bob), bob.handle),
    }


def test_every_kind_of_case_has_a_page_and_can_be_decided_and_undone(
    desk: Client, warning: Warning, alice: User, bob: User, mona: User
) -> None:
    # It takes seconds: each of a dozen kinds goes its whole way.
    everything = cases(warning, alice, bob)
    assert set(everything) == set(CaseKind)
    for kind, (case, words) in everything.items():
        answer = desk.get(case.get_absolute_url())
        assert answer.status_code == 200
        assert words in answer.content.decode(), kind
        offered = [value for value, _ in answer.context["form"].fields["act"].choices]
        act = offered[0]
        data = {"act": act, "reason": "", "title": "Waits", "body": "All of it happened."}
        data["public_reason"] = "We looked at all of it."
        answer = desk.post(case.get_absolute_url(), data)
        assert answer.status_code == 302, (kind, answer.content.decode()[-3000:])
        decision = Decision.objects.filter(case=case).latest("pk")
        assert decision.act == act
        assert desk.get(decision.get_absolute_url()).status_code == 200
        if kind != CaseKind.APPEAL:
            undo(actor=mona, decision=decision, note="Wrong.")
            case.refresh_from_db()
            # An accepted edit is taken out by another version; it does not wait a second time.
            assert case.state == (CaseState.CLOSED if act == Act.ACCEPT else CaseState.OPEN), kind
    assert list(integrity.problems()) == []


def test_stale_facts_become_cases_the_longest_unchecked_first_and_confirming_one_is_undone(mona: User) -> None:
    old, fresh = FactFactory(checked_on=date(2024, 1, 1)), FactFactory(checked_on=timezone.localdate())
    assert open_stale_facts(today=timezone.localdate()) == 1
    assert open_stale_facts(today=timezone.localdate()) == 0
    assert not Case.objects.filter(fact=fresh).exists()
    [case] = Case.objects.filter(fact=old)
    decision = decide(
        actor=mona, case=case, choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines.")
    )
    assert ToolFeature.objects.get(pk=old.pk).checked_on == timezone.localdate()
    ToolFeature.objects.filter(pk=old.pk).update(checked_on=date(2026, 1, 1))
    with refuses(ActionRefusedError, "changed-since"):
        undo(actor=mona, decision=decision, note="")
    ToolFeature.objects.filter(pk=old.pk).update(checked_on=timezone.localdate())
    undo(actor=mona, decision=decision, note="")
    assert ToolFeature.objects.get(pk=old.pk).checked_on == date(2024, 1, 1)


def test_who_declared_a_connection_does_not_decide_about_that_tool(warning: Warning, mona: User) -> None:
    tool = Tool.objects.get(slug="dingtalk")
    warning.tools.add(tool)
    Connection.objects.create(user=mona, tool=tool, words="A job")
    for case in (flagged(warning), a_statement(tool), open_case(kind=CaseKind.FACT, target=tool.facts.first())):
        with refuses(ConflictOfInterestError, "connected"):
            decide(
                actor=mona,
                case=case,
                choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
            )


def test_who_flagged_does_not_decide(warning: Warning, mona: User) -> None:
    flag(target=warning, flagger=mona, reason=FlagReason.SPAM, detail="")
    with refuses(ConflictOfInterestError, "flagged"):
        decide(
            actor=mona,
            case=Case.objects.get(kind=CaseKind.FLAGS),
            choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
        )


def test_a_moderator_does_not_undo_what_was_decided_about_them(mona: User, max_: User) -> None:
    report = waiting_report(author=mona)
    decision = decide(actor=max_, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    with refuses(ConflictOfInterestError, "about-you"):
        undo(actor=mona, decision=decision, note="")


def test_pictures_are_shown_only_if_they_were_chosen(desk: Client, alice: User) -> None:
    report = waiting_report(author=alice)
    common = {"report": report, "media_type": "image/png", "size": 1, "width": 1, "height": 1, "sha256": "x"}
    rows = [
        Evidence.objects.create(stored_name=f"{n}.png", position=n, alt_text=f"Shot {n}", **common) for n in range(2)
    ]
    page = desk.get(case_of(report).get_absolute_url()).content.decode()
    assert "Shot 0" in page
    data = {"act": "publish", "title": "A report that waits", "body": "It happened.", "pictures": [str(rows[1].pk)]}
    desk.post(case_of(report).get_absolute_url(), data)
    assert list(Evidence.objects.order_by("pk").values_list("published", flat=True)) == [False, True]


def test_merging_needs_another_published_warning(desk: Client, warning: Warning, mona: User, alice: User) -> None:
    case = flagged(warning)
    chosen = {"act": "merge", "reason": "same-as-another"}
    for into, code in (("", "into-missing"), (warning.slug, "same-warning")):
        answer = desk.post(case.get_absolute_url(), chosen | {"into": into})
        assert (answer.status_code, answer.context["problem"].code) == (409, code)
        assert answer.context["problem"] in html.unescape(answer.content.decode())
    answer = desk.post(case.get_absolute_url(), chosen | {"into": "no-such"})
    assert (answer.status_code, codes(answer.context["form"])) == (422, {"into": ["no-warning"]})
    hidden = WarningFactory(status=Status.UNPUBLISHED)
    with refuses(ActionRefusedError, "not-published"):
        decide(actor=mona, case=case, choice=DecisionInput(Act.MERGE, reason=reason("same-as-another"), into=hidden))
    page = desk.get(f"{case.get_absolute_url()}?into={WarningFactory().slug}").content.decode()
    assert 'value="merge" id="id_act' in page
    two = waiting_report(author=alice)
    ReportFactory(warning=two.warning)
    with refuses(ActionRefusedError, "other-reports"):
        decide(
            actor=mona,
            case=case_of(two),
            choice=DecisionInput(Act.MERGE, reason=reason("same-as-another"), into=warning),
        )


def test_a_suspension_needs_days_and_a_decision_one_that_is_offered(mona: User, bob: User, warning: Warning) -> None:
    case = open_case(kind=CaseKind.ACCOUNT, target=bob)
    with refuses(ActionRefusedError, "days-missing"):
        decide(actor=mona, case=case, choice=DecisionInput(Act.SUSPEND, reason=reason("advertising")))
    with refuses(ActionRefusedError, "wrong-act"):
        decide(actor=mona, case=case, choice=DecisionInput(Act.MERGE, reason=reason("same-as-another")))
    decision = decide(actor=mona, case=case, choice=DecisionInput(Act.SUSPEND, reason=reason("advertising"), days=3))
    User.objects.filter(pk=bob.pk).update(suspended_until=None)
    with refuses(ActionRefusedError, "changed-since"):
        undo(actor=mona, decision=decision, note="")


def test_a_mark_cannot_be_set_twice(mona: User, warning: Warning) -> None:
    first = decide(actor=mona, case=flagged(warning), choice=DecisionInput(Act.DISPUTE))
    warning.refresh_from_db()
    assert warning.disputed
    decide(actor=mona, case=flagged(warning), choice=DecisionInput(Act.UNDISPUTE))
    with refuses(ActionRefusedError, "changed-since"):
        undo(actor=mona, decision=first, note="")


def test_what_is_closed_cannot_be_taken_and_closing_twice_is_closing_once(mona: User) -> None:
    case = case_of(waiting_report())
    close_case(case=case)
    close_case(case=case)
    with pytest.raises(CaseClosedError):
        claim(actor=mona, case=case)


def test_a_closed_case_can_be_read_and_not_taken(desk: Client) -> None:
    case = case_of(waiting_report())
    close_case(case=case)
    answer = desk.post(f"/moderation/cases/{case.public_id}/take/", follow=True)
    assert message_codes(answer) == ["case-closed"]
    assert "data-decide" not in answer.content.decode()
    assert desk.post(f"/moderation/cases/{case.public_id}/renew/").status_code == 409


def test_bulk_ignores_what_is_no_case_and_needs_something_chosen(desk: Client, warning: Warning) -> None:
    comment = CommentFactory(warning=warning, status=Status.PENDING, published_at=None)
    data = {"kind": "report", "act": "publish"}
    assert message_codes(desk.post("/moderation/bulk/", data, follow=True)) == ["none-chosen"]
    nonsense = data | {"case": ["nonsense"]}
    assert message_codes(desk.post("/moderation/bulk/", nonsense, follow=True)) == ["case-gone"]
    chosen = data | {"case": [str(case_of(comment).public_id)]}
    assert message_codes(desk.post("/moderation/bulk/", chosen, follow=True)) == ["other-kind"]
    assert message_codes(desk.post("/moderation/views/", {}, follow=True)) == ["name-missing"]


def test_undoing_needs_a_note_and_sealed_passages_can_be_thrown_away(desk: Client, warning: Warning) -> None:
    data = {"act": "redact", "reason": "personal-data", "passages": "Alice"}
    desk.post(flagged(warning).get_absolute_url(), data)
    decision = Decision.objects.get()
    answer = desk.post(f"/decisions/{decision.public_id}/undo/", {}, follow=True)
    assert answer.status_code == 422
    assert f"/decisions/{decision.public_id}/throw-away/" in targets(answer)
    undoing = f"/decisions/{decision.public_id}/undo/"
    assert undoing in targets(answer)
    assert "irreversible" not in states(answer)
    answer = desk.post(f"/decisions/{decision.public_id}/throw-away/", follow=True)
    assert message_codes(answer) == ["thrown-away"]
    assert undoing not in targets(answer)
    assert "irreversible" in states(answer)
    assert message_codes(desk.post(undoing, {"note": "Wrong."}, follow=True)) == ["thrown-away"]


def test_flags_refuse_who_is_suspended_and_tell_who_has_to_wait(warning: Warning, bob: User, settings: Any) -> None:
    browser = signed_in(bob)
    for _ in range(31):
        answer = browser.post(f"/flag/warning/{warning.slug}/", {"reason": "spam"})
    assert answer.status_code == 429
    assert answer.context["problem"].code == "too-often"
    assert answer.context["problem"] in answer.content.decode()
    assert Flag.objects.count() == 1
    bob.suspended_until = timezone.now() + timedelta(days=1)
    bob.save()
    with refuses(FlagError, "suspended"):
        flag(target=warning, flagger=bob, reason=FlagReason.SPAM, detail="")


def test_flagging_ones_own_is_refused_in_words(warning: Warning, alice: User) -> None:
    answer = signed_in(alice).post(f"/flag/warning/{warning.slug}/", {"reason": "spam"})
    assert answer.status_code == 409
    assert answer.context["problem"].code == "own"
    assert answer.context["problem"] in answer.content.decode()


def test_an_appeal_of_a_flagger_is_sent_from_the_page_of_the_flag(warning: Warning, bob: User, mona: User) -> None:
    made = flag(target=warning, flagger=bob, reason=FlagReason.UNTRUE, detail="x")
    browser = signed_in(bob)
    assert browser.post(f"/flags/{made.public_id}/", {"text": "Not decided yet."}).status_code == 422
    decide(
        actor=mona,
        case=Case.objects.get(kind=CaseKind.FLAGS),
        choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
    )
    assert browser.post(f"/flags/{made.public_id}/", {"text": "short"}).status_code == 422
    assert browser.post(f"/flags/{made.public_id}/", {"text": "Please look at line two again."}).status_code == 302
    assert browser.post(f"/flags/{made.public_id}/", {"text": "And once more, please."}).status_code == 422
    assert signed_in(mona).get(f"/flags/{made.public_id}/").status_code in {302, 404}


def test_a_comment_goes_and_its_case_with_it(warning: Warning, bob: User) -> None:
    comment = CommentFactory(warning=warning, author=bob, status=Status.PENDING, published_at=None)
    assert case_of(comment)
    comment.delete()
    assert list(Case.objects.values_list("kind", "title")) == []


def test_moderators_are_told_of_appeals_that_they_may_decide(alice: User, mona: User, max_: User) -> None:
    decision = decide(
        actor=mona,
        case=case_of(waiting_report(author=alice)),
        choice=DecisionInput(Act.DECLINE, reason=reason("unclear")),
    )
    appeal(decision=decision, text="It is clear to me.", by=alice)
    assert set(Notification.objects.filter(key="appeal").values_list("recipient__handle", flat=True)) == {"Max"}
