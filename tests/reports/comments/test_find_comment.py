"""Finding one's way in a long discussion: links to comments, what is new, and the most helpful first."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.choices import TrustLevel
from accounts.models import User
from reports.actions.comments import delete_comment
from reports.actions.subscriptions import watch
from reports.actions.votes import cast_vote
from reports.choices import Status
from reports.models import Comment, DeletedComment, Subscription, Warning
from reports.querysets import ANSWERS_SHOWN
from tests.factories import NOON, CommentFactory, UserFactory, WarningFactory
from tests.pages_under_test import elements, links, numbers, parts, states
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


def said(warning: Warning, minute: int, **more: Any) -> Comment:
    """A comment of that minute."""
    made: Comment = CommentFactory(warning=warning, published_at=NOON + timedelta(minutes=minute), **more)
    return made


def answers_to(parent: Comment, number: int) -> list[Comment]:
    return [said(parent.warning, 10 + n, parent=parent, level=1) for n in range(number)]


@pytest.mark.parametrize("which", [0, ANSWERS_SHOWN - 1, ANSWERS_SHOWN, 59])
def test_a_link_to_an_answer_leads_to_a_page_that_shows_it(which: int, warning: Warning, visitor: Client) -> None:
    answer = answers_to(said(warning, 0), 60)[which]
    page = visitor.get(answer.get_absolute_url(), follow=True)
    address = page.redirect_chain[-1][0]
    assert address.endswith(f"#comment-{answer.public_id}")
    assert f'id="comment-{answer.public_id}"' in page.content.decode()
    assert ("/answers/" in address) == (which >= ANSWERS_SHOWN)


@pytest.mark.parametrize("status", [Status.HIDDEN, Status.UNPUBLISHED])
def test_answers_are_not_there_once_their_warning_is_not(status: Status, warning: Warning, visitor: Client) -> None:
    parent = said(warning, 0)
    answers_to(parent, 1)
    address = f"/comments/{parent.public_id}/answers/"
    assert visitor.get(address).status_code == 200
    Warning.objects.filter(pk=warning.pk).update(status=status)
    assert visitor.get(address).status_code == 404


def test_a_vote_without_a_script_leads_back_to_a_late_answer(bob: User, warning: Warning) -> None:
    late = answers_to(said(warning, 0), 25)[-1]
    page = signed_in(bob).post(f"/comments/{late.public_id}/vote/", {"act": "vote"}, follow=True).content.decode()
    assert re.search(rf'id="comment-{late.public_id}".*aria-pressed="true"', page, re.DOTALL)


@pytest.fixture
def watching(bob: User, warning: Warning) -> Subscription:
    """Bob watches, and has seen everything up to noon."""
    watch(actor=bob, target=warning)
    Subscription.objects.update(seen_at=NOON)
    return Subscription.objects.get()


def seen(row: Subscription) -> int:
    """Up to which minute somebody has seen."""
    row.refresh_from_db()
    return int((row.seen_at - NOON).total_seconds() // 60)


def test_what_stands_on_a_later_page_stays_new_until_that_is_opened(
    bob: User, warning: Warning, watching: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.views.warnings.COMMENTS_ON_A_PAGE", 3)
    old = [said(warning, minute - 10) for minute in range(3)]
    new = [said(warning, minute) for minute in (1, 2)]
    browser, address = signed_in(bob), f"/warnings/{warning.slug}/"
    for _ in range(2):
        page = browser.get(address)
        assert numbers(page, "news") == [2]
        assert f"/comments/{new[0].public_id}/" in links(page)
        assert seen(watching) == 0
    page = browser.get(new[0].get_absolute_url(), follow=True)
    assert len(elements(page, "div", class_="new")) == 2
    assert seen(watching) == 2
    assert "news" not in parts(browser.get(address))
    assert old


def test_an_answer_that_is_shown_passes_over_none_that_is_not(
    bob: User, warning: Warning, watching: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.views.warnings.COMMENTS_ON_A_PAGE", 1)
    first = said(warning, -5)
    said(warning, 2)
    said(warning, 1, parent=first, level=1)
    said(warning, 3, parent=first, level=1)
    signed_in(bob).get(f"/warnings/{warning.slug}/")
    assert seen(watching) == 1


def test_late_answers_are_seen_where_they_stand(bob: User, warning: Warning, watching: Subscription) -> None:
    first = said(warning, -5)
    answers = answers_to(first, 25)
    browser = signed_in(bob)
    browser.get(f"/warnings/{warning.slug}/")
    assert seen(watching) == 10 + ANSWERS_SHOWN - 1
    assert numbers(browser.get(f"/warnings/{warning.slug}/"), "news") == [5]
    browser.get(answers[-1].get_absolute_url(), follow=True)
    assert seen(watching) == 10 + ANSWERS_SHOWN - 1
    browser.get(f"/comments/{first.public_id}/answers/")
    assert seen(watching) == 34


def test_ones_own_and_deleted_comments_are_no_news(bob: User, warning: Warning, watching: Subscription) -> None:
    said(warning, 1, author=bob)
    said(warning, 2, text="", deleted_at=NOON)
    assert "news" not in parts(signed_in(bob).get(f"/warnings/{warning.slug}/"))


def order_of(page: str) -> list[str]:
    return re.findall(r'id="comment-([-0-9a-f]+)"', page)


def test_the_most_helpful_come_first_where_that_is_asked_for(
    warning: Warning, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.views.warnings.COMMENTS_ON_A_PAGE", 2)
    comments = [said(warning, minute) for minute in range(4)]
    for voters, comment in zip((0, 3, 1, 0), comments, strict=True):
        for _ in range(voters):
            cast_vote(actor=UserFactory(trust_level=TrustLevel.MEMBER), post=comment)
    names = [str(comment.public_id) for comment in comments]
    address = f"/warnings/{warning.slug}/"
    plain = visitor.get(address).content.decode()
    assert order_of(plain) == names[:2]
    assert 'href="?order=helpful#discussion"' in plain
    page = visitor.get(f"{address}?order=helpful").content.decode()
    assert order_of(page) == [names[1], names[2]]
    [following] = re.findall(r'href="(\?order=helpful[^"]*after=[^"]*)" rel="next"', page)
    rest = visitor.get(address + following.replace("&amp;", "&")).content.decode()
    assert set(order_of(rest)) == {names[0], names[3]}
    assert order_of(visitor.get(f"{address}?order=nonsense").content.decode()) == names[:2]


def test_that_order_needs_no_more_queries(warning: Warning, visitor: Client) -> None:
    said(warning, 0)
    said(warning, 1)
    counts = []
    for order in ("", "?order=helpful"):
        visitor.get(f"/warnings/{warning.slug}/{order}")
        with CaptureQueriesContext(connection) as captured:
            visitor.get(f"/warnings/{warning.slug}/{order}")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def leads_to(visitor: Client, address: str) -> str:
    """Where a link leads; empty for a page that is not there."""
    answer = visitor.get(address)
    return answer["Location"] if answer.status_code == 302 else ""


@pytest.mark.parametrize("part", ["", "answers/"])
def test_a_link_to_a_deleted_comment_leads_to_its_warning(
    part: str, bob: User, warning: Warning, visitor: Client
) -> None:
    comment = said(warning, 0, author=bob)
    delete_comment(actor=bob, comment=comment)
    assert not Comment.objects.filter(pk=comment.pk).exists()
    stood = f"/warnings/{warning.slug}/?comment=gone#discussion"
    assert leads_to(visitor, f"/comments/{comment.public_id}/{part}") == stood
    assert "comment-gone" in states(visitor.get(stood))
    assert "comment-gone" not in states(visitor.get(f"/warnings/{warning.slug}/"))


@pytest.mark.parametrize("status", [Status.HIDDEN, Status.UNPUBLISHED])
def test_so_does_one_to_a_comment_that_is_taken_down(status: Status, warning: Warning, visitor: Client) -> None:
    comment = said(warning, 0, status=status)
    assert leads_to(visitor, comment.get_absolute_url()) == f"/warnings/{warning.slug}/?comment=gone#discussion"


def test_it_leads_to_the_warning_that_its_own_was_merged_into(bob: User, warning: Warning, visitor: Client) -> None:
    comment, target = said(warning, 0, author=bob), WarningFactory()
    delete_comment(actor=bob, comment=comment)
    Warning.objects.filter(pk=warning.pk).update(status=Status.MERGED, merged_into=target)
    assert leads_to(visitor, comment.get_absolute_url()).startswith(f"/warnings/{target.slug}/")


def test_it_leads_nowhere_without_a_published_warning_or_for_what_nobody_could_read(
    bob: User, warning: Warning, visitor: Client
) -> None:
    waits = said(warning, 0, author=bob, status=Status.PENDING)
    Comment.objects.filter(pk=waits.pk).update(published_at=None)
    waits.refresh_from_db()
    assert leads_to(visitor, waits.get_absolute_url()) == ""
    delete_comment(actor=bob, comment=waits)
    gone = said(warning, 1, author=bob)
    delete_comment(actor=bob, comment=gone)
    Warning.objects.filter(pk=warning.pk).update(status=Status.HIDDEN)
    for comment in (waits, gone):
        assert visitor.get(comment.get_absolute_url()).status_code == 404
    assert DeletedComment.objects.count() == 1
