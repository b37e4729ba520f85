"""Sending a report: it arrives once, whole, and tells nothing of its sender."""

import re
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client

from accounts.choices import TrustLevel
from accounts.models import User
from audit.models import Entry
from directory.models import Tool
from reports.choices import Status
from reports.forms.report import LONGEST_BODY
from reports.hints import PERSONAL, hint
from reports.models import Draft, Evidence, Report, Warning
from reports.models.text import LONGEST_TITLE
from reports.personal_data.kinds import Kind
from reports.views import report_form
from tests.pages_under_test import elements, numbers

pytestmark = pytest.mark.django_db

FOUNDING = "stay-away-from-a-buyer-who-asks-you-to-use-dingtalk"


def test_a_report_without_an_account_waits_for_a_moderator(visitor: Client, filled: dict[str, Any]) -> None:
    response = visitor.post("/report/", filled, follow=True)
    assert response.status_code == 200
    report = Report.objects.get(founding=False)
    assert (report.status, report.author, report.warning.status) == (Status.PENDING, None, Status.PENDING)
    assert (report.proposed_tool, report.outcome, str(report.happened_in)) == (
        "Zorblax Messenger",
        "refused",
        "2026-05-01",
    )
    assert report.warning.title == filled["title"]
    assert re.fullmatch(r"([a-z]+-){9}[a-z]+", response.context["code"])
    assert str(report.tracking_hash) not in response.content.decode()
    assert not Draft.objects.exists()
    assert visitor.get(f"/warnings/{report.warning.slug}/").status_code == 404


def test_a_report_with_an_account_has_an_author_and_no_code(
    member: Client, heron: User, filled: dict[str, Any]
) -> None:
    response = member.post("/report/", filled, follow=True)
    report = Report.objects.get(author=heron)
    assert (report.tracking_hash, report.status, response.context["code"]) == (None, Status.PENDING, "")
    assert filled["title"] in member.get("/accounts/reports/").content.decode()
    assert member.get(f"/accounts/reports/{report.public_id}/").status_code == 200


def test_a_trusted_member_is_read_afterwards(
    member: Client, heron: User, filled: dict[str, Any], visitor: Client
) -> None:
    User.objects.filter(pk=heron.pk).update(trust_level=TrustLevel.TRUSTED)
    member.post("/report/", filled)
    report = Report.objects.get(author=heron)
    assert (report.status, report.warning.status) == (Status.PUBLISHED, Status.PUBLISHED)
    html = visitor.get(f"/warnings/{report.warning.slug}/").content.decode()
    assert "read every message" in html
    assert numbers(html, "tally")[0] == 1


def test_sent_twice_it_is_one_report(visitor: Client, filled: dict[str, Any]) -> None:
    answers = [visitor.post("/report/", filled)["Location"] for _ in range(3)]
    assert len(set(answers)) == 1
    assert Report.objects.filter(founding=False).count() == 1
    codes = {visitor.get(answers[0]).context["code"] for _ in range(2)}
    assert len(codes) == 1


def test_the_page_with_the_code_is_for_the_browser_that_sent_it(visitor: Client, filled: dict[str, Any]) -> None:
    address = visitor.post("/report/", filled)["Location"]
    assert Client().get(address).status_code == 404
    assert "no-store" in visitor.get(address)["Cache-Control"]
    page = visitor.get(address)
    assert page.context["shown_for"] == 30
    [forget] = elements(page, "form", action="/report/forget/")
    assert re.findall(r"\d+", forget.text) == ["30"]
    [button] = [one for one in forget.everything() if one.name == "button"]
    assert button.attributes["type"] == "submit"
    assert button.text
    assert visitor.cookies["__Host-draft"]["max-age"] == 30 * 86_400
    visitor.post(forget.attributes["action"])
    assert visitor.get(address).status_code == 404


def test_known_tools_are_recognised_by_any_of_their_names(visitor: Client, filled: dict[str, Any]) -> None:
    visitor.post("/report/", filled | {"tools": "ding talk, 微信", "looked": "1"})
    report = Report.objects.get(founding=False)
    assert {tool.slug for tool in report.tools.all()} == {"dingtalk", "wechat"}
    assert report.proposed_tool == ""


def test_none_of_these_makes_a_new_warning(visitor: Client, filled: dict[str, Any]) -> None:
    visitor.post("/report/", filled | {"tools": "DingTalk", "looked": "1"})
    assert Warning.objects.filter(title=filled["title"]).exists()


