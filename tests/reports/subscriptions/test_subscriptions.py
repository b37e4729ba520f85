"""Watching warnings, tools, tags and marketplaces: a page and a private feed of what is new there."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions.accounts import erase_account
from accounts.models import User
from directory.models import Marketplace, Tool
from reports.actions import subscriptions
from reports.actions.votes import cast_vote
from reports.actions.warnings import set_tags
from reports.models import FeedAddress, Subscription, Tag, Vote, Warning
from reports.news import news_of
from tests.factories import NOON, CommentFactory, ReportFactory, UserFactory, WarningFactory
from tests.pages_under_test import elements, message_codes
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


def words(user: User) -> list[str]:
    """The news of somebody, without those of the founding warnings."""
    found = [f"{piece.words}: {piece.title}" for piece in news_of(user)]
    return [line for line in found if not Warning.objects.filter(title=line.partition(": ")[2], founding=True)]


def subject(kind: str, warning: Warning) -> Any:
    """A warning, or something that it is about."""
    warning.tools.add(Tool.objects.get(slug="zoom"))
    warning.marketplaces.add(Marketplace.objects.get(slug="fiverr"))
    set_tags(warning=warning, names=["odd demands"])
    return {
        "warning": warning,
        "tool": Tool.objects.get(slug="zoom"),
        "tag": Tag.objects.get(slug="odd-demands"),
        "marketplace": Marketplace.objects.get(slug="fiverr"),
    }[kind]


@pytest.mark.parametrize("kind", ["warning", "tool", "tag", "marketplace"])
def test_the_button_begins_and_ends_it(kind: str, bob: User, warning: Warning) -> None:
    browser, address = signed_in(bob), f"/watch/{kind}/{subject(kind, warning).slug}/"
    page = browser.post(address, {"act": "watch"}, follow=True).content.decode()
    assert re.search(rf'action="{address}".*?aria-pressed="true"', page, re.DOTALL)
    browser.post(address, {"act": "watch"})
    assert Subscription.objects.by(bob).count() == 1
    assert words(bob) == []
    Subscription.objects.update(created_at=NOON - timedelta(days=1))
    assert words(bob) == [f"New warning: {warning.title}"]
    assert warning.title in browser.get("/accounts/watches/").content.decode()
    answer = browser.post(address, {"act": "stop", "back": "watches"}, follow=True)
    assert elements(answer, "div", class_="empty")
    assert not elements(answer, "h2", id="watched")
    assert words(bob) == []


def test_what_is_not_there_cannot_be_watched(bob: User) -> None:
    browser = signed_in(bob)
    for address in ("/watch/nonsense/x/", "/watch/tool/nothing/", "/watch/warning/nothing/", "/watch/tag/%00/"):
        assert browser.post(address, {"act": "watch"}).status_code == 404


def test_who_is_not_signed_in_is_led_there_and_back(warning: Warning, visitor: Client) -> None:
    answer = visitor.post(f"/watch/warning/{warning.slug}/", {"act": "watch"})
    assert answer["Location"] == f"/accounts/login/?next=/watch/warning/{warning.slug}/"
    assert visitor.get(f"/watch/warning/{warning.slug}/")["Location"] == f"/warnings/{warning.slug}/"


def test_nobody_watches_everything(bob: User, warning: Warning, monkeypatch: Any) -> None:
    monkeypatch.setattr(subscriptions, "MOST_WATCHED", 1)
    browser = signed_in(bob)
    first = browser.post(f"/watch/warning/{warning.slug}/", {"act": "watch"}, follow=True)
    assert message_codes(first) == ["watched"]
    answer = browser.post(f"/watch/warning/{WarningFactory().slug}/", {"act": "watch"}, follow=True)
    assert message_codes(answer) == ["too-many-watched"]


def watch_since(user: User, target: Any, at: datetime) -> None:
    """Watch something since this moment."""
    subscriptions.watch(actor=user, target=target)
    Subscription.objects.filter(user=user).update(created_at=at)


@pytest.mark.parametrize("kind", ["warning", "tool", "tag", "marketplace"])
def test_what_was_there_before_one_watched_is_no_news(kind: str, bob: User, warning: Warning) -> None:
    target = subject(kind, warning)
    for text in ("Old.", "Older."):
        CommentFactory(warning=warning, text=text)
    ReportFactory(warning=warning, body="It happened to me.")
    watch_since(bob, target, NOON)
    assert words(bob) == []
    CommentFactory(warning=warning, text="New.", published_at=NOON + timedelta(minutes=1))
    assert words(bob) == [f"New comment on: {warning.title}"]


def test_news_are_what_others_published_there(bob: User, alice: User, warning: Warning) -> None:
    watch_since(bob, warning, NOON - timedelta(minutes=1))
    CommentFactory(warning=warning, author=alice, text="By another.")
    CommentFactory(warning=warning, author=bob, text="By myself.")
    CommentFactory(warning=warning, author=alice, status="pending", text="Not yet.")
    ReportFactory(warning=warning, body="It happened to me.")
    ReportFactory(warning=warning, body="")
    CommentFactory(text="Elsewhere.")
    assert sorted(words(bob)) == sorted(
        f"{what} {warning.title}" for what in ("New warning:", "New comment on:", "New report on:")
    )


def test_the_feed_is_for_whoever_knows_its_address_until_that_is_renewed(
    bob: User, warning: Warning, visitor: Client
) -> None:
    watch_since(bob, warning, NOON - timedelta(days=1))
    browser = signed_in(bob)
    first = browser.post("/accounts/watches/feed/", follow=True).content.decode()
    [address] = re.findall(r"/feeds/mine/\S+?\.atom", first)
    assert address not in browser.get("/accounts/watches/").content.decode()
    feed = visitor.get(address)
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert feed["Cache-Control"] == "private, no-store"
    assert warning.title in feed.content.decode()
    assert bob.handle not in feed.content.decode()
    secret = address.removeprefix("/feeds/mine/").removesuffix(".atom")
    assert secret not in FeedAddress.objects.get().secret_hash
    browser.post("/accounts/watches/feed/")
    assert visitor.get(address).status_code == 404
    browser.post("/accounts/watches/feed/", {"act": "close"})
    assert not FeedAddress.objects.exists()


def test_the_feed_of_somebody_suspended_is_closed(bob: User, visitor: Client) -> None:
    secret = subscriptions.renew_feed(actor=bob)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert visitor.get(f"/feeds/mine/{secret}.atom").status_code == 404


def test_the_page_needs_no_more_queries_for_more_news(bob: User) -> None:
    browser, counts = signed_in(bob), []
    browser.get("/accounts/watches/")
    for more in (2, 20):
        for _ in range(more):
            warning = WarningFactory()
            subscriptions.watch(actor=bob, target=warning)
            CommentFactory(warning=warning)
            ReportFactory(warning=warning, body="It happened.")
        with CaptureQueriesContext(connection) as captured:
            browser.get("/accounts/watches/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_an_erased_account_watches_and_votes_for_nothing(bob: User, warning: Warning) -> None:
    subscriptions.watch(actor=bob, target=warning)
    subscriptions.renew_feed(actor=bob)
    cast_vote(actor=bob, post=warning)
    comment = CommentFactory(warning=warning, author=bob)
    waiting = CommentFactory(warning=warning, author=bob, status="pending")
    erase_account(actor=bob)
    warning.refresh_from_db()
    assert warning.vote_count == 0
    assert not Vote.objects.exists()
    assert not Subscription.objects.exists()
    assert not FeedAddress.objects.exists()
    assert type(comment).objects.filter(pk__in=[comment.pk, waiting.pk]).get() == comment


def test_a_tag_that_goes_takes_its_watches_along(bob: User) -> None:
    tag = Tag.objects.create(name="short lived", slug="short-lived", folded="shortlived")
    subscriptions.watch(actor=bob, target=tag)
    tag.delete()
    assert not Subscription.objects.exists()
    assert UserFactory.build().notices is not None


def test_a_tag_that_was_merged_a_moment_ago_is_told_to_be_gone(bob: User, warning: Warning, monkeypatch: Any) -> None:
    set_tags(warning=warning, names=["fees"])
    tag = Tag.objects.get(name="fees")
    known = Tag.objects.get(pk=tag.pk)
    tag.delete()
    with pytest.raises(subscriptions.TargetGoneError):
        subscriptions.watch(actor=bob, target=known)
    monkeypatch.setattr(
        "reports.views.subscriptions.access.get_tag_for_reading", lambda slug: SimpleNamespace(tag=known)
    )
    assert message_codes(signed_in(bob).post("/watch/tag/fees/", {"back": "watches"}, follow=True)) == ["tag-gone"]


def test_news_have_the_words_of_a_text_without_its_markup(bob: User, warning: Warning) -> None:
    subscriptions.watch(actor=bob, target=warning)
    text, later = "> quoted\n\n**They** sent [this](https://example.org/)", timezone.now() + timedelta(minutes=1)
    CommentFactory(warning=warning, text=text, published_at=later)
    assert [piece.excerpt for piece in news_of(bob)] == ["quoted They sent this"]
