"""Suggestions: who sees them, who decides, and what becomes of them."""

from typing import Any

import pytest
from django.test import Client

from accounts.actions.accounts import erase_account
from accounts.choices import NotificationKind
from accounts.models import Notification, User
from accounts.notification_keys import key_of_news
from audit.models import Entry
from directory.choices import RevisionState
from directory.models import Connection, Tool, Vendor
from reports.actions import revisions as revision_actions
from reports.actions.revisions import ACCEPTED, DECLINED, EDITED
from reports.models import Revision, Warning
from reports.version_text import LABELS
from tests.factories import ToolFactory
from tests.pages_under_test import acts, elements, links, part, parts, refuses
from tests.reports.revisions.conftest import BODY, Filled, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggestion(heron: User, warning: Warning, filled: Filled) -> Revision:
    """What Heron suggests."""
    form = filled(warning, body=BODY.replace("an app", "two programs"))
    assert browser_of(heron).post(f"/warnings/{warning.slug}/edit/", form).status_code == 302
    return warning.revisions.get(author=heron)


def address(suggestion: Revision) -> str:
    return f"/warnings/{suggestion.warning.slug}/suggestions/{suggestion.pk}/"


def act(user: User, suggestion: Revision, act: str, **fields: object) -> Any:
    return browser_of(user).post(address(suggestion), {"act": act, "seen": suggestion.warning.version, **fields})


def test_its_author_and_trusted_people_see_it(heron: User, tess: User, mona: User, suggestion: Revision) -> None:
    for user in (heron, tess, mona):
        page = browser_of(user).get(address(suggestion))
        assert any("two" in one.text for one in elements(page, "ins"))
        assert ("withdraw" in acts(page)) == (user == heron)
        assert ("accept" in acts(page)) == (user != heron)
    stranger = User.objects.create_user("Charlie")
    assert browser_of(stranger).get(address(suggestion)).status_code == 404
    assert Client().get(address(suggestion)).status_code == 302


def test_accepting_makes_it_the_text(tess: User, heron: User, suggestion: Revision, visitor: Client) -> None:
    assert act(tess, suggestion, "accept").status_code == 302
    suggestion.refresh_from_db()
    warning = suggestion.warning
    assert (suggestion.state, suggestion.number, suggestion.decided_by) == (RevisionState.APPLIED, 2, tess)
    assert "two programs" in warning.body
    assert Entry.objects.by("Tess").filter(verb="warning.accept-edit").count() == 1
    assert "Heron</a>" in visitor.get(f"/warnings/{warning.slug}/history/").content.decode()
    assert f"/warnings/{warning.slug}/history/2/" in links(browser_of(heron).get(address(suggestion)))


def test_accepting_merges_what_came_since(tess: User, theo: User, suggestion: Revision, filled: Filled) -> None:
    warning = suggestion.warning
    browser_of(theo).post(f"/warnings/{warning.slug}/edit/", filled(warning, body=BODY.replace("bad", "false")))
    stale = act(tess, suggestion, "accept")
    assert stale.status_code == 409
    assert stale.context["problem"].code == "changed-since"
    assert stale.context["problem"] in stale.content.decode()
    suggestion.refresh_from_db()
    assert act(tess, suggestion, "accept", seen=2).status_code == 302
    warning.refresh_from_db()
    assert warning.body == BODY.replace("an app", "two programs").replace("bad", "false")


def test_what_overlaps_by_now_cannot_be_accepted(
    tess: User, theo: User, suggestion: Revision, filled: Filled
) -> None:
    warning = suggestion.warning
    browser_of(theo).post(
        f"/warnings/{warning.slug}/edit/", filled(warning, body=BODY.replace("an app", "ten programs"))
    )
    page = browser_of(tess).get(address(suggestion))
    assert LABELS["body"].lower() in part(page, "overlaps")
    assert "accept" not in acts(page)
    answer = act(tess, suggestion, "accept", seen=2)
    assert answer.status_code == 409
    warning.refresh_from_db()
    assert "ten programs" in warning.body


def test_declining_needs_a_reason_that_its_author_reads(tess: User, heron: User, suggestion: Revision) -> None:
    assert act(tess, suggestion, "decline", reason=" ").status_code == 422
    assert act(tess, suggestion, "decline", reason="It was one app.").status_code == 302
    html = browser_of(heron).get(address(suggestion)).content.decode()
    assert "It was one app." in html
    assert "two programs" in html
    assert Entry.objects.filter(verb="warning.decline-edit", reason="").count() == 1
    suggestion.warning.refresh_from_db()
    assert suggestion.warning.version == 1


def test_its_author_withdraws_it(heron: User, tess: User, suggestion: Revision) -> None:
    assert act(tess, suggestion, "withdraw").status_code == 409
    assert act(heron, suggestion, "withdraw").status_code == 302
    suggestion.refresh_from_db()
    assert suggestion.state == RevisionState.WITHDRAWN
    answer = act(tess, suggestion, "accept")
    assert answer.status_code == 409
    assert answer.context["problem"].code == "decided"
    assert answer.context["problem"] in answer.content.decode()


def test_nobody_decides_on_their_own(heron: User, suggestion: Revision) -> None:
    User.objects.filter(pk=heron.pk).update(trust_level="trusted")
    for what in ("accept", "decline"):
        answer = act(heron, suggestion, what, reason="x")
        assert answer.status_code == 409
        assert answer.context["problem"].code == "own"
        assert answer.context["problem"] in answer.content.decode()


