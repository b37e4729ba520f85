"""Moderators see what they decide on in bulk, and undo it together."""

import html
import uuid
from typing import Any

import pytest
from django.db import connection
from django.forms import ChoiceField, ModelChoiceField
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.choices import TrustLevel
from accounts.models import User
from moderation.actions.cases import open_case
from moderation.actions.decisions import undo
from moderation.actions.flags import flag
from moderation.choices import CaseKind, CaseState, FlagReason
from moderation.models import Case, Decision
from moderation.queue.rows import LONGEST, NOBODY, rows_of
from reports.choices import Status
from reports.models import Evidence, Report, Warning
from tests.factories import CommentFactory, ReportFactory, SourceFactory, UserFactory, WarningFactory
from tests.moderation.making import case_of, flagged, waiting_report
from tests.moderation.test_legal_notices import WHY, sent
from tests.pages_under_test import elements, links, message_codes, states, targets

pytestmark = pytest.mark.django_db


def row_of(case: Case) -> Any:
    [row] = rows_of([Case.objects.get(pk=case.pk)])
    return row


def decided(desk: Client, count: int = 3) -> str:
    """Decide reports in bulk; return the address of these decisions."""
    cases = [str(case_of(waiting_report(title=f"Report {number}")).public_id) for number in range(count)]
    data = {"kind": "report", "act": "decline", "reason": "advertising", "case": cases}
    page = desk.post("/moderation/bulk/?kind=report", data, follow=True)
    [address] = {link for link in links(page) if link.startswith("/moderation/bulk/")}
    return address


def test_what_was_decided_in_bulk_is_undone_together(desk: Client) -> None:
    address = decided(desk)
    assert message_codes(desk.post(address, {"note": "Too fast."}, follow=True)) == ["undone"]
    assert not Decision.objects.not_undone().exists()
    assert Case.objects.open().filter(kind=CaseKind.REPORT).count() == 3
    assert set(Report.objects.filter(warning__title__startswith="Report ").values_list("status", flat=True)) == {
        Status.PENDING
    }
    page = desk.get(address)
    assert states(page).count("undone") == 3
    assert not elements(page, "textarea")
    assert desk.post(address, {"note": "Again."}, follow=True).status_code == 200


@pytest.mark.parametrize("gone", ["00000000-0000-4000-8000-000000000000", "no-key", ""])
def test_a_case_that_is_gone_meanwhile_stops_no_other(desk: Client, gone: str) -> None:
    cases = [str(case_of(waiting_report(title=f"Report {number}")).public_id) for number in range(2)]
    data = {"kind": "report", "act": "decline", "reason": "advertising", "case": [cases[0], gone, cases[1]]}
    page = desk.post("/moderation/bulk/?kind=report", data, follow=True)
    assert sorted(message_codes(page)) == ["case-gone", "decided"]
    assert Decision.objects.count() == 2
    assert any(link.startswith("/moderation/bulk/") for link in links(page))


@pytest.mark.parametrize(
    ("act", "reason", "code"),
    [
        ("decline", "", "reason-missing"),
        ("publish", "advertising", "choose-reason"),
        ("decline", "made-up", "choose-reason"),
        ("suspend", "advertising", "choose-decision"),
        ("", "advertising", "choose-decision"),
    ],
)
def test_a_refused_bulk_keeps_ticks_and_fields_and_names_the_refusal_once(
    desk: Client, act: str, reason: str, code: str
) -> None:
    cases = [str(case_of(waiting_report(title=f"Report {number}")).public_id) for number in range(3)]
    data = {"kind": "report", "act": act, "reason": reason, "case": cases[:2]}
    page = desk.post("/moderation/bulk/?kind=report", data, follow=True)
    assert message_codes(page) == [code]
    assert {box.attributes["value"] for box in elements(page, "input", name="case", checked="")} == set(cases[:2])
    choices = [one for select in elements(page, "select", form="bulk") for one in select.everything()]
    offered = {one.attributes["value"] for one in choices if one.name == "option"}
    kept = {one.attributes["value"] for one in choices if "selected" in one.attributes}
    assert kept - {""} == {act, reason} & offered - {""}
    assert not Decision.objects.exists()


def test_a_refusal_names_its_cases_and_leaves_these_ticked(desk: Client) -> None:
    plain, *pictured = [waiting_report(title=f"Report {number}") for number in range(3)]
    for report in pictured:
        picture = {"stored_name": f"{report.pk}.png", "media_type": "image/png", "width": 9, "height": 9, "size": 9}
        Evidence.objects.create(report=report, sha256="0" * 64, **picture)
    cases = [str(case_of(report).public_id) for report in (plain, *pictured)]
    page = desk.post("/moderation/bulk/", {"kind": "report", "act": "publish", "case": cases}, follow=True)
    assert message_codes(page) == ["decided", "pictures"]
    [refused] = elements(page, data_message="pictures")
    assert "“Report 1”, “Report 2”" in refused.text
    assert {box.attributes["value"] for box in elements(page, "input", name="case", checked="")} == set(cases[1:])


