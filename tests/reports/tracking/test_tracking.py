"""Following a report: by account or by code, seeing where it stands, answering, correcting, taking it back."""

import math
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from reports import review_time_estimate, tracking_codes
from reports.actions import submissions
from reports.actions.status import change_status
from reports.choices import Status
from reports.draft_cookie import COOKIE
from reports.locks import ReportClosedError
from reports.models import Evidence, Report, Step, Warning
from tests.factories import ReportFactory, WarningFactory
from tests.pages_under_test import acts, elements, links, states

pytestmark = pytest.mark.django_db

CodeOf = Callable[[Client, dict[str, Any]], str]


def test_a_code_has_ten_words_of_a_list_and_129_bits() -> None:
    codes = {tracking_codes.code_of(b"secret", str(number)) for number in range(2_000)}
    assert len(codes) == 2_000
    assert {len(code.split("-")) for code in codes} == {10}
    assert {word for code in codes for word in code.split("-")} <= set(tracking_codes.WORD_LIST)
    assert len(set(tracking_codes.WORD_LIST)) == 7_772
    assert 10 * math.log2(len(tracking_codes.WORD_LIST)) > 129


def test_no_word_begins_with_another_so_that_a_code_needs_no_separators() -> None:
    words = sorted(tracking_codes.WORD_LIST)
    assert [pair for pair in pairwise(words) if pair[1].startswith(pair[0])] == []
    for number in range(200):
        code = tracking_codes.code_of(b"secret", str(number))
        assert tracking_codes.normalised(code.replace("-", "")) == code