def test_personal_data_is_shown_where_it_stands_and_asked_about_once(visitor: Client, filled: dict[str, Any]) -> None:
    form = filled | {"body": "The buyer John Miller wrote from j.miller@example.com and pressed me for days on end."}
    response = visitor.post("/report/", form)
    html = response.content.decode()
    assert response.status_code == 422
    assert '<mark title="name">John Miller</mark>' in html
    assert '<mark title="e-mail address">j.miller@example.com</mark>' in html
    assert not Report.objects.filter(founding=False).exists()
    version = response.context["writing"].version
    masked = visitor.post("/report/", form | {"act": "mask", "version": version})
    assert "The buyer [buyer] wrote from [e-mail] and" in masked.content.decode()
    assert Draft.objects.get().fields["body"] == [
        "The buyer [buyer] wrote from [e-mail] and pressed me for days on end."
    ]
    visitor.post("/report/", form | {"keep": "1", "draft": str(uuid.uuid4())})
    hints = Report.objects.get(founding=False).hints
    assert hint(PERSONAL, kinds=[Kind.EMAIL, Kind.NAME]) in hints


def test_alt_texts_and_names_of_tools_are_looked_at_too(visitor: Client, filled: dict[str, Any], png: bytes) -> None:
    visitor.post("/report/", filled | {"act": "attach", "pictures": [SimpleUploadedFile("a.png", png)]})
    picture = Evidence.objects.get()
    form = filled | {
        "version": "1",
        "tools": "ding talk, j.miller@example.com",
        f"alt-{picture.public_id}": "He is at m.jones@example.com",
        "looked": "1",
    }
    html = visitor.post("/report/", form).content.decode()
    assert '<mark title="e-mail address">j.miller@example.com</mark>' in html
    assert '<mark title="e-mail address">m.jones@example.com</mark>' in html
    masked = visitor.post("/report/", form | {"act": "mask"})
    assert 'value="ding talk, [e-mail]"' in masked.content.decode()
    assert 'value="He is at [e-mail]"' in masked.content.decode()
    picture.refresh_from_db()
    assert picture.alt_text == "He is at [e-mail]"
    visitor.post("/report/", form | {"version": masked.context["writing"].version, "keep": "1"})
    hints = Report.objects.get(founding=False).hints
    assert hint(PERSONAL, kinds=[Kind.EMAIL]) in hints


def test_tools_are_read_at_the_commas_of_any_script(member: Client, filled: dict[str, Any]) -> None:
    member.post("/report/", filled | {"tools": "DingTalk，Chatto、钉聊", "looked": "1"})
    report = Report.objects.get(founding=False)
    assert [tool.slug for tool in report.tools.all()] == ["dingtalk"]
    assert report.proposed_tool == "Chatto, 钉聊"


@pytest.mark.parametrize("typed", ["1,000.50", "1.000,50", "1 000,5"])
def test_an_amount_is_read_with_its_separators(typed: str, member: Client, filled: dict[str, Any]) -> None:
    member.post("/report/", filled | {"outcome": "lost-money", "amount": typed, "currency": "EUR"})
    assert Report.objects.get(founding=False).amount == Decimal("1000.50")


def test_line_ends_of_a_browser_count_once(member: Client, filled: dict[str, Any]) -> None:
    body = "\r\n".join(["x" * 99] * 100)
    assert len(body) > LONGEST_BODY > len(body.replace("\r", ""))
    member.post("/report/", filled | {"body": body})
    assert Report.objects.get(founding=False).body == body.replace("\r", "")