def test_a_refused_bulk_comes_back_to_its_page_of_the_queue(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderation.views.cases.CASES_ON_A_PAGE", 2)
    for number in range(4):
        waiting_report(title=f"Report {number}")
    [following] = [link for link in links(desk.get("/moderation/?kind=report")) if "after=" in link]
    second = desk.get(f"/moderation/{following}")
    [target] = [target for target in targets(second) if target.startswith("/moderation/bulk/")]
    cases = [box.attributes["value"] for box in elements(second, "input", name="case")]
    page = desk.post(html.unescape(target), {"kind": "report", "act": "decline", "case": cases}, follow=True)
    assert [box.attributes["value"] for box in elements(page, "input", name="case", checked="")] == cases


@pytest.mark.parametrize("field", ["reason", "act"])
def test_a_choice_that_is_not_offered_is_refused_in_our_words(desk: Client, field: str) -> None:
    case = case_of(waiting_report())
    answer = desk.post(case.get_absolute_url(), {"act": "decline", "reason": "advertising", field: "made-up"})
    stock = ModelChoiceField.default_error_messages, ChoiceField.default_error_messages
    [error] = answer.context["form"].errors[field]
    assert error not in {str(words["invalid_choice"]) % {"value": "made-up"} for words in stock}


def test_what_cannot_be_undone_is_told_and_the_others_are_undone(desk: Client, max_: User) -> None:
    address = decided(desk)
    first, second, _ = Decision.objects.order_by("pk")
    undo(actor=max_, decision=first, note="Before.")
    assert second.report
    Report.objects.filter(pk=second.report.pk).update(status=Status.WITHDRAWN)
    answer = desk.post(address, {"note": "A long reason."}, follow=True)
    assert sorted(message_codes(answer)) == ["changed-since", "undone"]
    [note] = elements(answer, "textarea")
    assert note.text == "A long reason."
    assert list(Decision.objects.not_undone()) == [second]


def test_undoing_needs_a_note_and_keeps_what_was_typed(desk: Client) -> None:
    answer = desk.post(decided(desk, 1), {"note": "  "})
    assert answer.status_code == 422
    assert Decision.objects.not_undone().count() == 1


def test_each_decision_leads_to_the_others_and_two_bulks_are_apart(desk: Client) -> None:
    first, second = decided(desk, 2), decided(desk, 2)
    assert first != second
    decision = Decision.objects.earliest("pk")
    assert first in links(desk.get(decision.get_absolute_url()))
    desk.post(first, {"note": "Too fast."})
    assert Decision.objects.not_undone().count() == 2


def test_only_moderators_see_it_and_unknown_ones_are_not_found(desk: Client) -> None:
    address = decided(desk, 1)
    member = Client()
    member.force_login(UserFactory(trust_level=TrustLevel.TRUSTED))
    assert member.get(address).status_code == 403
    assert member.post(address, {"note": "x"}).status_code == 403
    assert desk.get(f"/moderation/bulk/{uuid.uuid4()}/").status_code == 404
    assert Decision.objects.not_undone().count() == 1


@pytest.mark.parametrize(
    "body", ["They asked for a passport.", "<script>alert(1)</script> & so on", "x" * 2_000, "\u202eabc", "**", ""]
)
def test_the_queue_shows_author_and_first_words(desk: Client, alice: User, body: str) -> None:
    comment = CommentFactory(author=alice, text=body, status=Status.PENDING, published_at=None)
    page = desk.get("/moderation/?kind=comment")
    [author] = elements(page, data_part="author")
    assert "Alice" in author.text
    assert "<script>alert" not in page.content.decode()
    words = row_of(case_of(comment)).words
    assert len(words) <= LONGEST
    assert words[:20] == " ".join(body.split())[:20] or body in ("**", "\u202eabc")


def test_the_queue_shows_how_many_flags_wait(desk: Client, warning: Warning) -> None:
    for _ in range(2):
        flag(target=warning, flagger=UserFactory(), reason=FlagReason.UNTRUE, detail="")
    [shown] = elements(desk.get("/moderation/?kind=flags"), data_part="flags")
    assert shown.text.startswith("2 ")


def test_who_left_out_their_handle_is_not_named(alice: User) -> None:
    report = waiting_report(author=alice)
    Report.objects.filter(pk=report.pk).update(unnamed=True)
    row = row_of(case_of(report))
    assert row.name is not None
    assert row.name.handle == ""
    assert "Alice" not in row.name.words
    begun = row_of(flagged(report.warning))
    assert begun.name.handle == ""
    merged = ReportFactory(warning=WarningFactory(status=Status.MERGED, merged_into=report.warning), author=alice)
    assert row_of(flagged(merged)).name.handle == ""


def test_a_report_without_an_account_says_so() -> None:
    assert row_of(case_of(waiting_report())).name.words == NOBODY


def test_a_notice_shows_what_it_says_and_a_source_has_no_author(warning: Warning) -> None:
    sent(warning)
    assert row_of(Case.objects.get(kind=CaseKind.NOTICE)).words[:20] == WHY[:20]
    row = row_of(open_case(kind=CaseKind.SOURCE, target=SourceFactory()))
    assert (row.name, row.words, row.flags) == (None, "", 0)


def test_more_cases_need_no_more_queries(desk: Client, alice: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get("/moderation/")
        return len(captured)

    def more() -> None:
        report = waiting_report(author=alice)
        flagged(CommentFactory(warning=report.warning))
        flagged(WarningFactory(author=alice))

    more()
    desk.get("/moderation/")
    few = queries()
    for _ in range(5):
        more()
    assert queries() == few
    assert Case.objects.filter(state=CaseState.OPEN).count() >= 18
