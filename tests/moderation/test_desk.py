"""The queue and the page of a case, as moderators use them."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from directory.models import Connection
from moderation.actions.cases import claim
from moderation.actions.flags import flag
from moderation.choices import Act, CaseKind, CaseState, FlagReason
from moderation.decisions.available import available_acts
from moderation.models import Case, Decision, SavedView
from moderation.priority import RULE, UNPROVED
from reports.actions.comments import post_comment
from reports.choices import Outcome, Stance, Status
from reports.hints import NO_PROOF, PERSONAL, hint
from reports.models import Evidence, Warning
from tests.factories import CommentFactory, FactFactory, ReportFactory, ToolFactory, WarningFactory, submitted
from tests.moderation.making import case_of, flagged, waiting_report
from tests.pages_under_test import codes, elements, fields, links, message_codes, parts, states, targets
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


SPAM = (
    "Play the best online casino games and win real money! Get your 100% welcome bonus: https://casino-bonus.example"
    " Register today and claim your bonus, join thousands of winners. https://bit.ly/win t.me/winners"
)


def protected(user: User) -> Client:
    """The browser of a moderator with a second factor."""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
    return signed_in(user)


@pytest.fixture
def desk(mona: User) -> Client:
    """Mona's browser."""
    return protected(mona)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_empty_desk_says_so(desk: Client) -> None:
    assert states(desk.get("/moderation/")) == ["empty"]


def test_what_harms_comes_before_what_is_as_old(desk: Client) -> None:
    for number, outcome in enumerate((Outcome.REFUSED, Outcome.LOST_MONEY)):
        report = waiting_report(title=f"Number {number}")
        report.outcome = outcome
        report.save()
        submitted(report)
    page = text(desk.get("/moderation/"))
    assert page.index("Number 1") < page.index("Number 0")


def test_filters_narrow_the_queue_and_an_empty_one_leads_back(desk: Client, warning: Warning) -> None:
    waiting_report(title="A first report")
    CommentFactory(warning=warning, status=Status.PENDING, published_at=None)
    for query, number in (
        ("kind=comment", 1),
        ("kind=report", 1),
        ("q=report", 1),
        ("show=free", 2),
        ("show=mine", 0),
    ):
        page = text(desk.get(f"/moderation/?{query}"))
        assert page.count("data-row") == number, query
    [empty] = elements(desk.get("/moderation/?kind=notice"), class_="empty")
    assert [link.attributes["href"] for link in empty.everything() if link.name == "a"] == ["/moderation/"]


def test_overdue_cases_are_marked_and_found(desk: Client) -> None:
    case = case_of(waiting_report())
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(hours=3))
    page = desk.get("/moderation/?show=late")
    assert len(elements(page, "li", class_="late")) == 1
    assert states(page) == ["late"]


def test_opening_leases_the_case_and_others_see_who_has_it(desk: Client, mona: User, max_: User) -> None:
    case = case_of(waiting_report())
    assert desk.get(case.get_absolute_url()).status_code == 200
    case.refresh_from_db()
    assert case.claimed_by is None
    answer = desk.post(f"/moderation/cases/{case.public_id}/take/", follow=True)
    assert elements(answer, data_lease=f"/moderation/cases/{case.public_id}/renew/")
    other = protected(max_)
    assert "Mona" in text(other.get("/moderation/"))
    page = other.post(f"/moderation/cases/{case.public_id}/take/", follow=True)
    assert message_codes(page) == ["leased"]
    assert "elsewhere" in states(page)
    [elsewhere] = elements(page, data_state="elsewhere")
    assert "Mona" in elsewhere.text
    assert "data-decide" not in text(page)
    assert other.post(case.get_absolute_url(), {"act": "publish"}).status_code == 409
    assert not Decision.objects.exists()


def test_a_lease_is_renewed_given_back_and_taken_over_once_it_is_over(desk: Client, mona: User, max_: User) -> None:
    case = case_of(waiting_report())
    claim(actor=mona, case=case, now=timezone.now() - timedelta(minutes=9))
    assert "until" in desk.post(f"/moderation/cases/{case.public_id}/renew/").json()
    case.refresh_from_db()
    assert case.claim_expires_at is not None
    assert case.claim_expires_at > timezone.now() + timedelta(minutes=9)
    other = protected(max_)
    refused = other.post(f"/moderation/cases/{case.public_id}/renew/")
    assert (refused.status_code, "Mona" in refused.json()["problem"]) == (409, True)
    desk.post(f"/moderation/cases/{case.public_id}/give-back/")
    assert "until" in other.post(f"/moderation/cases/{case.public_id}/renew/").json()
    Case.objects.filter(pk=case.pk).update(claim_expires_at=timezone.now() - timedelta(seconds=1))
    assert "until" in desk.post(f"/moderation/cases/{case.public_id}/renew/").json()


