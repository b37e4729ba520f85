"""Whatever refuses a form gives every field back, and nothing changes its author silently."""

from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.choices import TrustLevel
from accounts.models import User
from directory.models import Tool
from moderation.models import Flag
from reports.models import Comment, Draft, Report, Warning
from tests.factories import UserFactory
from tests.pages_under_test import elements, links, message_codes, states
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "A title that was typed",
    "summary": "Two lines\nof a summary",
    "what_to_do": "Leave.",
    "note": "x" * 25_000,
    "list": ["one", "two"],
    "empty": "",
    "comment": "<b>“quoted” & escaped</b>",
    "letters": "\n  叮叮 begins with a line",
    "act": "send",
}


def returned(page: Any) -> dict[str, list[str]]:
    """The fields of the returned form as they would be sent again."""
    found: dict[str, list[str]] = {}
    [form] = elements(page, "form", method="post")
    for one in form.everything():
        if one.name == "input" and one.attributes["name"] != "csrfmiddlewaretoken":
            found.setdefault(one.attributes["name"], []).append(one.attributes["value"])
        if one.name == "textarea":
            text = "".join(piece for piece in one.pieces if isinstance(piece, str))
            # As in a browser: the first line break belongs to the markup.
            found.setdefault(one.attributes["name"], []).append(text.removeprefix("\n"))
    return found


def whole() -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else list(value) for name, value in TYPED.items()}


@pytest.fixture
def addresses(warning: Warning) -> list[str]:
    """Forms that need an account."""
    tool = Tool.objects.order_by("pk")[0]
    return [
        f"/warnings/{warning.slug}/edit/",
        f"/tools/{tool.slug}/edit/",
        "/moderation/people/",
        "/accounts/connections/",
        "/moderation/reasons/",
        "/accounts/password/change/",
    ]


def test_a_form_comes_back_whole_when_the_session_has_ended(addresses: list[str]) -> None:
    for address in addresses:
        answer = Client().post(address, TYPED | {"password": "secret"})
        assert answer.status_code == HTTPStatus.FORBIDDEN, address
        assert message_codes(answer) == ["signed-out"]
        assert returned(answer) == whole()
        assert any(link.startswith("/accounts/login/?next=") for link in links(answer))
        assert "secret" not in answer.content.decode()


def test_a_button_leads_to_the_sign_in_page_as_before(warning: Warning) -> None:
    answer = Client().post(f"/watch/warning/{warning.slug}/", {"act": "watch"})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("address", ["/notice/", "/flag/warning/{}/", "/tools/dingtalk/edit/", "/warnings/{}/edit/"])
@pytest.mark.parametrize("origin", ["", "http://localhost"])
def test_a_form_comes_back_whole_when_its_token_is_no_longer_good(
    address: str, origin: str, bob: User, warning: Warning
) -> None:
    # A browser keeps our cookies over http on its own machine only.
    browser = Client(enforce_csrf_checks=True, headers={"Origin": origin} if origin else {}, SERVER_NAME="localhost")
    browser.force_login(bob)
    browser.cookies[settings.CSRF_COOKIE_NAME] = "b" * 32
    answer = browser.post(address.format(warning.slug), TYPED | {"csrfmiddlewaretoken": "a" * 32})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert message_codes(answer) == ["token"]
    assert returned(answer) == whole()
    [sender] = elements(answer, data_part="sender")
    assert "Bob" in sender.text


@pytest.mark.parametrize("text", ["Click here please", "Click here please.\n" * 100])
@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_what_another_site_sent_is_not_given_back(headers: dict[str, str], text: str, warning: Warning) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(f"/flag/warning/{warning.slug}/", {"detail": text}, headers=headers)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "Click here" not in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "status"), [("/warnings/gone/edit/", 404), ("/nowhere/", 404), ("/moderation/people/", 403)]
)
def test_a_form_comes_back_whole_from_an_error_page(address: str, status: int, bob: User) -> None:
    answer = signed_in(bob).post(address, TYPED)
    assert answer.status_code == status
    assert returned(answer) == whole()


