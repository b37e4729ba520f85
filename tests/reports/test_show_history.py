"""The history of a warning: who changed it, when, and why, and what differs between two versions."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from directory.choices import RevisionState
from reports.choices import Status
from reports.models import Revision, Warning
from reports.version_text import LABELS
from tests.factories import UserFactory, WarningFactory
from tests.pages_under_test import Element, elements, message_codes, numbers, part, states, targets
from tests.reports.revisions.conftest import browser_of

pytestmark = pytest.mark.django_db


def revise(warning: Warning, number: int, **fields: object) -> Revision:
    text = {"title": f"Title {number}", "summary": "Short", "body": f"Text {number}", "what_to_do": ["Stay"]}
    return Revision.objects.create(warning=warning, number=number, **{**text, **fields})


def redacted(warning: Warning, number: int) -> Revision:
    return revise(warning, number, title="", summary="", body="", redacted_at=timezone.now())


def versions(html: str) -> list[str]:
    """The numbers of the versions that a page compares."""
    return [number for one in elements(html, "h2", id="compared") for number in re.findall(r"\d+", one.text)]


def restoring(html: str) -> list[str]:
    """Where the forms of a page are sent that restore a version."""
    return [target for target in targets(html) if target.endswith("/restore/")]


def words(change: Element) -> str:
    """What was added or removed, without what screen readers hear of it."""
    return "".join(piece for piece in change.pieces if isinstance(piece, str)).strip()


def test_it_shows_the_latest_first_with_author_and_reason(visitor: Client) -> None:
    warning = WarningFactory(version=2)
    revise(warning, 1)
    revise(warning, 2, author=UserFactory(handle="Ada"), comment="Said <b>where</b>", connection="DingTalk: Seller")
    html = visitor.get(f"/warnings/{warning.slug}/history/").content.decode()
    assert html.index("Version 2") < html.index("Version 1")
    assert len(elements(html, class_="badge")) == 1
    assert 'href="/u/Ada/"' in html
    assert "Said &lt;b&gt;where&lt;/b&gt;" in html
    assert part(html, "connection").endswith(": DingTalk: Seller")
    assert numbers(html, "total")[-1] == 2


def test_suggestions_and_removed_texts_are_not_shown(visitor: Client) -> None:
    warning = WarningFactory(version=1)
    redacted(warning, 1)
    Revision.objects.create(
        warning=warning, state=RevisionState.SUGGESTED, title="Suggested", summary="s", body="secret"
    )
    html = visitor.get(f"/warnings/{warning.slug}/history/").content.decode()
    assert states(html) == ["removed"]
    assert "secret" not in html


def test_what_differs_is_told_word_by_word(visitor: Client) -> None:
    warning = WarningFactory(version=3)
    revise(warning, 1, links={"tools": ["dingtalk"], "tags": ["monitoring"]})
    revise(warning, 2)
    revise(warning, 3, body="Text 1 and more", what_to_do=["Stay", "Refuse"], links={"tools": ["dingtalk", "zoom"]})
    html = visitor.get(f"/warnings/{warning.slug}/history/?from=3&to=1").content.decode()
    assert versions(html) == ["1", "3"]
    assert "1" in [words(one) for one in elements(html, "del")]
    assert "and more" in [words(one) for one in elements(html, "ins")]
    assert "Zoom" in html
    [compared] = elements(html, "section", aria_labelledby="compared")
    differ = [one.text for one in compared.everything() if one.name == "h3"]
    assert differ == [LABELS[name] for name in LABELS if LABELS[name] in differ]
    assert set(differ) == {LABELS[name] for name in ("title", "body", "what_to_do", "tools", "tags")}
    same = visitor.get(f"/warnings/{warning.slug}/history/?from=1&to=1").content.decode()
    assert elements(same, "p", class_="empty")


def test_what_differs_runs_in_the_direction_of_its_script(visitor: Client) -> None:
    warning = WarningFactory(version=2)
    revise(warning, 1, body="ابتعد عن المشتري")
    revise(warning, 2, body="ابتعد عن هذا المشتري")
    html = visitor.get(f"/warnings/{warning.slug}/history/?from=1&to=2").content.decode()
    assert html.count('<p class="diff"') == html.count('<p class="diff" dir="auto">') > 0


def test_a_text_that_was_removed_is_in_no_comparison(visitor: Client) -> None:
    warning = WarningFactory(version=2)
    revise(warning, 1, body="hidden words")
    redacted(warning, 2)
    html = visitor.get(f"/warnings/{warning.slug}/history/?from=1&to=2").content.decode()
    assert "not-comparable" in states(html)
    assert "hidden words" not in html
    page = visitor.get(f"/warnings/{warning.slug}/history/2/").content.decode()
    assert states(page) == ["removed"]
    assert "Stay" not in page


@pytest.mark.parametrize("query", ["from=1&to=9", "from=9&to=1"])
def test_versions_that_are_not_there_are_told(query: str, visitor: Client) -> None:
    warning = WarningFactory()
    revise(warning, 1)
    assert visitor.get(f"/warnings/{warning.slug}/history/?{query}").status_code == 404
    assert visitor.get(f"/warnings/{warning.slug}/history/9/").status_code == 404


@pytest.mark.parametrize("query", ["from=x&to=1", "from=1", "from=-1&to=٣", "from=99999999999999999999&to=1"])
def test_nonsense_is_the_plain_history(query: str, visitor: Client) -> None:
    warning = WarningFactory()
    revise(warning, 1)
    assert versions(visitor.get(f"/warnings/{warning.slug}/history/?{query}").content.decode()) == []


def test_long_histories_have_pages(visitor: Client) -> None:
    warning = WarningFactory(version=45)
    for number in range(1, 46):
        revise(warning, number)
    html = visitor.get(f"/warnings/{warning.slug}/history/?page=2&from=44&to=45").content.decode()
    assert html.count('name="from"') == 20
    assert "?page=3&amp;from=44&amp;to=45" in html
    assert versions(html) == ["44", "45"]


def test_a_version_is_shown_as_it_was(visitor: Client) -> None:
    warning = WarningFactory(version=2)
    revise(warning, 1, body="**Strong** <script>x</script>", links={"tools": ["dingtalk"]})
    revise(warning, 2, body="![" * 3_000)
    html = visitor.get(f"/warnings/{warning.slug}/history/1/").content.decode()
    assert "<strong>Strong</strong> &lt;script&gt;" in html
    assert "DingTalk" in html
    assert restoring(html) == []
    assert "![![" in visitor.get(f"/warnings/{warning.slug}/history/2/").content.decode()


def test_an_older_version_is_restored_as_a_new_one() -> None:
    tess = UserFactory(trust_level=TrustLevel.TRUSTED)
    warning = WarningFactory(version=2, title="Title 2", summary="Short", body="Text 2")
    revise(warning, 1, links={"tools": ["dingtalk"], "tags": ["old tag"]})
    revise(warning, 2)
    client = browser_of(tess)
    page = client.get(f"/warnings/{warning.slug}/history/1/").content.decode()
    assert restoring(page) == [f"/warnings/{warning.slug}/history/1/restore/"]
    for _ in range(2):
        assert client.post(f"/warnings/{warning.slug}/history/1/restore/").status_code == 302
    warning.refresh_from_db()
    assert (warning.version, warning.title, warning.body) == (3, "Title 1", "Text 1")
    assert [tool.slug for tool in warning.tools.all()] == ["dingtalk"]
    assert warning.revisions.get(number=3).comment == "Back to version 1"


def test_others_suggest_to_restore() -> None:
    warning = WarningFactory(version=2, title="Title 2")
    revise(warning, 1)
    revise(warning, 2)
    answer = browser_of(UserFactory()).post(f"/warnings/{warning.slug}/history/1/restore/", follow=True)
    assert message_codes(answer) == ["edit-waits"]
    warning.refresh_from_db()
    assert warning.version == 2


def test_a_removed_text_is_not_restored() -> None:
    warning = WarningFactory(version=2)
    redacted(warning, 1)
    revise(warning, 2)
    client = browser_of(UserFactory(trust_level=TrustLevel.TRUSTED))
    assert restoring(client.get(f"/warnings/{warning.slug}/history/1/").content.decode()) == []
    answer = client.post(f"/warnings/{warning.slug}/history/1/restore/", follow=True)
    assert message_codes(answer) == ["text-removed"]
    warning.refresh_from_db()
    assert warning.version == 2


def test_a_warning_links_to_its_history_and_its_form(visitor: Client) -> None:
    warning = WarningFactory()
    html = visitor.get(f"/warnings/{warning.slug}/").content.decode()
    assert f'href="/warnings/{warning.slug}/history/"' in html
    assert f'href="/warnings/{warning.slug}/edit/"' in html


def test_an_unpublished_warning_has_no_public_history(visitor: Client) -> None:
    warning = WarningFactory(status=Status.PENDING)
    assert visitor.get(f"/warnings/{warning.slug}/history/").status_code == 404


def test_a_merged_one_leads_to_the_other(visitor: Client) -> None:
    other = WarningFactory()
    warning = WarningFactory(status=Status.MERGED, merged_into=other)
    for end in ("history/", "history/1/"):
        answer = visitor.get(f"/warnings/{warning.slug}/{end}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/warnings/{other.slug}/{end}")
