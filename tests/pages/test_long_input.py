"""Nothing that is typed or pasted is cut without a word: it is counted, said and kept."""

import pytest
from django.test import Client

from reports.models import Draft, Evidence
from reports.models.text import LONGEST_TITLE
from search.query import MAX_QUERY, parse
from tests.factories import UserFactory, WarningFactory
from tests.pages_under_test import elements, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Client:
    """The browser of somebody with an account."""
    client, user = Client(), UserFactory()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    "address",
    [
        *("/report/", "/notice/", "/search/", "/track/", "/accounts/signup/", "/flag/warning/{}/", "/tools/compare/"),
        *("/warnings/{}/comments/", "/warnings/{}/edit/", "/tools/dingtalk/edit/", "/tools/dingtalk/statement/"),
    ],
)
def test_no_field_lets_the_browser_cut(address: str, member: Client) -> None:
    client = Client() if "accounts" in address else member
    page = client.get(address.format(WarningFactory().slug))
    assert page.status_code == 200
    fields = [*elements(page, "input"), *elements(page, "textarea")]
    assert [field.attributes["name"] for field in fields if "maxlength" in field.attributes] == []


@pytest.mark.parametrize(
    ("address", "name", "longest"),
    [
        ("/report/", "body", 10_000),
        ("/report/", "title", LONGEST_TITLE),
        ("/warnings/{}/comments/", "body", 5_000),
        ("/notice/", "explanation", 5_000),
        ("/warnings/{}/edit/", "title", LONGEST_TITLE),
    ],
)
@pytest.mark.parametrize("letter", ["x", "叮"])
def test_a_text_that_is_too_long_is_counted_and_kept(
    address: str, name: str, longest: int, letter: str, member: Client
) -> None:
    text = letter * longest + " the request stands at the end"
    page = member.post(address.format(WarningFactory().slug), {name: text, "act": "send"})
    assert page.status_code == 422
    [kept] = [one for tag in ("input", "textarea") for one in elements(page, tag, name=name)]
    assert (kept.attributes.get("value") or kept.text) == text
    assert kept.attributes["data-longest"] == str(longest)
    assert kept.attributes["aria-invalid"] == "true"
    assert str(len(text)) in " ".join(one.text for one in elements(page, class_="errorlist"))


def test_a_draft_holds_more_than_a_report_may(member: Client) -> None:
    text = "y" * 60_000 + " the end"
    member.post("/report/", {"body": text, "act": "save"})
    assert Draft.objects.get().fields["body"] == [text]


def test_what_a_picture_shows_is_counted_and_kept(member: Client) -> None:
    member.post("/report/", {"title": "With a picture", "act": "save"})
    draft = Draft.objects.get()
    row = Evidence.objects.create(draft=draft, stored_name="x", media_type="image/png", size=1, width=1, height=1)
    words = "z" * 600
    fields = {"draft": str(draft.public_id), "version": draft.version, f"alt-{row.public_id}": words}
    page = member.post("/report/", fields | {"act": "save"})
    assert page.status_code == 422
    [kept] = elements(page, "input", name=f"alt-{row.public_id}")
    assert kept.attributes["value"] == words


MESSAGE = "Hello there, I saw your work and I like it very much, so let me tell you about us and the order. " * 20


@pytest.mark.parametrize(
    "text", [f"{MESSAGE} Please add me on DingTalk", f"DingTalk please. {MESSAGE}", f"{MESSAGE * 30}DingTalk"]
)
def test_a_long_message_is_searched_at_both_ends_and_stays_in_the_box(text: str) -> None:
    page = Client().get("/search/", {"q": text})
    assert page.status_code == 200
    assert "/tools/dingtalk/" in page.content.decode()
    assert "cut" in states(page)
    [box] = elements(page, "input", id="q")
    assert box.attributes["value"] == text.strip()


@pytest.mark.parametrize("text", ["x" * 501, "叮" * 900, "a " * 400, f"{'b' * 300} {'c' * 300}", "d" * 9_000])
def test_what_is_left_out_of_a_search_is_counted(text: str) -> None:
    query = parse(text)
    assert len(query.text) <= MAX_QUERY
    assert query.left_out == len(text.strip()) - len(query.text) > 0
    assert query.text.startswith(text[:50]) and query.text.endswith(text.strip()[-50:])
    assert parse(text[:200]).left_out == 0
