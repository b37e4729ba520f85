"""Somebody is in danger: what is handed to an authority, the record of it, and what is kept for them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from moderation.actions.appeals import appeal
from moderation.actions.cases import claim, open_case
from moderation.actions.decisions import decide
from moderation.actions.legal_notices import send_notice
from moderation.actions.referrals import KEPT, record_referral, tidy
from moderation.choices import Act, CaseKind
from moderation.decisions.input import DecisionInput
from moderation.models import Case, Referral
from moderation.referral_extract import extract_of
from moderation.transparency import log
from reports.actions.submissions import tidy as tidy_reports
from reports.choices import Status
from reports.models import Evidence, Report, Warning
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.pages_under_test import codes


def message_codes(case: Case, actor: User) -> Referral:
    return record_referral(
        actor=actor,
        case=case,
        authority="Police of Lisbon",
        reference="77/26",
        words="He wrote that he knows where she lives.",
        told_at=timezone.now(),
    )


@pytest.mark.django_db
def test_a_moderator_reads_what_to_hand_over_and_records_whom_they_told(desk: Client, alice: User) -> None:
    case = case_of(waiting_report(author=alice, body="He says that he will come to my home."))
    address = f"{case.get_absolute_url()}danger/"
    assert address in desk.get(case.get_absolute_url()).content.decode()
    page = desk.get(address).content.decode()
    assert "He says that he will come to my home." in page
    assert "Account: Alice" in page
    assert alice.email is None or alice.email not in page
    sent = {
        "authority": "Police <Lisbon>",
        "told_at": "2026-01-02T10:30",
        "reference": "77/26",
        "words": "All of it.",
    }
    answer: Any = desk.post(address, sent, follow=True)
    assert "<bdi>Police &lt;Lisbon&gt;</bdi> was told on 2 January 2026" in answer.content.decode()
    row = Referral.objects.get()
    assert (row.case, row.by.handle if row.by else "", row.words) == (case, "Mona", "All of it.")
    entry = Entry.objects.get(verb="authority.told")
    assert (entry.who, entry.target) == ("Mona", f"told authority {row.public_id}")
    assert "77/26" in desk.get(address).content.decode()


@pytest.mark.django_db
def test_what_is_missing_or_in_the_future_is_said_and_the_text_is_kept(desk: Client, alice: User) -> None:
    address = f"{case_of(waiting_report(author=alice)).get_absolute_url()}danger/"
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    answer = desk.post(address, {"authority": "", "told_at": later, "words": "Kept words"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert codes(answer.context["form"]) == {"authority": ["required"], "told_at": ["future"]}
    assert "Kept words" in page
    assert not Referral.objects.exists()


@pytest.mark.django_db
def test_danger_waits_for_no_lease_and_only_moderators_record_it(mona: User, max_: User, bob: User) -> None:
    case = case_of(waiting_report(author=bob))
    claim(actor=max_, case=case)
    assert message_codes(case, mona).case == case
    with pytest.raises(PermissionDenied):
        message_codes(case, bob)


@pytest.mark.django_db
def test_the_pictures_of_the_report_are_kept_for_the_authority(mona: User, alice: User) -> None:
    held, other = waiting_report(author=alice), waiting_report(author=alice)
    for report in (held, other):
        Evidence.objects.create(
            report=report, stored_name=f"{report.pk}.png", media_type="image/png", width=1, height=1, size=1
        )
    message_codes(case_of(held), mona)
    long_ago = timezone.now() - timedelta(days=60)
    Report.objects.update(status=Status.DECLINED, updated_at=long_ago)
    assert tidy_reports(now=timezone.now())["pictures"] == 1
    assert Evidence.objects.get().report == held
    Report.objects.update(held_until=timezone.localdate() - timedelta(days=1), updated_at=long_ago)
    assert tidy_reports(now=timezone.now())["pictures"] == 1


@pytest.mark.django_db
def test_all_reports_of_a_warning_are_held(mona: User, warning: Warning) -> None:
    message_codes(flagged(warning), mona)
    assert all(report.held_until for report in warning.reports.all())


@pytest.mark.django_db
def test_the_words_go_after_a_year_and_the_record_stays(mona: User, alice: User) -> None:
    row = message_codes(case_of(waiting_report(author=alice)), mona)
    assert tidy(now=timezone.now()) == 0
    assert tidy(now=timezone.now() + KEPT + timedelta(days=1)) == 1
    row.refresh_from_db()
    assert (row.words, row.reference, row.authority) == ("", "", "Police of Lisbon")


@pytest.mark.django_db
def test_the_extract_names_nobody_who_has_no_account_and_tells_notices_and_appeals(
    alice: User, bob: User, mona: User, warning: Warning
) -> None:
    anonymous = extract_of(case_of(waiting_report(author=None, body="No name here.")))
    assert "Account" not in anonymous
    assert "No name here." in anonymous
    fields = {"url": f"/warnings/{warning.slug}/", "ground": "other", "explanation": "A threat.", "law": ""}
    fields |= {"name": "Ella", "email": ""}
    assert "A threat." in extract_of(send_notice(submission_key="k", fields=fields).case)
    declined = waiting_report(author=alice)
    decision = decide(actor=mona, case=case_of(declined), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    assert "It is clear." in extract_of(appeal(decision=decision, text="It is clear.", by=alice).case)
    assert "Case: Bob" in extract_of(open_case(kind=CaseKind.ACCOUNT, target=bob))


@pytest.mark.django_db
def test_the_public_record_counts_it_and_tells_nothing_of_it(client: Client, mona: User, alice: User) -> None:
    message_codes(case_of(waiting_report(author=alice)), mona)
    assert log.figures()[0].authorities == 1
    assert "Lisbon" not in client.get("/transparency/").content.decode()


@pytest.mark.django_db
def test_a_record_that_is_sent_again_is_stored_once(mona: User, alice: User) -> None:
    case, now = case_of(waiting_report(author=alice)), timezone.now()

    def record(reference: str) -> Referral:
        words = "He threatens her."
        return record_referral(
            actor=mona, case=case, authority="Police of Lisbon", reference=reference, words=words, told_at=now
        )

    assert record("77/26") == record("77/26") != record("78/26")