def test_a_decision_opens_the_next_case_of_the_same_selection(desk: Client, warning: Warning, mona: User) -> None:
    first, second = waiting_report(title="First"), waiting_report(title="Second")
    CommentFactory(warning=warning, status=Status.PENDING, published_at=None)
    data = {"act": "publish", "title": "First", "body": "It happened."}
    answer = desk.post(f"{case_of(first).get_absolute_url()}?kind=report", data, follow=True)
    assert answer.redirect_chain[-1][0] == f"{case_of(second).get_absolute_url()}?kind=report"
    assert message_codes(answer) == ["decided"]
    assert Decision.objects.get().get_absolute_url() in links(answer)
    assert (Decision.objects.get().act, Decision.objects.get().title) == (Act.PUBLISH, "First")
    assert case_of(second).claimed_by == mona
    answer = desk.post(f"{case_of(second).get_absolute_url()}?kind=report", data, follow=True)
    assert message_codes(answer) == ["decided", "queue-empty"]


def test_the_next_case_is_never_one_that_somebody_else_has_to_decide(
    desk: Client, warning: Warning, mona: User
) -> None:
    tool = ToolFactory(name="Chatto")
    related = waiting_report(title="About a tool that she has to do with")
    related.tools.add(tool)
    Connection.objects.create(user=mona, tool=tool, words="Seller")
    flag(target=warning, flagger=mona, reason=FlagReason.UNTRUE, detail="Not so.")
    free = case_of(waiting_report(title="Anybody's"))
    Case.objects.filter(pk=free.pk).update(due_at=timezone.now() + timedelta(days=30))
    answer = desk.post("/moderation/next/", follow=True)
    assert answer.redirect_chain[-1][0] == free.get_absolute_url()


def test_a_decision_without_a_reason_keeps_what_was_written(desk: Client) -> None:
    case = case_of(waiting_report())
    answer = desk.post(case.get_absolute_url(), {"act": "decline", "note": "I called the marketplace."})
    assert answer.status_code == 422
    assert codes(answer.context["form"]) == {"reason": ["reason-missing"]}
    assert answer.context["form"].errors["reason"][0] in text(answer)
    assert "I called the marketplace." in text(answer)
    assert desk.post(case.get_absolute_url(), {"act": "nonsense"}).status_code == 422


def test_a_text_that_its_author_changed_meanwhile_is_read_again_before_it_is_published(desk: Client) -> None:
    report = waiting_report(body="Karl did it.")
    case = case_of(report)
    form = desk.get(case.get_absolute_url()).context["form"]
    data = {"act": "publish", "note": "Read it.", **{name: form[name].value() for name in ("seen", "title", "body")}}
    report.body = "Somebody did it."
    report.save()
    submitted(report)
    answer = desk.post(case.get_absolute_url(), data)
    assert answer.status_code == 409
    assert answer.context["problem"].code == "text-changed"
    assert answer.context["problem"] in text(answer)
    again = answer.context["form"]
    assert (again["body"].value(), again["note"].value()) == ("Somebody did it.", "Read it.")
    data |= {name: again[name].value() for name in ("seen", "title", "body")}
    assert desk.post(case.get_absolute_url(), data).status_code == 302
    report.refresh_from_db()
    assert (report.body, report.status) == ("Somebody did it.", Status.PUBLISHED)


def test_a_comment_that_looks_like_spam_is_looked_at_after_it_was_shown(warning: Warning, bob: User) -> None:
    bob.trust_level = TrustLevel.MEMBER
    bob.save()
    for body in ("I said no, and they let it go.", SPAM):
        post_comment(actor=bob, warning=warning, body=body, stance=Stance.NONE, submission_key=uuid.uuid4())
    [case] = Case.objects.open()
    assert (case.kind, case.comment and case.comment.body) == (CaseKind.AFTERWARDS, SPAM)
    assert Act.MERGE not in available_acts(case)


def test_what_was_decided_meanwhile_is_not_decided_again(desk: Client) -> None:
    case = case_of(waiting_report())
    desk.post(case.get_absolute_url(), {"act": "publish"})
    answer = desk.post(case.get_absolute_url(), {"act": "decline", "reason": "unclear"})
    assert answer.status_code == 409
    assert answer.context["problem"].code == "decided"
    assert answer.context["problem"] in text(answer)
    assert Decision.objects.count() == 1