WAYS: list[Callable[[str], str]] = [
    str.upper,
    str.title,
    lambda code: code.replace("-", " "),
    lambda code: code.replace("-", ""),
    lambda code: code.replace("-", ", "),
    lambda code: f"  {code}\n",
    lambda code: "\n".join(f"{place}. {word}" for place, word in enumerate(code.split("-"), 1)),
    lambda code: "".join(chr(ord(letter) + 0xFEE0) if letter.isalpha() else "\u3000" for letter in code),
    lambda code: code.replace("-", "\u2011"),
    lambda code: code.replace("-", "\u00ad-"),
    lambda code: f"http://localhost:8000/track/{code}/",
    lambda code: f"see https://example.org/track/{code.upper()}/?x=y#words please",
    lambda code: f"https://example.org/track/{code.replace('-', '%2D')}/",
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("old", [False, True])
def test_a_code_may_be_typed_in_any_way(way: Callable[[str], str], old: bool) -> None:
    code = tracking_codes.codes_of(b"secret", "key")[old]
    assert tracking_codes.normalised(way(code)) == code


@pytest.mark.parametrize(
    "typed",
    ["", "zoom " * 9, "zoom " * 11, "zoom " * 9 + "zoomx", "babadab-" * 5, "babadax-" * 6, "叮" * 10, "x" * 9_000],
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert tracking_codes.normalised(typed) == ""


def test_a_report_is_found_by_its_code_however_it_is_typed(
    visitor: Client, filled: dict[str, Any], code_of: CodeOf
) -> None:
    code = code_of(visitor, filled)
    response = Client().post("/track/", {"code": code.upper().replace("-", " ")})
    assert response["Location"] == f"/track/{code}/"


def test_a_code_from_before_still_works(visitor: Client, filled: dict[str, Any], code_of: CodeOf) -> None:
    code_of(visitor, filled)
    report = Report.objects.get(founding=False)
    secret = visitor.cookies[COOKIE].value.encode()
    old = tracking_codes.codes_of(secret, str(report.submission_key))[1]
    Report.objects.filter(pk=report.pk).update(tracking_hash=tracking_codes.hash_of(old))
    assert Client().get(f"/track/{old}/").status_code == 200
    assert visitor.get(f"/report/sent/{report.submission_key}/").context["code"] == old


def test_a_wrong_code_says_so_and_guessing_is_stopped(visitor: Client) -> None:
    for typed in ("", "nonsense", "x" * 10_000, "babadab-" * 6, "\x00"):
        assert visitor.post("/track/", {"code": typed}).status_code == 422
    for _ in range(30):
        last = visitor.post("/track/", {"code": "wrong"})
    assert last.status_code == 429
    assert visitor.get("/track/babadab/").status_code == 429


def test_the_page_of_a_report_is_kept_from_caches_and_search_engines(
    visitor: Client, filled: dict[str, Any], code_of: CodeOf
) -> None:
    response = Client().get(f"/track/{code_of(visitor, filled)}/")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


def test_its_author_corrects_a_report_that_waits(visitor: Client, filled: dict[str, Any], code_of: CodeOf) -> None:
    address = f"/track/{code_of(visitor, filled)}/"
    new = {
        **filled,
        "title": "A clearer line",
        "body": filled["body"] + " And then some.",
        "act": "correct",
        "answer": "Sorry!",
    }
    assert visitor.post(address, new).status_code == 302
    report = Report.objects.get(founding=False)
    assert report.body.endswith("And then some.")
    assert report.warning.title == "A clearer line"
    assert "Sorry!" in visitor.get(address).content.decode()
    wrong = visitor.post(address, new | {"title": ""})
    assert wrong.status_code == 422
    assert visitor.post(address, {"act": "nonsense"}).status_code == 422


def test_changes_that_moderators_ask_for_stand_beside_the_fields_and_sending_them_reopens_the_case(
    member: Client, heron: User, filled: dict[str, Any], mona: User
) -> None:
    member.post("/report/", filled)
    report = Report.objects.get(author=heron)
    submissions.request_changes(
        actor=mona, report=report, remarks={"body": "Please leave out the shop."}, question="Which month?"
    )
    address = f"/accounts/reports/{report.public_id}/"
    html = member.get(address).content.decode()
    assert "Please leave out the shop." in html
    assert "Which month?" in html
    assert Status.CHANGES_ASKED.label in html
    member.post(address, {**filled, "act": "correct", "answer": "It was May."})
    report.refresh_from_db()
    assert (report.status, report.remarks, report.warning.status) == (Status.PENDING, {}, Status.PENDING)
    assert [message.body for message in report.messages.all()] == ["Which month?", "It was May."]


def test_a_report_that_is_taken_back_leaves_nothing(
    visitor: Client, filled: dict[str, Any], code_of: CodeOf, png: bytes, evidence_folder: Any
) -> None:
    address = f"/track/{code_of(visitor, filled | {'pictures': [SimpleUploadedFile('a.png', png)]})}/"
    assert visitor.post(address, {"act": "withdraw"}).status_code == 302
    report = Report.objects.get(founding=False)
    assert (report.status, report.body, report.proposed_tool, report.warning.title) == (
        Status.WITHDRAWN,
        "",
        "",
        "Withdrawn",
    )
    assert "messenger" not in report.warning.slug
    assert not Evidence.objects.exists()
    assert "withdraw" not in acts(visitor.get(address))


def test_what_was_decided_cannot_be_changed_any_more(
    visitor: Client, filled: dict[str, Any], code_of: CodeOf, mona: User
) -> None:
    address = f"/track/{code_of(visitor, filled)}/"
    report = Report.objects.get(founding=False)
    submissions.decide(actor=mona, report=report, status=Status.PUBLISHED, reason="true and useful")
    page = visitor.get(address)
    assert f"{report.warning.get_absolute_url()}#report-{report.public_id}" in links(page)
    assert "withdraw" not in acts(page)
    for act, status in {"withdraw": 302, "correct": 409}.items():
        assert visitor.post(address, {**filled, "act": act}).status_code == status
    report.refresh_from_db()
    assert report.status == Status.PUBLISHED
    with pytest.raises(ReportClosedError):
        submissions.answer_moderators(report=report, body="too late")


def test_a_declined_report_tells_its_reason_to_its_author_only(
    visitor: Client, filled: dict[str, Any], code_of: CodeOf, mona: User
) -> None:
    address = f"/track/{code_of(visitor, filled)}/"
    report = Report.objects.get(founding=False)
    submissions.decide(actor=mona, report=report, status=Status.DECLINED, reason="It names a private person.")
    assert "It names a private person." in visitor.get(address).content.decode()
    assert Client().get(f"/warnings/{report.warning.slug}/").status_code == 404


def test_publishing_makes_the_warning_the_report_and_its_pictures_public(
    visitor: Client, filled: dict[str, Any], mona: User, png: bytes
) -> None:
    visitor.post("/report/", filled | {"act": "attach", "pictures": [SimpleUploadedFile("a.png", png)]})
    picture = Evidence.objects.get()
    visitor.post("/report/", filled | {"version": "1", f"alt-{picture.public_id}": "A chat <about> it"})
    report = Report.objects.get(founding=False)
    assert Client().get(f"/evidence/{picture.public_id}/").status_code == 404
    submissions.decide(actor=mona, report=report, status=Status.PUBLISHED, reason="true")
    warning = Warning.objects.get(pk=report.warning_id)
    assert (warning.status, warning.report_count) == (Status.PUBLISHED, 1)
    html = Client().get(f"/warnings/{warning.slug}/").content.decode()
    assert "read every message" in html
    address = f"/evidence/{picture.public_id}/"
    picture.refresh_from_db()
    size = f'width="{picture.width}" height="{picture.height}"'
    image = f'<img src="{address}" alt="A chat &lt;about&gt; it" {size} loading="lazy">'
    assert f'<a href="{address}">{image}</a>' in html
    assert Client().get(address).status_code == 200
    assert warning.slug in Client().get("/search/?q=messenger before the order").content.decode()


@pytest.mark.parametrize("status", [Status.HIDDEN, Status.UNPUBLISHED])
def test_pictures_of_what_is_taken_down_are_nobodys_again(
    visitor: Client, filled: dict[str, Any], mona: User, png: bytes, status: Status
) -> None:
    visitor.post("/report/", filled | {"pictures": [SimpleUploadedFile("a.png", png)]})
    report = Report.objects.get(founding=False)
    submissions.decide(actor=mona, report=report, status=Status.PUBLISHED, reason="true")
    address = f"/evidence/{Evidence.objects.get().public_id}/"
    shown = Client().get(address)
    assert (shown.status_code, "sandbox" in shown["Content-Security-Policy"]) == (200, True)
    change_status(actor="Mona", post=report, status=status, reason="x")
    assert Client().get(address).status_code == 404
    assert address not in Client().get(f"/warnings/{report.warning.slug}/").content.decode()


def test_pictures_of_a_trusted_member_wait_until_a_moderator_has_looked(
    member: Client, heron: User, filled: dict[str, Any], png: bytes
) -> None:
    User.objects.filter(pk=heron.pk).update(trust_level=TrustLevel.TRUSTED)
    page = member.post("/report/", filled | {"pictures": [SimpleUploadedFile("a.png", png)]}, follow=True)
    assert "shown pictures-kept" in states(page)
    report = Report.objects.get(author=heron)
    picture = Evidence.objects.get()
    address = f"/evidence/{picture.public_id}/"
    warning = f"/warnings/{report.warning.slug}/"
    assert address not in Client().get(warning).content.decode()
    assert (Client().get(address).status_code, member.get(address).status_code) == (404, 200)


def test_nobody_sees_somebody_elses_report(member: Client, filled: dict[str, Any], heron: User) -> None:
    member.post("/report/", filled)
    report = Report.objects.get(author=heron)
    stranger = Client()
    stranger.force_login(User.objects.create_user("Ibis"))
    address = f"/accounts/reports/{report.public_id}/"
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"act": "withdraw"}).status_code == 404
    assert Client().get(address).status_code == 302
    assert elements(stranger.get("/accounts/reports/"), class_="empty")


