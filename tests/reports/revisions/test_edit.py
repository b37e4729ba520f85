"""Editing a warning: directly for those who are trusted, as a suggestion for all others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import NotificationKind
from accounts.models import Notification, User
from audit.models import Entry
from directory.choices import RevisionState
from directory.models import Connection, Tool
from reports.actions.revisions import EDITED
from reports.actions.status import change_status
from reports.choices import Status
from reports.models import Revision, Warning
from tests.factories import WarningFactory
from tests.pages_under_test import codes, elements
from tests.reports.revisions.conftest import BODY, Filled, browser_of

pytestmark = pytest.mark.django_db


def address(warning: Warning) -> str:
    return f"/warnings/{warning.slug}/edit/"


def test_a_trusted_edit_is_shown_at_once(tess: User, warning: Warning, filled: Filled) -> None:
    answer = browser_of(tess).post(
        address(warning),
        filled(
            warning,
            title="Made to install it",
            body="**New** text",
            what_to_do="One\n\nTwo",
            tags="monitoring, new tag",
            marketplaces=["fiverr"],
        ),
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/warnings/{warning.slug}/")
    warning.refresh_from_db()
    assert (warning.version, warning.title, warning.what_to_do) == (2, "Made to install it", ["One", "Two"])
    assert "<strong>New</strong>" in warning.body_html
    assert [row.slug for row in warning.marketplaces.all()] == ["fiverr"]
    first, second = warning.revisions.order_by("number")
    assert (first.number, first.body, first.links["tools"]) == (1, BODY, ["madechat"])
    assert (second.author, second.comment, second.based_on) == (tess, "Said it better", 1)
    assert second.links["tags"] == ["monitoring", "new tag"]
    assert Entry.objects.by("Tess").filter(verb="warning.edit", target=f"warning {warning.pk}").count() == 1


def test_an_edit_is_found_at_once(tess: User, warning: Warning, filled: Filled, visitor: Client) -> None:
    browser_of(tess).post(address(warning), filled(warning, title="Quibblefrotz forced on me"))
    assert "forced on me" in visitor.get("/search/?q=quibblefrotz").content.decode()


def test_the_author_of_a_warning_is_told_of_edits_by_others(
    tess: User, theo: User, warning: Warning, filled: Filled
) -> None:
    Warning.objects.filter(pk=warning.pk).update(author=theo)
    browser_of(theo).post(address(warning), filled(warning, title="By its author"))
    assert not Notification.objects.exists()
    warning.refresh_from_db()
    browser_of(tess).post(address(warning), filled(warning, title="By somebody else"))
    notice = Notification.objects.get(recipient=theo)
    assert notice.kind == NotificationKind.OWN_WARNING
    assert notice.text.endswith(f" “By somebody else” {EDITED}")
    assert notice.address == f"/warnings/{warning.slug}/history/"


def test_everybody_elses_edit_is_a_suggestion(heron: User, warning: Warning, filled: Filled, visitor: Client) -> None:
    answer = browser_of(heron).post(address(warning), filled(warning, title="Suggested title"), follow=True)
    suggestion = warning.revisions.get(state=RevisionState.SUGGESTED)
    assert answer.redirect_chain == [(f"/warnings/{warning.slug}/suggestions/{suggestion.pk}/", 302)]
    warning.refresh_from_db()
    assert (warning.version, warning.title) == (1, "Made to install an app")
    assert "Suggested title" not in visitor.get(f"/warnings/{warning.slug}/history/").content.decode()
    assert not Entry.objects.filter(verb="warning.edit").exists()


def test_strangers_are_led_to_the_sign_in_page(warning: Warning, visitor: Client) -> None:
    assert visitor.get(address(warning)).headers["Location"].startswith("/accounts/login/")


def test_sent_twice_it_is_one(tess: User, heron: User, warning: Warning, filled: Filled) -> None:
    for user, versions in ((tess, 2), (heron, 2)):
        form = filled(warning, title=f"By {user.handle}")
        answers = [browser_of(user).post(address(warning), form) for _ in range(3)]
        assert len({answer.headers["Location"] for answer in answers}) == 1
        assert warning.revisions.filter(author=user).count() == 1
        warning.refresh_from_db()
        assert warning.version == versions


def test_an_edit_that_changes_nothing_is_told(tess: User, warning: Warning, filled: Filled) -> None:
    answer = browser_of(tess).post(address(warning), filled(warning))
    assert answer.status_code == 422
    assert codes(answer.context["form"]) == {"__all__": ["nothing-changed"]}
    assert answer.context["form"].non_field_errors()[0] in answer.content.decode()
    warning.refresh_from_db()
    assert warning.version == 1


def test_the_form_that_is_opened_and_sent_changes_nothing(mona: User, visitor: Client) -> None:
    """Whatever a warning holds goes through its form and back unchanged."""
    founding = Warning.objects.get(founding=True)
    client = browser_of(mona)
    form = client.get(address(founding)).context["form"]
    answer = client.post(address(founding), {**form.initial, "comment": "x", "act": "send", "keep": "1"})
    assert codes(answer.context["form"]) == {"__all__": ["nothing-changed"]}


def test_the_summary_of_the_change_is_required(tess: User, warning: Warning, filled: Filled) -> None:
    answer = browser_of(tess).post(address(warning), filled(warning, title="Other", comment=" "))
    assert answer.status_code == 422
    assert "comment" in answer.context["form"].errors
    assert 'value="Other"' in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tools", "No such tool at all"),
        ("tools", ", ".join(f"t{n}" for n in range(20))),
        ("tags", ", ".join(f"t{n}" for n in range(20))),
        ("tags", "x" * 41),
        ("what_to_do", "step\n" * 21),
        ("what_to_do", "x" * 401),
        ("body", "![" * 5_000),
        ("title", ""),
        ("based_on", "x"),
        ("key", "x"),
    ],
)
def test_what_cannot_be_stored_is_told(field: str, value: str, tess: User, warning: Warning, filled: Filled) -> None:
    answer = browser_of(tess).post(address(warning), filled(warning, **{field: value}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    warning.refresh_from_db()
    assert warning.version == 1


def test_a_tool_is_known_by_any_name_and_its_own_comes_first(tess: User, warning: Warning, filled: Filled) -> None:
    answer = browser_of(tess).post(address(warning), filled(warning, tools="dingding, Line, madechat"))
    assert answer.status_code == 302
    assert set(warning.tools.values_list("slug", flat=True)) == {"dingtalk", "line", "madechat"}


def test_a_tool_with_a_comma_in_its_name_goes_through_the_form(tess: User, warning: Warning) -> None:
    Tool.objects.filter(slug="madechat").update(name="Made, chat")
    assert browser_of(tess).get(address(warning)).context["form"].initial["tools"] == "madechat"


def test_the_preview_stores_nothing_and_keeps_the_text(tess: User, warning: Warning, filled: Filled) -> None:
    client = browser_of(tess)
    page = client.post(address(warning), filled(warning, body="**bold** <b>x</b>", comment="", act="preview"))
    assert "<strong>bold</strong> &lt;b&gt;x&lt;/b&gt;" in page.content.decode()
    assert not elements(page, class_="errorlist")
    refused = client.post(address(warning), filled(warning, body="x" * 20_001, act="preview")).content.decode()
    assert f"{20_001:,}" in refused
    assert not Revision.objects.filter(warning=warning).exists()


def test_personal_data_is_pointed_out_once(tess: User, warning: Warning, filled: Filled) -> None:
    client, form = browser_of(tess), filled(warning, body=f"{BODY}\n\nWrite to jane.doe@example.org.")
    answer = client.post(address(warning), form)
    assert answer.status_code == 422
    assert '<mark title="e-mail address">jane.doe@example.org</mark>' in answer.content.decode()
    masked = client.post(address(warning), form | {"act": "mask"})
    assert "Write to [e-mail]." in masked.content.decode()
    assert client.post(address(warning), form | {"keep": "1"}).status_code == 302
    warning.refresh_from_db()
    # What stands there already is no news.
    assert client.post(address(warning), filled(warning, title="Other")).status_code == 302


def test_a_locked_warning_is_for_moderators(tess: User, mona: User, warning: Warning, filled: Filled) -> None:
    Warning.objects.filter(pk=warning.pk).update(locked=True)
    assert browser_of(tess).get(address(warning)).status_code == 403
    assert browser_of(tess).post(address(warning), filled(warning, title="No")).status_code == 403
    assert browser_of(mona).post(address(warning), filled(warning, title="Yes")).status_code == 302
    assert address(warning) not in Client().get(f"/warnings/{warning.slug}/").content.decode()


def test_a_suspended_person_reads_only(tess: User, warning: Warning) -> None:
    User.objects.filter(pk=tess.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    assert elements(browser_of(tess).get(address(warning)), "aside", class_="announcement")
    refused = browser_of(tess).post(address(warning))
    assert (refused.status_code, refused.context["suspended"].code) == (403, "suspended")
    User.objects.filter(pk=tess.pk).update(suspended_until=timezone.now() - timedelta(days=1))
    assert browser_of(tess).get(address(warning)).status_code == 200


def test_what_is_not_published_is_not_there(tess: User) -> None:
    assert browser_of(tess).get(address(WarningFactory(status=Status.PENDING))).status_code == 404
    merged = WarningFactory(status=Status.MERGED, merged_into=WarningFactory())
    assert browser_of(tess).get(address(merged))["Location"] == address(merged.merged_into)


def test_a_declared_connection_makes_it_a_suggestion(tess: User, warning: Warning, filled: Filled) -> None:
    Connection.objects.create(user=tess, tool=Tool.objects.get(slug="madechat"), words="Seller")
    browser_of(tess).post(address(warning), filled(warning, title="It is fine"))
    suggestion = warning.revisions.get(author=tess)
    assert (suggestion.state, suggestion.connection) == (RevisionState.SUGGESTED, "Madechat: Seller")


def test_too_many_edits_wait_and_keep_the_text(
    tess: User, warning: Warning, filled: Filled, settings: object
) -> None:
    # It takes seconds: as many edits as the limit allows come first.
    client = browser_of(tess)
    for number in range(60):
        client.post(address(warning), filled(warning, body="x"[:number]))
    answer = client.post(address(warning), filled(warning, title="One too many"))
    assert answer.status_code == 429
    assert 'value="One too many"' in answer.content.decode()


def test_publishing_stores_the_first_version() -> None:
    warning = WarningFactory(status=Status.PENDING, published_at=None)
    assert not warning.revisions.exists()
    from_queue(warning)
    assert [(row.number, row.title) for row in warning.revisions.all()] == [(1, warning.title)]
    assert Warning.objects.get(founding=True).revisions.count() == 1


def from_queue(warning: Warning) -> None:
    change_status(actor="mona", post=warning, status=Status.PUBLISHED, reason="fine")