@pytest.mark.parametrize("to", ["itself", "vendor"])
def test_a_connection_keeps_from_deciding(to: str, tess: User, mona: User, suggestion: Revision) -> None:
    vendor = Vendor.objects.create(name="Madevendor")
    tool = Tool.objects.get(slug="madechat")
    other = ToolFactory(vendor=vendor)
    Tool.objects.filter(pk=tool.pk).update(vendor=vendor)
    Connection.objects.create(user=tess, tool=tool if to == "itself" else other, words="A job")
    page = browser_of(tess).get(address(suggestion))
    assert page.context["refusal"].code == "connected"
    assert page.context["refusal"] in page.content.decode()
    assert "decline" not in acts(page)
    for what in ("accept", "decline"):
        assert act(tess, suggestion, what, reason="x").status_code == 409
    assert act(mona, suggestion, "accept").status_code == 302


def test_a_connection_to_something_else_keeps_from_nothing(tess: User, suggestion: Revision) -> None:
    Connection.objects.create(user=tess, tool=Tool.objects.get(slug="dingtalk"), words="A job")
    assert act(tess, suggestion, "accept").status_code == 302


def test_on_a_locked_warning_moderators_decide(tess: User, mona: User, suggestion: Revision) -> None:
    Warning.objects.filter(pk=suggestion.warning.pk).update(locked=True)
    assert act(tess, suggestion, "accept").status_code == 409
    assert act(mona, suggestion, "accept").status_code == 302


def test_members_may_not_decide_by_the_action_either(heron: User, suggestion: Revision) -> None:
    other = User.objects.create_user("Charlie")
    with refuses(revision_actions.EditNotAllowedError, "level"):
        revision_actions.accept(actor=other, revision=suggestion)


def test_one_that_says_what_is_there_is_told(tess: User, theo: User, suggestion: Revision, filled: Filled) -> None:
    warning = suggestion.warning
    browser_of(theo).post(
        f"/warnings/{warning.slug}/edit/", filled(warning, body=BODY.replace("an app", "two programs"))
    )
    answer = act(tess, suggestion, "accept", seen=2)
    assert answer.status_code == 409
    assert answer.context["problem"].code == "nothing-changed"
    assert answer.context["problem"] in answer.content.decode()


def test_ones_own_are_listed_and_what_waits(heron: User, tess: User, suggestion: Revision) -> None:
    mine = browser_of(heron).get("/accounts/edits/")
    assert address(suggestion) in links(mine)
    assert RevisionState.SUGGESTED.label in [one.text for one in elements(mine, class_="chip")]
    assert "waiting" not in parts(mine)
    hers = browser_of(tess).get("/accounts/edits/")
    assert address(suggestion) in links(hers)
    assert "waiting" in parts(hers)
    assert "/accounts/edits/" in browser_of(heron).get("/accounts/").content.decode()


def test_what_was_not_published_goes_with_the_account(
    heron: User, tess: User, suggestion: Revision, filled: Filled
) -> None:
    Connection.objects.create(user=tess, tool=Tool.objects.get(slug="madechat"), words="Seller")
    browser_of(tess).post(f"/warnings/{suggestion.warning.slug}/edit/", filled(suggestion.warning, title="Hers"))
    hers = Revision.objects.get(author=tess)
    mona = User.objects.create_user("Mo")
    User.objects.filter(pk=mona.pk).update(trust_level="trusted")
    mona.refresh_from_db()
    revision_actions.accept(actor=mona, revision=hers)
    erase_account(actor=heron)
    erase_account(actor=tess)
    assert not Revision.objects.filter(pk=suggestion.pk).exists()
    hers.refresh_from_db()
    assert (hers.number, hers.connection, hers.author and hers.author.shown_name) == (2, "", "former member")
    assert not Connection.objects.exists()


def test_its_author_is_told_what_became_of_it(tess: User, heron: User, suggestion: Revision) -> None:
    act(tess, suggestion, "decline", reason="It was one app.")
    notice = Notification.objects.get(recipient=heron, key=key_of_news(suggestion))
    assert notice.kind == NotificationKind.OWN_WORK
    assert notice.text.endswith(f" “Made to install an app” {DECLINED}: It was one app.")
    assert notice.address == address(suggestion)


@pytest.mark.parametrize(("what", "state"), [("accept", RevisionState.APPLIED), ("decline", RevisionState.DECLINED)])
def test_one_whose_author_is_gone_is_still_decided_on(
    what: str, state: RevisionState, tess: User, heron: User, suggestion: Revision
) -> None:
    heron.delete()
    assert act(tess, suggestion, what, reason="It was one app.").status_code == 302
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.author, suggestion.decided_by) == (state, None, tess)
    assert not Notification.objects.exists()


def test_the_author_of_the_warning_is_told_when_one_is_accepted(
    tess: User, theo: User, heron: User, suggestion: Revision
) -> None:
    Warning.objects.filter(pk=suggestion.warning.pk).update(author=theo)
    act(tess, suggestion, "accept")
    his, hers = (
        Notification.objects.get(recipient=theo),
        Notification.objects.get(recipient=heron, key=key_of_news(suggestion)),
    )
    assert (his.kind, his.key) == (NotificationKind.OWN_WARNING, f"edited:{suggestion.warning.pk}")
    assert his.text.endswith(f"” {EDITED}")
    assert hers.kind == NotificationKind.OWN_WORK
    assert hers.text.endswith(f"” {ACCEPTED}")
