"""One copy of the comment form, sent more than once: the same text is one comment, and other text is another."""

import uuid
from functools import partial
from typing import Any

import pytest
from django.test import Client

from accounts.choices import NotificationKind
from accounts.models import User
from reports.actions.comments import delete_comment, edit_comment, post_comment
from reports.choices import Stance, Status
from reports.models import Comment, Warning
from tests.factories import CommentFactory
from tests.reports.conftest import signed_in
from tests.services.processes import in_turn

pytestmark = pytest.mark.django_db
FIRST = "I was asked as well."
OTHERS = [
    "I was asked as well, in *June*.",
    "**I was asked as well.**",
    "<b>I was asked</b> as well.",
    "Me too 😀",
    "k",
    "I was asked as well.\n\n@Alice, which app was it?",
]
RACE = """
import sys, uuid
from accounts.models import User
from reports.actions.comments import post_comment
from reports.choices import Stance
from reports.models import Warning
warning, actor = Warning.objects.get(slug="one"), User.objects.get(handle="bob")
ready_and_wait()
for turn in range(3):
    key = uuid.UUID(int=turn)
    for text in ("the same", f"by {sys.argv[1]}"):
        post_comment(actor=actor, warning=warning, body=f"{turn} {text}", stance=Stance.NONE, submission_key=key)
"""
BEGIN = """
from accounts.models import User
from django.utils import timezone
from reports.choices import Status
from reports.models import Warning
Warning.objects.create(slug="one", title="One", summary="s", body="b", status=Status.PUBLISHED, published_at=timezone.now())
User.objects.create_user("bob")
"""
END = "from reports.models import Comment; print(*sorted(Comment.objects.values_list('body', flat=True)), sep=';')"


def texts(author: User) -> list[str]:
    return list(Comment.objects.filter(author=author, deleted_at=None).order_by("pk").values_list("body", flat=True))


@pytest.fixture
def key() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def browser(bob: User) -> Client:
    return signed_in(bob)


@pytest.mark.parametrize("other", OTHERS)
def test_another_text_is_another_comment(browser: Client, bob: User, warning: Warning, key: str, other: str) -> None:
    address = f"/warnings/{warning.slug}/comments/"
    for body in (FIRST, other, FIRST, other):
        assert browser.post(address, {"body": body, "key": key}).status_code == 302
    assert texts(bob) == [FIRST, other]


@pytest.mark.parametrize("changed", [{"stance": Stance.choices[-1][0]}, {"parent": "thread"}])
def test_another_stance_or_place_is_another_comment(
    browser: Client, bob: User, warning: Warning, key: str, changed: dict[str, Any]
) -> None:
    if "parent" in changed:
        changed = {"parent": CommentFactory(warning=warning).public_id}
    for fields in ({}, changed, changed):
        browser.post(f"/warnings/{warning.slug}/comments/", {"body": FIRST, "key": key} | fields)
    assert texts(bob) == [FIRST, FIRST]


def test_the_same_answer_to_another_person_is_another_comment(browser: Client, bob: User, warning: Warning) -> None:
    thread = CommentFactory(warning=warning)
    answered = [thread, *CommentFactory.create_batch(2, warning=warning, parent=thread, level=1)]
    for comment in [*answered, *answered]:
        body = {"body": FIRST, "key": str(uuid.uuid4()), "parent": comment.public_id}
        browser.post(f"/warnings/{warning.slug}/comments/", body)
    assert texts(bob) == [FIRST] * len(answered)
    for comment in answered:
        assert comment.author is not None
        assert comment.author.notices.filter(kind=NotificationKind.ANSWER).count() == 1


@pytest.mark.parametrize("how", ["deleted", "unpublished"])
def test_an_answer_is_recognised_when_the_answered_comment_is_gone(
    browser: Client, bob: User, warning: Warning, key: str, how: str
) -> None:
    parent = CommentFactory(warning=warning, parent=CommentFactory(warning=warning), level=1)
    sent = {"body": FIRST, "key": key, "parent": parent.public_id}
    browser.post(f"/warnings/{warning.slug}/comments/", sent)
    if how == "deleted":
        parent.delete()
    else:
        Comment.objects.filter(pk=parent.pk).update(status=Status.UNPUBLISHED)
    for again in (key, str(uuid.uuid4())):
        assert browser.post(f"/warnings/{warning.slug}/comments/", sent | {"key": again}).status_code == 302
    assert texts(bob) == [FIRST]