def test_a_case_shows_the_record_of_its_author_hints_flags_and_what_is_like_it(
    desk: Client, alice: User, bob: User
) -> None:
    tool = ToolFactory()
    like = WarningFactory(title="A demand for the screen", summary="They wanted to see my screen all day.")
    like.tools.add(tool)
    report = waiting_report(
        author=alice, title="Demand to see the screen", body="They wanted to see my screen all day."
    )
    report.tools.add(tool)
    report.hints = [hint(PERSONAL, kinds=["phone"])]
    report.save()
    submitted(report)
    page = desk.get(case_of(report).get_absolute_url())
    [hints] = elements(page, "ul", class_="hints")
    assert hints.text.casefold() == f"{PERSONAL}: phone"
    [alike] = elements(page, "section", aria_labelledby="similar")
    assert "A demand for the screen" in alike.text
    assert {"record", "approved", "taken-down", "days"} <= set(parts(page))


def test_several_of_a_kind_are_decided_at_once_and_what_is_not_possible_is_told(desk: Client, mona: User) -> None:
    cases = [case_of(waiting_report(title=f"Report {number}")) for number in range(3)]
    own = case_of(waiting_report(title="Mona's own", author=mona))
    chosen = [str(case.public_id) for case in (*cases, own)]
    data = {"kind": "report", "act": "decline", "reason": "advertising", "case": chosen}
    page = desk.post("/moderation/bulk/?kind=report", data, follow=True)
    assert message_codes(page) == ["decided", "own"]
    assert Decision.objects.count() == 3
    [refused] = elements(page, data_message="own")
    assert "“Mona's own”" in refused.text
    assert Case.objects.open().count() == 1
    wrong = desk.post("/moderation/bulk/", {"kind": "report", "act": "suspend", "case": chosen}, follow=True)
    assert message_codes(wrong) == ["choose-decision"]


def test_what_has_pictures_is_opened_before_they_are_left_out(desk: Client) -> None:
    report = waiting_report(title="With a picture")
    picture = {"stored_name": "a.png", "media_type": "image/png", "width": 9, "height": 9, "size": 9}
    Evidence.objects.create(report=report, sha256="0" * 64, **picture)
    data = {"kind": "report", "act": "publish", "case": [str(case_of(report).public_id)]}
    assert message_codes(desk.post("/moderation/bulk/?kind=report", data, follow=True)) == ["pictures"]
    assert Case.objects.open().filter(report=report).exists()
    desk.post("/moderation/bulk/", data | {"act": "decline", "reason": "advertising"})
    assert not Case.objects.open().filter(report=report).exists()


def test_a_remark_can_be_made_beside_each_field_that_the_author_can_correct(
    desk: Client, warning: Warning, alice: User
) -> None:
    report = waiting_report(author=alice)
    joined = ReportFactory(warning=warning, author=alice, body="Me too.", status=Status.PENDING, published_at=None)
    page = desk.get(case_of(report).get_absolute_url()).content.decode()
    named = set(re.findall(r'name="remark_(\w+)"', page))
    assert named >= {"tools", "tactics", "marketplace", "happened_in", "title", "body", "outcome", "pictures", "tags"}
    assert "answer" not in named
    assert 'name="remark_title"' not in desk.get(case_of(joined).get_absolute_url()).content.decode()
    desk.post(case_of(report).get_absolute_url(), {"act": "ask", "remark_tools": "Which of the two?"})
    report.refresh_from_db()
    assert report.remarks == {"tools": "Which of the two?"}
    assert "Which of the two?" in text(signed_in(alice).get(f"/accounts/reports/{report.public_id}/"))


def test_a_selection_is_saved_under_a_name_and_forgotten(desk: Client, mona: User) -> None:
    waiting_report()
    desk.post("/moderation/views/", {"name": "New reports", "query": "kind=report"})
    assert 'href="?kind=report">New reports' in text(desk.get("/moderation/"))
    [view] = SavedView.objects.all()
    desk.post(f"/moderation/views/{view.pk}/forget/")
    assert not SavedView.objects.exists()


def test_undoing_from_the_page_of_the_decision(desk: Client, alice: User) -> None:
    report = waiting_report(author=alice)
    desk.post(case_of(report).get_absolute_url(), {"act": "decline", "reason": "unclear"})
    [decision] = Decision.objects.all()
    undoing = f"/decisions/{decision.public_id}/undo/"
    assert undoing in targets(desk.get(f"/decisions/{decision.public_id}/"))
    page = desk.post(undoing, {"note": "clear after all"}, follow=True)
    assert message_codes(page) == ["undone"]
    assert "undone" in states(page)
    assert undoing not in targets(page)
    assert "clear after all" in text(page)
    assert message_codes(desk.post(undoing, {"note": "again"}, follow=True)) == ["undone-already"]
    assert states(desk.get("/moderation/record/?by=me")) == ["undone"]
    assert "clear after all" not in text(signed_in(alice).get(f"/decisions/{decision.public_id}/"))


