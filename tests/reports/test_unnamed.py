"""Somebody leaves their handle out of a report: from nothing that others see a way leads to them."""

import io
import json
import uuid
import zipfile
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.choices import TrustLevel
from accounts.display_names import UNNAMED
from accounts.models import Notification, User
from accounts.trust import next_step
from audit import log
from audit.models import Entry
from reports.actions import moderation, revisions
from reports.actions.comments import NEW_COMMENT
from reports.actions.submissions import happened_to_me, leave_handle_out
from reports.actions.warnings import save_next_version
from reports.choices import Status
from reports.export import archive_of
from reports.models import Comment, Draft, Report, Revision, Warning
from reports.reputation import reputation_of
from reports.version_text import fields_now
from tests.factories import CommentFactory, ReportFactory, UserFactory, WarningFactory
from tests.pages_under_test import acts, elements, fields, message_codes, numbers, part, parts, states
from tests.reports.conftest import signed_in
from tests.reports.submissions.conftest import evidence_folder, filled

__all__ = ["evidence_folder", "filled"]

pytestmark = pytest.mark.django_db

HANDLE = "Markerhandle77"


@pytest.fixture
def marker() -> User:
    """Somebody trusted, whose reports are shown at once, and whose handle is looked for."""
    user: User = UserFactory(handle=HANDLE, trust_level=TrustLevel.TRUSTED)
    return user


@pytest.fixture
def bob() -> User:
    """Somebody else who is trusted: he sees suggestions of others too."""
    user: User = UserFactory(handle="Bob", trust_level=TrustLevel.TRUSTED)
    return user


@pytest.fixture
def shown(marker: User, filled: dict[str, Any]) -> Report:
    """A published report without the handle, and the warning that began with it."""
    sent = signed_in(marker).post("/report/", filled | {"unnamed": "on"}, follow=True)
    assert "unnamed" in states(sent)
    report = Report.objects.get(author=marker)
    assert (report.status, report.warning.status) == (Status.PUBLISHED, Status.PUBLISHED)
    return report


def places(warning: Warning) -> list[str]:
    """Where anybody could look for who wrote a warning."""
    here, feeds = f"/warnings/{warning.slug}/", "/feeds/warnings"
    return [
        *(here, f"{here}history/", f"{here}history/1/", f"{here}history/?from=1&to=2", "/warnings/", "/", "/tags/"),
        *(
            f"{feeds}.atom",
            f"{feeds}.rss",
            f"{feeds}.json",
            "/sitemap-warnings-1.xml",
            "/transparency/",
            "/search/?q=messenger",
        ),
        *("/api/v1/search?q=messenger", f"/api/v1/search?q={HANDLE}", "/api/v1/transparency"),
        *("/transparency/decisions.csv", "/marketplaces/fiverr/", f"/flag/warning/{warning.slug}/"),
    ]


def seen_by(client: Client, addresses: list[str]) -> dict[str, str]:
    """What each address says to somebody, by address; a redirect is followed."""
    found = {address: client.get(address, follow=True) for address in addresses}
    assert {address: answer.status_code for address, answer in found.items() if answer.status_code != 200} == {}
    return {address: answer.getvalue().decode() for address, answer in found.items()}


def test_nothing_that_others_see_leads_to_the_account(marker: User, bob: User, shown: Report) -> None:
    warning, hers = shown.warning, signed_in(marker)
    text = fields_now(warning) | {"title": "Made to install a messenger, they said"}
    assert revisions.edit(actor=marker, warning=warning, fields=text, based_on=1, comment="clearer").number == 2
    text |= {"title": "Made to install a messenger at night"}
    assert revisions.edit(actor=bob, warning=warning, fields=text, based_on=2, comment="when").number == 3
    signed_in(bob).post(f"/watch/warning/{warning.slug}/", {"act": "watch"})
    warning.refresh_from_db()
    save_next_version(warning=warning, comment="By a moderator")
    call_command("rebuild_search", verbosity=0)
    everything = places(warning)
    for reader in (Client(), signed_in(bob)):
        for address, html in seen_by(reader, everything).items():
            # What was asked for stands in the answer; nothing else does.
            assert HANDLE not in html.replace(f'"query": "{HANDLE}"', ""), address
    page = seen_by(Client(), everything)
    assert UNNAMED in part(page[f"/warnings/{warning.slug}/"], "byline")
    assert page[f"/warnings/{warning.slug}/history/"].count(UNNAMED) == 3
    assert HANDLE in hers.get("/accounts/reports/").content.decode()
    assert not Notification.objects.exclude(recipient=marker).filter(text__contains=HANDLE).exists()