def test_how_long_it_takes_is_said_from_real_figures_only() -> None:
    now = timezone.now()
    assert review_time_estimate.review_time(now) is None
    for hours in (1, 2, 3, 4, 50):
        report = ReportFactory()
        Report.objects.filter(pk=report.pk).update(created_at=now - timedelta(hours=hours))
        report.steps.all().delete()
        Step.objects.create(report=report, status=Status.PUBLISHED)
        Step.objects.create(report=report, status=Status.DECLINED)
    wait = review_time_estimate.review_time(now + timedelta(seconds=5))
    assert wait == review_time_estimate.ReviewTime("about 3 hours", 5)


def decided(hours: float, *, days_ago: float = 0, automatic: bool = False) -> Report:
    """A report that was decided on some days ago, so many hours after it was sent."""
    report: Report = ReportFactory()
    at = timezone.now() - timedelta(days=days_ago)
    Report.objects.filter(pk=report.pk).update(created_at=at - timedelta(hours=hours))
    step = Step.objects.create(report=report, status=Status.PUBLISHED, automatic=automatic)
    Step.objects.filter(pk=step.pk).update(at=at)
    return report


def test_what_the_software_published_waited_for_nobody() -> None:
    mary = User.objects.create_user("Mary")
    User.objects.filter(pk=mary.pk).update(trust_level=TrustLevel.MEMBER)
    mary.refresh_from_db()
    tapped = submissions.happened_to_me(author=mary, warning=WarningFactory(), happened_in=None, marketplace=None)
    assert list(tapped.steps.values_list("status", "automatic")) == [("pending", False), ("published", True)]
    for hours in (3, 3, 3, 4):
        decided(hours)
    for _ in range(9):
        decided(0, automatic=True)
    assert review_time_estimate.review_time(timezone.now()) is None
    # A later decision on what was published at once is not the first.
    Step.objects.create(report=tapped, status=Status.DECLINED)
    assert review_time_estimate.review_time(timezone.now()) is None
    decided(4)
    assert review_time_estimate.review_time(timezone.now()) == review_time_estimate.ReviewTime("about 3 hours", 5)


def test_it_is_the_last_reports_that_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_time_estimate, "MOST", 6)
    for number in range(12):
        decided(hours=50 if number < 6 else 5, days_ago=80 - number)
    assert review_time_estimate.review_time(timezone.now()) == review_time_estimate.ReviewTime("about 5 hours", 6)