def test_an_answer_to_a_comment_that_is_gone_comes_back_and_can_be_posted_by_itself(
    browser: Client, bob: User, warning: Warning, key: str
) -> None:
    parent = CommentFactory(warning=warning)
    parent.delete()
    sent = {"body": FIRST, "key": key, "parent": parent.public_id}
    refused = browser.post(f"/warnings/{warning.slug}/comments/", sent)
    assert (refused.status_code, refused.context["problem"].code) == (403, "answered-gone")
    assert texts(bob) == []
    form = refused.context["form"]
    assert (form["body"].value(), form["parent"].value()) == (FIRST, None)
    assert browser.post(f"/warnings/{warning.slug}/comments/", sent | {"parent": ""}).status_code == 302
    assert texts(bob) == [FIRST]


@pytest.mark.parametrize("status", [Status.DECLINED, Status.UNPUBLISHED, Status.HIDDEN])
def test_a_comment_that_is_not_shown_is_not_thanked_for_again(
    browser: Client, bob: User, warning: Warning, status: Status
) -> None:
    send = partial(browser.post, f"/warnings/{warning.slug}/comments/")
    send({"body": FIRST, "key": uuid.uuid4()})
    Comment.objects.filter(author=bob).update(status=status)
    refused = send({"body": FIRST, "key": uuid.uuid4()})
    assert (refused.status_code, refused.context["problem"].code) == (403, "not-shown-before")
    assert refused.context["form"]["body"].value() == FIRST
    assert send({"body": f"{FIRST} Twice.", "key": uuid.uuid4()}).status_code == 302


def test_an_answer_that_was_edited_can_be_given_again(bob: User, warning: Warning) -> None:
    send = partial(post_comment, actor=bob, warning=warning, stance=Stance.NONE)
    first = send(body=FIRST, submission_key=uuid.uuid4())
    edit_comment(actor=bob, comment=first, body="Never mind.", stance=Stance.NONE)
    send(body=FIRST, submission_key=uuid.uuid4())
    assert texts(bob) == ["Never mind.", FIRST]


def test_a_key_of_somebody_else_says_nothing(bob: User, nina: User, warning: Warning, key: str) -> None:
    for user in (bob, nina):
        signed_in(user).post(f"/warnings/{warning.slug}/comments/", {"body": FIRST, "key": key})
    assert (texts(bob), texts(nina)) == ([FIRST], [FIRST])


def test_a_comment_that_was_deleted_can_be_sent_again(browser: Client, bob: User, warning: Warning, key: str) -> None:
    browser.post(f"/warnings/{warning.slug}/comments/", {"body": FIRST, "key": key})
    first = Comment.objects.get(author=bob)
    CommentFactory(warning=warning, parent=first, level=1)
    delete_comment(actor=bob, comment=first)
    browser.post(f"/warnings/{warning.slug}/comments/", {"body": FIRST, "key": key})
    assert texts(bob) == [FIRST]


def test_it_is_the_action_that_tells_them_apart(bob: User, warning: Warning) -> None:
    key = uuid.uuid4()
    first, again, other = (
        post_comment(actor=bob, warning=warning, body=body, stance=Stance.NONE, submission_key=key)
        for body in (FIRST, FIRST, "Something else.")
    )
    assert first == again != other


def test_two_tabs_at_the_same_moment_lose_nothing(bare_site: dict[str, str]) -> None:
    *_, [found] = in_turn(bare_site, [(BEGIN,)], [(RACE, "1"), (RACE, "2")], [(END,)])
    assert found.strip() == ";".join(f"{turn} {text}" for turn in range(3) for text in ("by 1", "by 2", "the same"))