def test_the_profile_neither_lists_nor_counts_it(marker: User, shown: Report, bob: User) -> None:
    other = ReportFactory(author=marker, warning__title="Another one, by name")
    html = Client().get(f"/u/{HANDLE}/").content.decode()
    assert shown.warning.title not in html
    assert numbers(html, "counts") == [0, 1, 0]
    assert other.warning.title in html
    assert "next-step" not in parts(html)
    assert "own" not in states(html)
    assert "own" in states(signed_in(marker).get(f"/u/{HANDLE}/"))


def test_what_the_next_level_takes_is_told_to_nobody_else(bob: User) -> None:
    UserFactory(handle="Nina", trust_level=TrustLevel.NEW)
    for client in (Client(), signed_in(bob)):
        assert "next-step" not in parts(client.get("/u/Nina/"))
    nina = User.objects.get(handle="Nina")
    assert next_step(reputation_of(nina, timezone.now())) in part(signed_in(nina).get("/u/Nina/"), "next-step")


def test_a_comment_of_theirs_is_not_marked_as_the_authors(marker: User, shown: Report) -> None:
    hers = signed_in(marker)
    assert "comment-named" in states(hers.get(f"/warnings/{shown.warning.slug}/"))
    assert "comment-named" in states(hers.get(f"/warnings/{shown.warning.slug}/comments/"))
    form = {"body": "It is still like that.", "stance": "", "key": str(uuid.uuid4())}
    hers.post(f"/warnings/{shown.warning.slug}/comments/", form)
    comment = Comment.objects.get(author=marker)
    page = Client().get(f"/warnings/{shown.warning.slug}/")
    assert f">{HANDLE}</a>" in page.content.decode()
    assert "author" not in states(page)
    assert "author" not in states(Client().get(f"/comments/{comment.public_id}/answers/"))
    leave_handle_out(report=shown, unnamed=False)
    assert "author" in states(Client().get(f"/warnings/{shown.warning.slug}/"))


def test_their_suggestions_are_decided_on_without_their_name(bob: User) -> None:
    mary = UserFactory(handle=HANDLE, trust_level=TrustLevel.MEMBER)
    warning = WarningFactory(author=mary)
    ReportFactory(author=mary, warning=warning, unnamed=True)
    text = fields_now(warning) | {"title": "A clearer title"}
    row = revisions.edit(actor=mary, warning=warning, fields=text, based_on=warning.version, comment="clearer")
    Revision.objects.filter(pk=row.pk).update(connection="Zoom: I am Marker of sales")
    assert "suggestion unnamed" in states(signed_in(mary).get(f"/warnings/{warning.slug}/edit/"))
    addresses = [f"/warnings/{warning.slug}/suggestions/{row.pk}/", "/accounts/edits/"]
    for html in seen_by(signed_in(bob), addresses).values():
        assert UNNAMED in html
        assert part(html, "connection")
        assert "Marker" not in html
    revisions.accept(actor=bob, revision=row)
    assert "Marker" not in Client().get(f"/warnings/{warning.slug}/history/").content.decode()
    assert not Entry.objects.filter(verb__startswith="warning.edit").exclude(actor=log.UNNAMED).exists()


def test_the_author_still_has_it(marker: User, shown: Report) -> None:
    hers = signed_in(marker)
    assert "unnamed" in states(hers.get("/accounts/reports/"))
    voted = hers.post(f"/warnings/{shown.warning.slug}/vote/", {"act": "vote"}, follow=True)
    assert message_codes(voted) == ["own"]
    CommentFactory(warning=shown.warning)
    signed_in(UserFactory(trust_level=TrustLevel.MEMBER)).post(
        f"/warnings/{shown.warning.slug}/comments/", {"body": "Me too.", "stance": "", "key": str(uuid.uuid4())}
    )
    assert Notification.objects.filter(recipient=marker, text__startswith=NEW_COMMENT).exists()
    entry = Entry.objects.get(verb="report.submit", target=str(shown.public_id))
    assert entry.actor == log.UNNAMED
    assert reputation_of(marker, timezone.now()).approved == 1
    with zipfile.ZipFile(io.BytesIO(archive_of(marker))) as archive:
        assert [row["handle_left_out"] for row in json.loads(archive.read("reports.json"))] == [True]