def test_staff_without_a_second_factor_get_their_form_back(db: None, warning: Warning) -> None:
    mona = UserFactory(handle="Mona", trust_level=TrustLevel.MODERATOR)
    answer = signed_in(mona).post(f"/warnings/{warning.slug}/edit/", TYPED)
    assert message_codes(answer) == ["second-factor"]
    assert returned(answer) == whole()


def test_a_comment_of_an_account_that_was_closed_meanwhile_comes_back(bob: User, warning: Warning) -> None:
    browser = signed_in(bob)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    answer = browser.post(f"/warnings/{warning.slug}/comments/", {"body": "What I wrote.", "stance": "agrees"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert [text.text for text in elements(answer, "textarea", name="body")] == ["What I wrote."]
    assert not Comment.objects.filter(author=bob).exists()


REPORT = {
    "title": "Had to install a messenger",
    "body": "They would not talk to me anywhere else, and then they were gone with the money.",
    "act": "send",
    "looked": "1",
}


def test_a_members_report_does_not_go_in_without_their_account() -> None:
    answer = Client().post("/report/", REPORT | {"sender": "Bob"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "other-sender" in states(answer)
    assert not Report.objects.exclude(founding=True).exists()
    assert [text.text for text in elements(answer, "textarea", name="body")] == [REPORT["body"]]
    assert Draft.objects.get().fields["title"] == [REPORT["title"]]


def test_their_report_is_sent_once_they_signed_in_again(bob: User) -> None:
    browser = Client()
    page = browser.post("/report/", REPORT | {"sender": "Bob"})
    browser.force_login(bob)
    [link] = [one for one in links(page) if one.startswith("/accounts/login/?next=/report/%3F")]
    form = browser.get(link.partition("next=")[2].replace("%3F", "?"))
    [draft] = elements(form, "input", name="draft")
    sent = {"sender": "Bob", "draft": draft.attributes["value"], "version": "1", "unnamed": "no"}
    answer = browser.post("/report/", REPORT | sent)
    assert answer.status_code == 302
    assert Report.objects.get(author=bob).warning.title == REPORT["title"]


@pytest.mark.parametrize("opened_by", ["", "Alice"])
def test_a_report_goes_in_under_no_account_that_did_not_open_it(opened_by: str, bob: User) -> None:
    browser = signed_in(bob)
    answer = browser.post("/report/", REPORT | {"sender": opened_by})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert not Report.objects.filter(author=bob).exists()
    [sender] = elements(answer, "input", name="sender")
    assert sender.attributes["value"] == "Bob"


def test_a_text_is_not_saved_for_another_account(bob: User) -> None:
    answer = signed_in(bob).post("/report/draft/", REPORT | {"sender": "Alice"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert not Draft.objects.exists()


def test_a_members_flag_asks_before_it_is_sent_without_an_account(bob: User, warning: Warning) -> None:
    address, sent = f"/flag/warning/{warning.slug}/", {"reason": "untrue", "detail": "It is wrong.", "sender": "Bob"}
    browser = Client()
    answer = browser.post(address, sent)
    assert (answer.status_code, message_codes(answer)) == (HTTPStatus.CONFLICT, ["signed-out"])
    assert returned(answer)["detail"] == ["It is wrong."]
    assert not Flag.objects.exists()
    assert browser.post(address, sent | {"sender": ""}).status_code == HTTPStatus.OK
    assert Flag.objects.get().flagger is None


def test_a_members_tap_asks_who_sends_it(bob: User, warning: Warning) -> None:
    address, sent = f"/warnings/{warning.slug}/happened/", {"happened_in": "2026-10", "sender": "Alice"}
    assert message_codes(Client().post(address, sent)) == ["signed-out"]
    assert message_codes(signed_in(bob).post(address, sent)) == ["other-sender"]
    assert not Report.objects.filter(warning=warning).exists()
    carried = Client().post(address, sent | {"sender": ""})
    assert carried["Location"] == f"/report/?joins={warning.slug}&happened_in=2026-10"
