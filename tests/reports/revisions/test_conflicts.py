"""Two people edit one warning: what does not overlap is merged, what overlaps comes back, nothing is lost."""

import pytest
from django.utils import timezone

from accounts.models import User
from reports.actions import revisions as revision_actions
from reports.actions.status import change_status
from reports.choices import Status
from reports.models import Revision, Tag, TagSynonym, Warning
from reports.policies import access
from tests.pages_under_test import elements, message_codes
from tests.reports.revisions.conftest import BODY, Filled, browser_of

pytestmark = pytest.mark.django_db


def test_edits_of_different_places_are_both_there(tess: User, theo: User, warning: Warning, filled: Filled) -> None:
    address = f"/warnings/{warning.slug}/edit/"
    hers = filled(warning, body=BODY.replace("an app", "two programs"), tags="monitoring, hers")
    his = filled(warning, body=BODY.replace("bad review", "false review"), title="His title", tags="monitoring, his")
    assert browser_of(tess).post(address, hers).status_code == 302
    assert browser_of(theo).post(address, his).status_code == 302
    warning.refresh_from_db()
    assert warning.version == 3
    assert warning.body == BODY.replace("an app", "two programs").replace("bad review", "false review")
    assert warning.title == "His title"
    assert set(warning.tags.values_list("name", flat=True)) == {"monitoring", "hers", "his"}


def test_edits_of_the_same_place_come_back(tess: User, theo: User, warning: Warning, filled: Filled) -> None:
    address = f"/warnings/{warning.slug}/edit/"
    his = filled(warning, body=BODY.replace("bad", "false"), what_to_do="Refuse", comment="His reason")
    browser_of(tess).post(address, filled(warning, body=BODY.replace("bad", "one-star"), title="Hers"))
    answer = browser_of(theo).post(address, his)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert elements(answer, "h2", id="overlaps")
    assert html.count("one-star") >= 2
    again = answer.context["form"].initial
    assert "a false review" in again["body"]
    assert (again["title"], again["what_to_do"], again["comment"]) == ("Hers", "Refuse", "His reason")
    assert (again["based_on"], str(again["key"])) == (2, his["key"])
    warning.refresh_from_db()
    assert "one-star" in warning.body
    # Having seen both, his second sending counts.
    assert (
        browser_of(theo).post(address, his | {k: again[k] for k in ("body", "title", "based_on")}).status_code == 302
    )
    warning.refresh_from_db()
    assert (warning.version, "a false review" in warning.body, warning.title) == (3, True, "Hers")


def test_without_the_version_it_was_made_on_all_that_differs_comes_back(
    tess: User, theo: User, warning: Warning, filled: Filled
) -> None:
    address = f"/warnings/{warning.slug}/edit/"
    his = filled(warning, title="His")
    browser_of(tess).post(address, filled(warning, title="Hers"))
    Revision.objects.filter(warning=warning, number=1).update(
        title="", summary="", body="", redacted_at=timezone.now()
    )
    answer = browser_of(theo).post(address, his)
    assert answer.status_code == 409
    assert [side[0] for side in answer.context["overlaps"]["sides"]] == ["Title"]


def test_a_version_that_is_not_there_yet_is_no_way_around(tess: User, warning: Warning, filled: Filled) -> None:
    answer = browser_of(tess).post(f"/warnings/{warning.slug}/edit/", filled(warning, title="Other", based_on=99))
    assert answer.status_code == 409
    warning.refresh_from_db()
    assert warning.title == "Made to install an app"


def test_a_warning_that_closes_meanwhile_keeps_the_text_in_the_form(
    tess: User, warning: Warning, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "get_warning_for_editing", lambda user, slug: warning)
    Warning.objects.filter(pk=warning.pk).update(locked=True)
    answer = browser_of(tess).post(f"/warnings/{warning.slug}/edit/", filled(warning, title="Too late"))
    assert answer.status_code == 409
    assert 'value="Too late"' in answer.content.decode()
    actions_on_closed = browser_of(tess).post(f"/warnings/{warning.slug}/history/1/restore/")
    assert actions_on_closed.status_code == 404
    Warning.objects.filter(pk=warning.pk).update(locked=False)
    browser_of(tess).post(f"/warnings/{warning.slug}/edit/", filled(warning, title="In time"))
    Warning.objects.filter(pk=warning.pk).update(locked=True)
    answer = browser_of(tess).post(f"/warnings/{warning.slug}/history/1/restore/", follow=True)
    assert message_codes(answer) == ["not-possible"]


def test_a_suggestion_on_a_warning_that_is_gone_is_not_accepted(
    heron: User, tess: User, warning: Warning, filled: Filled
) -> None:
    browser_of(heron).post(f"/warnings/{warning.slug}/edit/", filled(warning, title="Suggested"))
    suggestion = warning.revisions.get(author=heron)
    change_status(actor="Mona", post=warning, status=Status.UNPUBLISHED, reason="x")
    assert browser_of(tess).get(f"/warnings/{warning.slug}/suggestions/{suggestion.pk}/").status_code == 404
    with pytest.raises(revision_actions.EditingClosedError):
        revision_actions.accept(actor=tess, revision=suggestion)


def test_a_typed_tag_finds_the_tag_by_an_older_name(tess: User, warning: Warning, filled: Filled) -> None:
    TagSynonym.objects.create(tag=Tag.objects.get(name="monitoring"), name="Spying", slug="spying", folded="spying")
    browser_of(tess).post(
        f"/warnings/{warning.slug}/edit/", filled(warning, title="Other", tags="spying, Monitoring")
    )
    assert warning.revisions.get(number=2).links["tags"] == ["monitoring"]