def test_one_tap_leaves_the_handle_out(marker: User) -> None:
    warning, hers = WarningFactory(), signed_in(marker)
    assert "at-once named" in states(hers.get(f"/warnings/{warning.slug}/"))
    answer = hers.post(f"/warnings/{warning.slug}/happened/", {"unnamed": "on"}, follow=True)
    assert message_codes(answer) == ["counts-unnamed"]
    assert "at-once unnamed" in states(answer)
    assert warning.title not in Client().get(f"/u/{HANDLE}/").content.decode()
    new = UserFactory()
    answer = signed_in(new).post(f"/warnings/{warning.slug}/happened/", {}, follow=True)
    assert message_codes(answer) == ["waits-named"]


def chosen(page: Any) -> list[str]:
    """The choices of whose report it is that are made."""
    choices = elements(page, "input", type="radio", name="unnamed")
    return [one.attributes["value"] for one in choices if "checked" in one.attributes]


def test_it_is_in_the_draft_and_off_unless_chosen(marker: User, filled: dict[str, Any]) -> None:
    hers = signed_in(marker)
    assert chosen(hers.get("/report/")) == []
    hers.post("/report/", filled | {"act": "save", "unnamed": "yes"})
    assert Draft.objects.get().fields["unnamed"] == ["yes"]
    assert chosen(hers.get(f"/report/?draft={filled['draft']}")) == ["yes"]
    Draft.objects.all().delete()
    hers.post("/report/", filled)
    assert not Report.objects.get(author=marker).unnamed
    assert (
        f"By {HANDLE} ·"
        in Client().get(Warning.objects.get(title=filled["title"]).get_absolute_url()).content.decode()
    )


def test_without_an_account_there_is_nothing_to_leave_out(visitor: Client, filled: dict[str, Any]) -> None:
    page = visitor.get("/report/")
    assert "no-account" in states(page)
    assert "unnamed" not in fields(page)
    code = visitor.post("/report/", filled | {"unnamed": "on"}, follow=True).context["code"]
    report = Report.objects.get(founding=False)
    assert not report.unnamed
    assert not elements(visitor.get(f"/track/{code}/"), "h2", id="whose")
    assert visitor.post(f"/track/{code}/", {"act": "unname"}).status_code == 302
    report.refresh_from_db()
    assert not report.unnamed


@pytest.mark.parametrize(
    ("level", "promise"),
    [
        (TrustLevel.NEW, "read-first named"),
        (TrustLevel.MEMBER, "read-first named"),
        (TrustLevel.TRUSTED, "at-once named"),
    ],
)
def test_what_the_form_and_the_page_after_it_promise_is_so(
    level: TrustLevel, promise: str, filled: dict[str, Any]
) -> None:
    user = UserFactory(handle=HANDLE, trust_level=level)
    hers = signed_in(user)
    page = hers.get("/report/")
    assert promise in states(page)
    assert HANDLE in elements(page, "p", data_state=promise)[0].text
    assert "no-account" not in states(page)
    sent = hers.post("/report/", filled, follow=True)
    assert "named" in states(sent)
    assert HANDLE in elements(sent, "p", data_state="named")[0].text
    at_once = Report.objects.get(author=user).status == Status.PUBLISHED
    assert at_once == promise.startswith("at-once")
    assert at_once == ("shown" in states(sent))