def test_the_queue_needs_no_more_queries_for_more_cases(desk: Client, warning: Warning) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get("/moderation/")
        return len(captured)

    waiting_report()
    desk.get("/moderation/")
    few = queries()
    for number in range(60):
        waiting_report(title=f"More {number}")
    assert queries() == few


def test_a_report_shown_at_once_is_looked_at_afterwards(desk: Client) -> None:
    report = waiting_report(title="Shown at once")
    report.status, report.published_at = Status.PUBLISHED, timezone.now()
    report.save()
    submitted(report)
    [case] = Case.objects.open()
    assert case.kind == CaseKind.AFTERWARDS
    desk.post(case.get_absolute_url(), {"act": "keep"})
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED


def test_leaving_a_report_as_it_is_can_publish_its_pictures_and_take_that_back(desk: Client) -> None:
    report = waiting_report(title="Shown at once")
    report.status, report.published_at = Status.PUBLISHED, timezone.now()
    report.save()
    submitted(report)
    names = [f"{number}.png" for number in range(2)]
    about: dict[str, Any] = {"media_type": "image/png", "size": 1, "width": 1, "height": 1}
    rows = [report.evidence.create(stored_name=name, **about) for name in names]
    [case] = Case.objects.open()
    assert "pictures" in fields(desk.get(case.get_absolute_url()))
    desk.post(case.get_absolute_url(), {"act": "keep", "pictures": [str(rows[0].pk)]})
    assert [row.pk for row in report.evidence.filter(published=True)] == [rows[0].pk]
    desk.post(f"/decisions/{Decision.objects.get().public_id}/undo/", {"note": "wrong"})
    assert not report.evidence.filter(published=True).exists()


@pytest.mark.parametrize("act", ["unpublish", "hide", "redact", "lock", "dispute", "merge"])
def test_every_remedy_on_what_is_public_can_be_chosen_and_undone(
    act: str, desk: Client, warning: Warning, bob: User
) -> None:
    target = WarningFactory(author=bob)
    fields = {"act": act, "reason": "not-true", "passages": "Alice", "into": f"/warnings/{target.slug}/"}
    fields |= {
        "redact": {"reason": "personal-data"},
        "lock": {"reason": "heated"},
        "dispute": {"reason": ""},
        "merge": {"reason": "same-as-another"},
    }.get(act, {})
    case = flagged(warning)
    desk.post(case.get_absolute_url(), fields)
    [decision] = Decision.objects.all()
    assert decision.act == act
    before = Warning.objects.get(pk=warning.pk)
    desk.post(f"/decisions/{decision.public_id}/undo/", {"note": "wrong"})
    after = Warning.objects.get(pk=warning.pk)
    assert (after.status, after.title, after.locked, after.disputed) == (
        Status.PUBLISHED,
        "A warning by Alice",
        False,
        False,
    )
    assert (before.status, before.title, before.locked, before.disputed) != (after.status, after.title, False, False)


def test_a_moderator_opens_a_case_on_their_own_initiative_and_decides(desk: Client, warning: Warning) -> None:
    page = desk.get(f"/flag/warning/{warning.slug}/").content.decode()
    assert f"/moderation/open/warning/{warning.slug}/" in page
    assert "/moderation/open/" not in Client().get(f"/flag/warning/{warning.slug}/").content.decode()
    answer = desk.post(f"/moderation/open/warning/{warning.slug}/")
    case = case_of(warning)
    assert answer.headers["Location"] == case.get_absolute_url()
    assert case.claimed_by is not None
    assert desk.post(case.get_absolute_url(), {"act": "lock", "reason": "not-about-this"}).status_code == 302
    assert Decision.objects.get(case=case).basis == "own"
    assert desk.post("/moderation/open/report/nothing/").status_code == 404


def test_a_moderator_opens_a_case_about_a_source(desk: Client) -> None:
    source = FactFactory().sources.get()
    assert f"/moderation/open/source/{source.pk}/" in desk.get(f"/flag/source/{source.pk}/").content.decode()
    desk.post(f"/moderation/open/source/{source.pk}/")
    assert case_of(source).kind == "source"


def test_what_came_without_the_proof_of_work_waits_longer(db: None) -> None:
    proved, unproved = waiting_report(), waiting_report()
    unproved.hints = [hint(NO_PROOF)]
    unproved.save()
    submitted(unproved)
    waits = [case.due_at - case.opened_at for case in (case_of(proved), case_of(unproved))]
    assert waits[1] == waits[0] * UNPROVED
    assert RULE[-1][1] == UNPROVED
    assert RULE[-1][0].lower() in Client().get("/about/guidelines/").content.decode()
