"""Every address of a merged warning leads to the same one of the warning that it is in now, and no text is lost."""

import re

import pytest
from django.test import Client

from accounts.models import User
from reports.actions.moderation import merge
from reports.actions.votes import VoteError, cast_vote
from reports.models import Comment, Report, Revision, Subscription, Vote, Warning
from tests.factories import CommentFactory, WarningFactory
from tests.pages_under_test import acts, refuses
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(warning: Warning) -> Warning:
    """A warning that was merged into Alice's."""
    made: Warning = WarningFactory(title="Told before")
    merge(actor="Mona", warning=made, into=warning, reason="Same.")
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("part", ["", "history/", "history/1/", "vote/", "comments/", "edit/"])
def test_a_look_is_led_on_with_what_it_asks_for(part: str, bob: User, old: Warning, warning: Warning) -> None:
    answer = signed_in(bob).get(f"/warnings/{old.slug}/{part}?from=x&to=1")
    assert (answer.status_code, answer["Location"]) == (301, f"/warnings/{warning.slug}/{part}?from=x&to=1")


def test_buttons_do_what_they_say_where_it_is_now(bob: User, old: Warning, warning: Warning) -> None:
    browser = signed_in(bob)
    for address, data in {
        f"/warnings/{old.slug}/vote/": {"act": "vote"},
        f"/watch/warning/{old.slug}/": {"act": "watch"},
        f"/warnings/{old.slug}/happened/": {"happened_in": ""},
    }.items():
        answer = browser.post(address, data, follow=True)
        assert answer.redirect_chain[0] == (address.replace(old.slug, warning.slug), 307)
        assert answer.status_code == 200
    assert Vote.objects.get().warning == warning
    assert Subscription.objects.get().warning == warning
    assert Report.objects.get(author=bob).warning == warning


def fields_of(page: str) -> dict[str, str]:
    """What the fields of the form in a page hold, and its text."""
    found = dict(re.findall(r'<input [^>]*name="(\w+)"[^>]* value="([^"]*)"', page))
    [found["body"]] = re.findall(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    return found


def test_a_comment_comes_back_and_goes_where_the_warning_is_now(bob: User, old: Warning, warning: Warning) -> None:
    browser, parent = signed_in(bob), CommentFactory(warning=warning)
    sent = {"body": "It is <so>.", "stance": "agrees", "parent": str(parent.public_id), "act": "send"}
    answer = browser.post(f"/warnings/{old.slug}/comments/", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "It is &lt;so&gt;." in page
    assert f'action="/warnings/{warning.slug}/comments/"' in page
    assert not Comment.objects.filter(author=bob).exists()
    browser.post(f"/warnings/{warning.slug}/comments/", fields_of(page) | {"act": "send", "body": "It is so."})
    assert (made := Comment.objects.get(author=bob)).parent == parent
    assert (made.stance, made.warning) == ("agrees", warning)


def test_an_edit_comes_back_and_is_looked_at_before_it_goes_anywhere(
    bob: User, old: Warning, warning: Warning
) -> None:
    Warning.objects.filter(pk=warning.pk).update(version=4)
    sent = {"title": "A better title", "body": "What I wrote.", "based_on": "1", "act": "send"}
    browser = signed_in(bob)
    answer = browser.post(f"/warnings/{old.slug}/edit/", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    fields = fields_of(page)
    assert (fields["based_on"], fields["title"], fields["body"]) == ("4", "A better title", "What I wrote.")
    assert "send" not in acts(page)
    form = browser.post(f"/warnings/{warning.slug}/edit/", fields | {"act": "preview"}).content.decode()
    assert 'value="A better title"' in form
    assert not Revision.objects.filter(author=bob).exists()


def test_a_vote_for_one_that_moved_after_it_was_read_is_refused_in_words(bob: User, old: Warning) -> None:
    with refuses(VoteError, "closed"):
        cast_vote(actor=bob, post=old)


def test_one_that_is_merged_into_nothing_that_is_shown_is_not_there(old: Warning, visitor: Client) -> None:
    Warning.objects.filter(merged=old).update(status="hidden")
    assert visitor.get(f"/warnings/{old.slug}/").status_code == 404
    assert visitor.post(f"/warnings/{old.slug}/vote/").status_code == 404