def test_it_is_changed_later_in_both_directions(marker: User, shown: Report, bob: User) -> None:
    hers, page = signed_in(marker), f"/accounts/reports/{shown.public_id}/"
    assert "name" in acts(hers.get(page))
    hers.post(page, {"act": "name"})
    assert HANDLE in part(Client().get(shown.warning.get_absolute_url()), "byline")
    assert shown.warning.title in Client().get(f"/u/{HANDLE}/").content.decode()
    assert message_codes(hers.post(page, {"act": "unname"}, follow=True)) == ["handle-shown", "handle-left-out"]
    for address, html in seen_by(Client(), [shown.warning.get_absolute_url(), f"/u/{HANDLE}/"]).items():
        assert (HANDLE in html, shown.warning.title in html) == (("/u/" in address), ("/warnings/" in address))
    assert signed_in(bob).post(page, {"act": "name"}).status_code == 404
    shown.refresh_from_db()
    assert shown.unnamed


def test_it_holds_for_all_that_somebody_reports_on_a_warning(marker: User, filled: dict[str, Any]) -> None:
    """Else two reports of one person, of whom one is named, would tell whose the other is."""
    warning = WarningFactory()
    first = happened_to_me(author=marker, warning=warning, happened_in=None, marketplace=None)
    hers = signed_in(marker)
    joined = filled | {"joins": warning.slug, "tools": "", "unnamed": "on"}
    hers.post("/report/", joined)
    first.refresh_from_db()
    assert first.unnamed
    assert "at-once unnamed" in states(hers.get(f"/report/?joins={warning.slug}"))
    hers.post(
        "/report/", joined | {"draft": str(uuid.uuid4()), "unnamed": "", "happened_in": "2026-04", "again": "1"}
    )
    assert Report.objects.filter(author=marker, unnamed=True).count() == 3
    leave_handle_out(report=first, unnamed=False)
    assert not Report.objects.filter(author=marker, unnamed=True).exists()


def test_a_merge_shows_no_handle_that_was_left_out(marker: User) -> None:
    """Named on one warning, unnamed on the other: where both stand together, nothing names them; apart again, as before."""
    old, new = WarningFactory(author=marker), WarningFactory(author=marker, title="By name")
    ReportFactory(author=marker, warning=old, unnamed=True)
    named = ReportFactory(author=marker, warning=new)
    moved = moderation.merge(actor="Mona", warning=old, into=new, reason="same")
    assert HANDLE not in Client().get(new.get_absolute_url()).content.decode()
    assert "By name" not in Client().get(f"/u/{HANDLE}/").content.decode()
    assert Warning.objects.get(pk=old.pk).author_unnamed
    assert Report.objects.get(pk=named.pk).author_unnamed
    assert moved["reports"]
    named.refresh_from_db()
    assert not named.unnamed


def test_corrections_leave_the_choice_as_it_is(filled: dict[str, Any]) -> None:
    nina = UserFactory(handle=HANDLE)
    hers = signed_in(nina)
    hers.post("/report/", filled | {"unnamed": "on"})
    report = Report.objects.get(author=nina)
    page = f"/accounts/reports/{report.public_id}/"
    assert "name" in acts(hers.get(page))
    corrected = filled | {"act": "correct", "title": "Made to install another messenger"}
    assert hers.post(page, corrected).status_code == 302
    report.refresh_from_db()
    assert report.unnamed
    assert report.warning.title == corrected["title"]


class AnyOrder(TestCase):
    """Whatever is chosen in whatever order, the last choice holds, and choosing twice is where it was."""

    @given(choices=st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=6))
    def test_the_last_choice_holds_for_all(self, choices: list[tuple[int, bool]]) -> None:
        # It takes seconds: a hundred orders of choices.
        author: User = UserFactory()
        warning = WarningFactory(author=author)
        reports = [ReportFactory(author=author, warning=warning) for _ in range(3)]
        others = ReportFactory(author=UserFactory(), warning=warning)
        for index, unnamed in choices:
            leave_handle_out(report=reports[index], unnamed=unnamed)
        last = choices[-1][1]
        before = list(Report.objects.order_by("pk").values())
        assert {row.unnamed for row in Report.objects.filter(author=author)} == {last}
        assert not Report.objects.get(pk=others.pk).unnamed
        assert Warning.objects.get(pk=warning.pk).author_unnamed == last
        for unnamed in (not last, last):
            leave_handle_out(report=reports[0], unnamed=unnamed)
        assert list(Report.objects.order_by("pk").values()) == before
