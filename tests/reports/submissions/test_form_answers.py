"""What the forms of a report answer: one line where the eye is, everything that is asked at once, no default."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from reports.forms.report import SHORTEST_BODY
from reports.models import Draft, Report
from tests.common.images import hostile
from tests.factories import ReportFactory, WarningFactory
from tests.pages_under_test import Element, elements, links, message_codes, states

pytestmark = pytest.mark.django_db

PERSONAL = "Anna Miller at anna.miller@example.org asked me to install the app before anything was ordered."


def focused(page: Any) -> Element:
    """The one element that has the focus when the page is shown; the first one gets it."""
    found = [one for one in elements(page) if "autofocus" in one.attributes]
    assert found, "nothing has the focus"
    assert found[0].attributes["tabindex"] == "-1"
    return found[0]


def state(page: Any) -> str:
    return focused(page).attributes.get("data-state", "")


def again(form: dict[str, Any]) -> dict[str, Any]:
    """The same form, opened anew."""
    return form | {"draft": str(uuid.uuid4())}


@pytest.fixture
def own(heron: User) -> Report:
    """A report that waits."""
    warning = WarningFactory(status="pending", published_at=None, author=heron)
    return ReportFactory(warning=warning, author=heron, status="pending", published_at=None, body=PERSONAL * 2)


def test_replacing_what_is_personal_says_so_in_each_form(member: Client, own: Report, filled: dict[str, Any]) -> None:
    warning = WarningFactory()
    forms = {
        "/report/": filled | {"body": PERSONAL},
        f"/warnings/{warning.slug}/comments/": {"body": PERSONAL},
        f"/accounts/reports/{own.public_id}/": filled | {"body": PERSONAL},
    }
    for address, form in forms.items():
        page = member.post(address, again(form) | {"act": "mask"})
        assert state(page) == "masked", address
        assert "anna.miller" not in page.content.decode()
        [text] = elements(page, "textarea", name="body")
        assert "[" in text.text


def test_replacing_can_make_a_text_too_short_and_says_so(member: Client, filled: dict[str, Any]) -> None:
    page = member.post(
        "/report/", again(filled) | {"body": "Mail to anna.miller.the.buyer@example.org", "act": "mask"}
    )
    assert str(SHORTEST_BODY) in focused(page).text
    page = member.post(
        "/report/", again(filled) | {"body": "Nothing personal in this one at all, and long enough.", "act": "mask"}
    )
    assert str(SHORTEST_BODY) not in focused(page).text


@pytest.mark.parametrize("act", ["correct", "answer", "withdraw"])
def test_what_is_done_to_a_report_is_told(act: str, member: Client, own: Report, filled: dict[str, Any]) -> None:
    address = f"/accounts/reports/{own.public_id}/"
    page = member.post(address, filled | {"act": act, "words": "It was in May."}, follow=True)
    assert page.redirect_chain[-1][1] == 302
    assert state(page) == {"correct": "corrected", "answer": "answered", "withdraw": "withdrawn"}[act]
    assert "done" not in states(member.get(f"{address}?done=<b>nonsense"))


def test_a_correction_of_what_was_decided_meanwhile_comes_back(
    member: Client, own: Report, filled: dict[str, Any]
) -> None:
    Report.objects.filter(pk=own.pk).update(status="declined")
    page = member.post(f"/accounts/reports/{own.public_id}/", filled | {"act": "correct"})
    assert (page.status_code, message_codes(page)) == (409, ["closed"])
    assert filled["body"] in page.content.decode()


@pytest.mark.parametrize(("act", "answer"), [("save", "saved"), ("leave", "left"), ("attach", "attached")])
def test_each_button_of_the_form_answers(act: str, answer: str, member: Client, filled: dict[str, Any]) -> None:
    assert state(member.post("/report/", filled | {"act": act}, follow=True)) == answer


def test_everything_that_is_wrong_is_told_at_once_with_links_to_it(member: Client, filled: dict[str, Any]) -> None:
    wrong = {"title": "", "amount": "5", "outcome": "lost-money", "body": f"{PERSONAL} {'x' * 10_000}"}
    page = member.post("/report/", filled | wrong | {"pictures": SimpleUploadedFile("a.gif", b"GIF89a")})
    assert page.status_code == 422
    assert state(page) == "errors"
    assert {"#id_title", "#id_currency", "#id_body"} <= set(links(page))
    ids = {one.attributes["id"] for one in elements(page) if "id" in one.attributes}
    assert {link.removeprefix("#") for link in links(page) if link.startswith("#id_")} <= ids
    assert "gif" in states(page)
    assert elements(page, id="personal")


@pytest.mark.parametrize("address", ["/notice/", "/flag/warning/{}/", "/warnings/{}/comments/", "/warnings/{}/edit/"])
def test_every_form_has_a_summary_that_leads_to_its_fields(address: str, member: Client) -> None:
    page = member.post(address.format(WarningFactory().slug), {"law": "x"})
    assert (page.status_code, state(page)) == (422, "errors")
    targets = {link.removeprefix("#") for link in links(page) if link.startswith("#id_")}
    assert targets
    assert targets <= {one.attributes["id"] for one in elements(page) if "id" in one.attributes}


def test_the_shortest_text_is_stated_before_one_sends(visitor: Client, filled: dict[str, Any]) -> None:
    [help_text] = elements(visitor.get("/report/"), id="id_body_helptext")
    assert str(SHORTEST_BODY) in help_text.text
    page = visitor.post("/report/", filled | {"body": "Too short."})
    [error] = elements(page, id="id_body_error")
    assert "10" in error.text and str(SHORTEST_BODY) in error.text


NOT_TAKEN = {
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "avif": b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
    "gif": b"GIF89a" + b"\0" * 30,
    "empty": b"",
    "damaged": hostile.saved(hostile.picture(), "PNG")[:200],
    "not-taken": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
}


@pytest.mark.parametrize("code", NOT_TAKEN)
@pytest.mark.parametrize("act", ["save", "attach", "send"])
def test_a_picture_that_is_not_taken_is_named(code: str, act: str, visitor: Client, filled: dict[str, Any]) -> None:
    picture = SimpleUploadedFile("my picture.heic", NOT_TAKEN[code])
    page = visitor.post("/report/", filled | {"act": act, "pictures": picture})
    assert page.status_code == 422
    assert state(page) == code
    assert "my picture.heic" in focused(page).text
    assert Draft.objects.get().fields["body"] == [filled["body"]]


def test_what_was_done_to_a_long_screenshot_is_told(visitor: Client, filled: dict[str, Any]) -> None:
    tall = SimpleUploadedFile("tall.png", hostile.saved(Image.new("RGB", (640, 9_000), "white").convert("L"), "PNG"))
    page = visitor.post("/report/", filled | {"act": "save", "pictures": tall})
    assert state(page) == "cut"
    assert "640 × 9000" in focused(page).text


def test_nothing_is_stated_that_nobody_said(visitor: Client, member: Client, filled: dict[str, Any]) -> None:
    for page in (visitor.get("/report/"), member.get(f"/warnings/{WarningFactory().slug}/")):
        for name in ("happened_in", "marketplace"):
            [field] = elements(page, "select", name=name)
            options = [one for one in field.everything() if one.name == "option"]
            assert options[0].attributes["value"] == ""
            assert [one.attributes["value"] for one in options if "selected" in one.attributes] in ([], [""])
    visitor.post("/report/", filled | {"marketplace": "", "happened_in": "", "looked": "1"})
    report = Report.objects.get(founding=False)
    assert (report.marketplace, report.happened_in) == (None, None)


def test_whose_report_it_is_is_asked_first_and_has_no_default(
    member: Client, heron: User, filled: dict[str, Any]
) -> None:
    page = member.get("/report/")
    choices = elements(page, "input", type="radio", name="unnamed")
    assert [one.attributes["value"] for one in choices if "checked" not in one.attributes] == ["no", "yes"]
    names = [one.attributes.get("name") for one in elements(page, "input") + elements(page, "textarea")]
    assert names.index("unnamed") < names.index("tools")
    asked = member.post("/report/", filled | {"sender": "Heron", "looked": "1"})
    assert (asked.status_code, state(asked)) == (422, "errors")
    assert "#id_unnamed_0" in links(asked)
    for number, (choice, unnamed) in enumerate({"no": False, "yes": True}.items()):
        other = {"sender": "Heron", "looked": "1", "unnamed": choice, "title": f"Told as {choice}", "again": "1"}
        member.post("/report/", again(filled) | other)
        assert Report.objects.filter(author=heron).order_by("-pk")[0].unnamed is unnamed, number


def test_a_tap_without_that_choice_goes_on_in_the_form(member: Client, heron: User) -> None:
    warning = WarningFactory()
    tap = {"happened_in": "2026-10", "marketplace": "fiverr", "sender": "Heron"}
    answer = member.post(f"/warnings/{warning.slug}/happened/", tap)
    assert answer["Location"] == f"/report/?joins={warning.slug}&happened_in=2026-10&marketplace=fiverr"
    member.post(f"/warnings/{warning.slug}/happened/", tap | {"unnamed": "yes"})
    assert Report.objects.get(author=heron).unnamed


def test_joining_a_warning_asks_for_nothing_that_it_has(visitor: Client) -> None:
    warning = WarningFactory()
    page = visitor.get(f"/report/?joins={warning.slug}")
    hidden = [one for one in elements(page) if "data-of-warning" in one.attributes]
    assert all("hidden" in one.attributes for one in hidden)
    inside = {one.attributes.get("name") for part in hidden for one in part.everything()}
    assert {"tools", "tactics", "title", "tags"} <= inside
    assert not {"happened_in", "marketplace", "body"} & inside
    answer = visitor.post("/report/", {"joins": warning.slug, "happened_in": "2026-10", "marketplace": "fiverr"})
    assert answer.status_code == 302
    assert Report.objects.get(warning=warning).body == ""
    alone = [one for one in elements(visitor.get("/report/?new=1")) if "data-of-warning" in one.attributes]
    assert alone and all("hidden" not in one.attributes for one in alone)
