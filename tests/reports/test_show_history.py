"""The history of a warning: who changed it, when, and why."""

import pytest
from django.test import Client
from django.utils import timezone

from reports.models import Revision, Warning
from reports.words import RevisionState, Status
from tests.factories import UserFactory, WarningFactory

pytestmark = pytest.mark.django_db


def revise(warning: Warning, number: int, **fields: object) -> Revision:
    text = {"title": f"Title {number}", "summary": "Short", "body": f"Text {number}", "what_to_do": ["Stay"]}
    return Revision.objects.create(warning=warning, number=number, **{**text, **fields})


def test_it_shows_the_latest_first_with_author_and_reason(visitor: Client) -> None:
    warning = WarningFactory(version=2)
    revise(warning, 1)
    revise(warning, 2, author=UserFactory(handle="Ada"), comment="Said <b>where</b>")
    html = visitor.get(f"/warnings/{warning.slug}/history/").content.decode()
    assert html.index("Version 2") < html.index("Version 1")
    assert html.count("shown now") == 1
    assert "Ada" in html
    assert "Said &lt;b&gt;where&lt;/b&gt;" in html
    assert "2 versions in all" in html


def test_suggestions_and_removed_texts_are_not_shown(visitor: Client) -> None:
    warning = WarningFactory(version=1)
    revise(warning, 1, title="", summary="", body="", redacted_at=timezone.now())
    Revision.objects.create(
        warning=warning, state=RevisionState.SUGGESTED, title="Suggested", summary="s", body="secret"
    )
    html = visitor.get(f"/warnings/{warning.slug}/history/").content.decode()
    assert "was removed on" in html
    assert "The text of this version</summary>" not in html
    assert "secret" not in html


def test_a_warning_links_to_its_history(visitor: Client) -> None:
    warning = WarningFactory()
    assert f'href="/warnings/{warning.slug}/history/"' in visitor.get(f"/warnings/{warning.slug}/").content.decode()


def test_an_unpublished_warning_has_no_public_history(visitor: Client) -> None:
    warning = WarningFactory(status=Status.PENDING)
    assert visitor.get(f"/warnings/{warning.slug}/history/").status_code == 404


def test_a_merged_one_leads_to_the_other(visitor: Client) -> None:
    other = WarningFactory()
    warning = WarningFactory(status=Status.MERGED, merged_into=other)
    answer = visitor.get(f"/warnings/{warning.slug}/history/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/warnings/{other.slug}/history/")