def test_tags_are_kept_and_fold(member: Client, filled: dict[str, Any]) -> None:
    member.post("/report/", filled | {"tags": "Off platform, off-platform, 微信"})
    names = {tagged.tag.name for tagged in Warning.objects.get(title=filled["title"]).tagged.all()}
    assert len(names) == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * (LONGEST_TITLE + 1)}, "title"),
        ({"title": "\u200b\u3164\u2800"}, "title"),
        ({"body": "\u2800\n" * 100}, "body"),
        ({"outcome": "lost-money", "amount": "1,00", "currency": ""}, "currency"),
        ({"outcome": "lost-money", "amount": "1,0000", "currency": "USD"}, "amount"),
        ({"title": "a\x00b"}, "title"),
        ({"body": "Too short."}, "body"),
        ({"body": "x" * 1_000_000}, "body"),
        ({"body": "![" * 3_000}, "body"),
        ({"body": "a\x00b" * 30}, "body"),
        ({"happened_in": "2031-01"}, "happened_in"),
        ({"happened_in": "1066-01"}, "happened_in"),
        ({"happened_in": "yesterday"}, "happened_in"),
        ({"marketplace": "no-such-place"}, "marketplace"),
        ({"tactics": "no-such-trick"}, "tactics"),
        ({"tactics": "' OR 1=1 --"}, "tactics"),
        ({"outcome": "rich"}, "outcome"),
        ({"outcome": "lost-money", "amount": "-5", "currency": "USD"}, "amount"),
        ({"outcome": "lost-money", "amount": "1e30", "currency": "USD"}, "amount"),
        ({"outcome": "lost-money", "amount": "NaN", "currency": "USD"}, "amount"),
        ({"outcome": "lost-money", "amount": "5", "currency": "XXX"}, "currency"),
        ({"outcome": "lost-money", "amount": "5", "currency": ""}, "currency"),
        ({"outcome": "refused", "amount": "5", "currency": "USD"}, "outcome"),
        ({"tools": "a, b, c, d"}, "tools"),
        ({"tools": "x" * 301}, "tools"),
        ({"tags": "a, b, c, d, e, f, g, h, i"}, "tags"),
        ({"tags": "x" * 41}, "tags"),
        ({"tags": "late nights, 😀"}, "tags"),
        ({"website": "https://spam.example"}, "website"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_text_is_kept(
    visitor: Client, filled: dict[str, Any], change: dict[str, str], field: str
) -> None:
    response = visitor.post("/report/", filled | change)
    assert response.status_code == 422
    assert field in response.context["form"].errors, response.context["form"].errors
    assert not Report.objects.filter(founding=False).exists()
    kept = {**filled, **change}["body" if field != "body" else "title"]
    assert kept.replace("\x00", "")[:50] in response.content.decode()


def test_an_unknown_draft_or_version_is_no_obstacle(visitor: Client, filled: dict[str, Any]) -> None:
    for change in ({"draft": "nonsense"}, {"draft": ""}, {"version": "-1"}, {"version": "9" * 40}):
        assert visitor.post("/report/", filled | change).status_code == 302


def test_nobody_takes_over_somebody_elses_draft(visitor: Client, filled: dict[str, Any]) -> None:
    visitor.post("/report/", filled | {"act": "save"})
    draft = Draft.objects.get()
    stranger = Client()
    response = stranger.post("/report/", filled | {"act": "save", "body": "mine now"})
    assert filled["body"] not in stranger.get(response["Location"]).content.decode()
    draft.refresh_from_db()
    assert draft.fields["body"] == [filled["body"]]
    assert Draft.objects.get(browser_hash__gt="", fields__body=["mine now"]) != draft


def test_marks_piled_on_a_letter_and_letters_that_run_backwards_are_tidied(
    visitor: Client, filled: dict[str, Any]
) -> None:
    visitor.post(
        "/report/",
        filled | {"title": "Z" + "\u0301" * 5_0 + "algo \u202e reversed", "body": filled["body"] + "\u202e"},
    )
    report = Report.objects.get(founding=False)
    assert "\u202e" not in report.warning.title + report.body
    assert report.warning.title.count("\u0301") <= 4


def test_a_form_without_its_token_is_refused(filled: dict[str, Any]) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/report/", filled).status_code == 403
    assert not Report.objects.filter(founding=False).exists()


def test_without_a_database_the_text_comes_back(
    visitor: Client, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: Any) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr("reports.views.report_input.submit", gone)
    response = visitor.post("/report/", filled)
    html = response.content.decode()
    assert response.status_code == 503
    assert filled["body"] in html
    assert filled["title"] in html
    assert "locked" not in html
    assert not Report.objects.filter(founding=False).exists()


def test_a_page_that_only_reads_is_not_disguised_when_the_database_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(report_form, "_begin", gone)
    assert Client(raise_request_exception=False).get("/report/").status_code == 500


def test_a_source_that_sends_too_much_has_to_wait_and_loses_nothing(visitor: Client, filled: dict[str, Any]) -> None:
    for number in range(6):
        other = {"draft": str(uuid.uuid4()), "title": f"What happened in order {number}", "again": "1"}
        assert visitor.post("/report/", filled | other).status_code == 302
    response = visitor.post("/report/", filled | {"draft": str(uuid.uuid4()), "again": "1"})
    assert response.status_code == 429
    too_often = response.context["too_often"]
    assert too_often.limit.name == "report-hour"
    assert too_often.limit.reached in response.content.decode()
    assert f" {too_often.words} " in response.content.decode()
    assert filled["body"] in response.content.decode()
    assert Report.objects.filter(founding=False).count() == 6


def test_somebody_with_an_account_is_told_that_it_is_their_own_limit(
    member: Client, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "common.http.rate_limits.most", lambda limit: 0 if limit.name == "report-member" else limit.most
    )
    answer = member.post("/report/", filled)
    html = answer.content.decode()
    assert answer.context["too_often"].limit.name == "report-member"
    assert answer.context["too_often"].limit.reached in html
    assert "network" not in html.partition("<form")[0].partition("<main")[2]


def test_nothing_of_the_sender_is_stored(visitor: Client, filled: dict[str, Any]) -> None:
    visitor.post("/report/", filled, REMOTE_ADDR="203.0.113.77", headers={"User-Agent": "Marker/7.7"})
    stored = " ".join(str(list(model.objects.values())) for model in (Report, Warning, Draft, Entry, Evidence))
    assert "203.0.113" not in stored
    assert "Marker" not in stored
    assert Entry.objects.filter(verb="report.submit", actor="anonymous").exists()


def test_the_form_comes_prefilled_from_a_link(visitor: Client) -> None:
    html = visitor.get("/report/?tools=Zorblax&tactics=off-platform-contact&marketplace=fiverr").content.decode()
    assert 'value="Zorblax"' in html
    assert re.search(r'value="fiverr"\s+selected', html)
    assert re.search(r'value="off-platform-contact"[^>]*checked', html)
    [joined] = elements(visitor.get(f"/report/?joins={FOUNDING}"), "div", data_joined="")
    assert "hidden" not in joined.attributes
    assert f"/warnings/{FOUNDING}/" in [one.attributes.get("href") for one in joined.everything()]


def test_a_search_for_nothing_leads_to_the_form_with_the_name(visitor: Client) -> None:
    html = visitor.get("/search/?q=qwxzv zorblax").content.decode()
    assert 'href="/report/?tools=qwxzv%20zorblax"' in html


def test_it_happened_to_me_counts_once_and_at_once_for_a_member(member: Client, heron: User, visitor: Client) -> None:
    User.objects.filter(pk=heron.pk).update(trust_level=TrustLevel.MEMBER)
    address = f"/warnings/{FOUNDING}/happened/"
    before = Warning.objects.get(slug=FOUNDING).report_count
    for _ in range(2):
        assert member.post(address, {"happened_in": "2026-05", "marketplace": "fiverr"}).status_code == 302
    assert Warning.objects.get(slug=FOUNDING).report_count == before + 1
    assert visitor.post(address)["Location"] == f"/report/?joins={FOUNDING}"


def test_it_happened_to_me_of_somebody_new_waits(member: Client, heron: User) -> None:
    member.post(f"/warnings/{FOUNDING}/happened/", {"happened_in": "1999-01", "marketplace": "nowhere"})
    report = Report.objects.get(author=heron)
    assert (report.status, report.happened_in, report.marketplace) == (Status.PENDING, None, None)


def test_a_preview_shows_the_text_as_it_will_look_and_runs_nothing(visitor: Client, filled: dict[str, Any]) -> None:
    html = visitor.post(
        "/report/", filled | {"act": "preview", "body": "**loud** <script>alert(1)</script>"}
    ).content.decode()
    assert "<strong>loud</strong>" in html
    assert "<script>alert(1)" not in html
    tangled = visitor.post("/report/", filled | {"act": "preview", "body": "[" * 9_000, "version": "1"})
    assert tangled.status_code == 200


def test_after_a_preview_the_form_holds_what_was_typed(visitor: Client, filled: dict[str, Any]) -> None:
    form = visitor.post("/report/", filled | {"act": "preview"}).context["form"]
    assert {name: form[name].value() for name in ("title", "body")} == {
        name: filled[name] for name in ("title", "body")
    }


def test_tools_in_the_form_are_those_of_the_directory(visitor: Client) -> None:
    html = visitor.get("/report/").content.decode()
    assert html.count("<option value=") > Tool.objects.count()
