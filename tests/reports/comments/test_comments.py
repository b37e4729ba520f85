"""The discussion: two levels, members at once and new people after a look, changed and deleted by their authors."""

import re
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import Notification, User
from common import worker
from common.worker import run_pending
from moderation.models import Case
from reports.actions import comments as comment_actions
from reports.actions.comments import SHOWN
from reports.actions.status import change_status
from reports.actions.votes import cast_vote
from reports.actions.warnings import recount
from reports.choices import Stance, Status
from reports.hints import PERSONAL
from reports.integrity import problems
from reports.models import Comment, Warning
from reports.personal_data.kinds import Kind
from reports.policies.comments import EDITABLE_FOR
from tests.common.odd_texts import ODD
from tests.factories import CommentFactory, UserFactory, WarningFactory
from tests.pages_under_test import elements, links, message_codes, states
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


def say(actor: User, warning: Warning, body: str = "I agree.", **more: Any) -> Comment:
    fields: dict[str, Any] = {"stance": Stance.NONE, "submission_key": uuid.uuid4()} | more
    return comment_actions.post_comment(actor=actor, warning=warning, body=body, **fields)


def test_a_member_is_shown_at_once(bob: User, warning: Warning) -> None:
    browser = signed_in(bob)
    answer = browser.post(
        f"/warnings/{warning.slug}/comments/", {"body": "It is **true**.", "stance": "agrees"}, follow=True
    )
    html = answer.content.decode()
    assert "<strong>true</strong>" in html
    assert "Agrees" in html
    comment = Comment.objects.get(author=bob)
    assert answer.redirect_chain[-1][0] == f"/warnings/{warning.slug}/#comment-{comment.public_id}"
    warning.refresh_from_db()
    assert (warning.comment_count, warning.participants) == (1, 1)
    assert list(problems()) == []


def test_somebody_new_waits_and_sees_their_own(nina: User, warning: Warning, visitor: Client) -> None:
    browser = signed_in(nina)
    answer = browser.post(f"/warnings/{warning.slug}/comments/", {"body": "My first word."}, follow=True)
    assert elements(answer, "h3", id="waiting")
    assert "My first word." in answer.content.decode()
    assert "My first word." not in visitor.get(f"/warnings/{warning.slug}/").content.decode()
    mona = UserFactory(handle="Mona", trust_level=TrustLevel.MODERATOR)
    comment_actions.decide_comment(
        actor=mona, comment=Comment.objects.get(author=nina), status=Status.PUBLISHED, reason="reviewed"
    )
    assert "My first word." in visitor.get(f"/warnings/{warning.slug}/").content.decode()
    assert SHOWN in nina.notices.get(kind="own-work").text


def test_a_comment_that_is_declined_says_why(nina: User, warning: Warning) -> None:
    comment = say(nina, warning)
    mona = UserFactory(handle="Mona", trust_level=TrustLevel.MODERATOR)
    comment_actions.decide_comment(actor=mona, comment=comment, status=Status.DECLINED, reason="names a person")
    assert "names a person" in nina.notices.get().text


def test_an_answer_to_an_answer_stands_below_the_same_comment(bob: User, alice: User, warning: Warning) -> None:
    first = say(bob, warning)
    second = say(alice, warning, parent=first)
    third = say(bob, warning, parent=second)
    assert (second.parent, second.level) == (first, 1)
    assert (third.parent, third.level) == (first, 1)


def test_it_can_be_previewed_and_quoted(bob: User, warning: Warning) -> None:
    browser = signed_in(bob)
    address = f"/warnings/{warning.slug}/comments/"
    preview = browser.post(address, {"body": "So *it* is.", "act": "preview"}).content.decode()
    assert "<em>it</em>" in preview
    assert not Comment.objects.filter(author=bob).exists()
    comment = CommentFactory(warning=warning, text="One line.\nAnother.")
    quoted = browser.get(f"{address}?reply={comment.public_id}&quote=1").content.decode()
    assert "&gt; One line.\n&gt; Another.\n" in quoted
    assert str(comment.public_id) in quoted


def test_what_looks_personal_is_asked_about_once_more(bob: User, warning: Warning) -> None:
    browser, address = signed_in(bob), f"/warnings/{warning.slug}/comments/"
    form = {"body": "Write to the buyer at john.smith@example.org then."}
    assert elements(browser.post(address, form), "h2", id="personal")
    masked = browser.post(address, form | {"act": "mask"}).content.decode()
    assert "john.smith" not in masked.split("<textarea")[1]
    browser.post(address, form | {"keep": "1"})
    kept = Comment.objects.get(author=bob)
    # A member's too waits then.
    assert (kept.status, kept.hints[0]["hint"]) == (Status.PENDING, PERSONAL)


def test_a_member_who_is_spoken_to_is_not_asked_about_and_anybody_else_is(bob: User, warning: Warning) -> None:
    browser, address = signed_in(bob), f"/warnings/{warning.slug}/comments/"
    assert browser.post(address, {"body": "Thank you, @Alice."}).status_code == 302
    answer = browser.post(address, {"body": "Thank you, @Alice. Ask @some_buyer_77."})
    assert answer.status_code == 422
    assert "<mark" in answer.content.decode()
    assert "@Alice</mark>" not in answer.content.decode()


def test_sent_twice_it_is_one(bob: User, warning: Warning) -> None:
    form = {"body": "Only once.", "key": str(uuid.uuid4())}
    for _ in range(3):
        signed_in(bob).post(f"/warnings/{warning.slug}/comments/", form)
    assert Comment.objects.filter(author=bob).count() == 1


def test_who_was_signed_out_meanwhile_keeps_the_text(warning: Warning, visitor: Client) -> None:
    answer = visitor.post(f"/warnings/{warning.slug}/comments/", {"body": "A long thought."})
    assert answer.status_code == 403
    assert "A long thought." in answer.content.decode()
    assert message_codes(answer) == ["signed-out"]
    assert f"/accounts/login/?next=/warnings/{warning.slug}/comments/" in [unquote(link) for link in links(answer)]
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post(f"/warnings/{warning.slug}/comments/", {"body": "A long thought."})
    assert refused.status_code == 403
    assert "A long thought." in refused.content.decode()


def test_a_closed_discussion_takes_nothing(bob: User) -> None:
    locked = WarningFactory(locked=True)
    answer = signed_in(bob).post(f"/warnings/{locked.slug}/comments/", {"body": "A late word."})
    assert answer.status_code == 403
    assert answer.context["problem"].code == "closed"
    assert answer.context["problem"] in answer.content.decode()
    assert "A late word." in answer.content.decode()
    assert not Comment.objects.filter(author=bob).exists()


def test_it_can_be_changed_for_half_an_hour(bob: User, warning: Warning, time_machine: Any) -> None:
    comment, browser = say(bob, warning, "Befor."), signed_in(bob)
    address = f"/comments/{comment.public_id}/edit/"
    assert "Befor." in browser.get(address).content.decode()
    assert "After" in browser.post(address, {"body": "*After*", "act": "preview"}).content.decode()
    browser.post(address, {"body": "After.", "stance": "advice"})
    comment.refresh_from_db()
    assert (comment.body, comment.stance) == ("After.", "advice")
    assert comment.edited_at
    assert "edited" in states(browser.get(f"/warnings/{warning.slug}/"))
    browser.post(address, {"body": ""})
    time_machine.move_to(timezone.now() + EDITABLE_FOR + timedelta(minutes=1))
    late = browser.post(address, {"body": "Too late."})
    assert late.status_code == 422
    assert "Too late." in late.content.decode()
    assert browser.get(address).status_code == 302
    comment.refresh_from_db()
    assert comment.body == "After."


def test_a_change_gives_no_further_half_hour(bob: User, warning: Warning, time_machine: Any) -> None:
    comment, browser = say(bob, warning, "Before."), signed_in(bob)
    address = f"/comments/{comment.public_id}/edit/"
    time_machine.move_to(timezone.now() + EDITABLE_FOR - timedelta(minutes=5))
    browser.post(address, {"body": "In time."})
    time_machine.move_to(timezone.now() + timedelta(minutes=10))
    browser.post(address, {"body": "Too late."})
    comment.refresh_from_db()
    assert comment.body == "In time."


def test_a_change_that_looks_personal_is_asked_about_and_waits_for_a_moderator(bob: User, warning: Warning) -> None:
    comment, browser = say(bob, warning, "Nothing in it."), signed_in(bob)
    assert comment.status == Status.PUBLISHED
    address = f"/comments/{comment.public_id}/edit/"
    form = {"body": "Write to john.smith@example.org, or call +49 30 901820."}
    asked = browser.post(address, form)
    assert asked.status_code == 422
    assert "john.smith@example.org</mark>" in asked.content.decode()
    masked = browser.post(address, form | {"act": "mask"}).content.decode()
    assert "john.smith" not in masked.split("<textarea")[1]
    comment.refresh_from_db()
    assert comment.body == "Nothing in it."
    assert browser.post(address, form | {"keep": "1"})["Location"] == f"/warnings/{warning.slug}/#waiting"
    comment.refresh_from_db()
    assert (comment.status, comment.hints[0]["kinds"]) == (Status.PENDING, [Kind.EMAIL, Kind.PHONE])
    warning.refresh_from_db()
    assert warning.comment_count == 0
    assert "john.smith" not in Client().get(f"/warnings/{warning.slug}/").content.decode()
    case = Case.objects.open().get(comment=comment)
    moderator = UserFactory(trust_level=TrustLevel.MODERATOR)
    comment_actions.decide_comment(
        actor=moderator, comment=comment, status=Status.PUBLISHED, reason="a shop's address"
    )
    warning.refresh_from_db()
    assert warning.comment_count == 1
    assert not Case.objects.open().filter(pk=case.pk).exists()


def test_nobody_changes_or_deletes_what_is_others(bob: User, alice: User, warning: Warning) -> None:
    comment = say(bob, warning)
    browser = signed_in(alice)
    assert browser.post(f"/comments/{comment.public_id}/edit/", {"body": "Mine now."}).status_code == 404
    assert browser.post(f"/comments/{comment.public_id}/delete/").status_code == 404
    with pytest.raises(comment_actions.CommentError):
        comment_actions.delete_comment(actor=alice, comment=comment)
    with pytest.raises(comment_actions.CommentError):
        comment_actions.edit_comment(actor=alice, comment=comment, body="Mine now.", stance=Stance.NONE)


def test_a_deleted_comment_is_gone_and_one_that_was_answered_keeps_its_place(
    bob: User, alice: User, warning: Warning, visitor: Client
) -> None:
    first = say(bob, warning, "A slipperyword came out.")
    say(alice, warning, "Careful.", parent=first)
    signed_in(bob).post(f"/comments/{first.public_id}/delete/")
    page = visitor.get(f"/warnings/{warning.slug}/")
    assert states(page).count("deleted") == 1
    assert "slipperyword" not in page.content.decode()
    assert "came out" not in visitor.get("/search/?q=slipperyword").content.decode()
    alone = say(bob, warning, "Another slip.")
    cast_vote(actor=alice, post=alone)
    signed_in(bob).post(f"/comments/{alone.public_id}/delete/")
    assert not Comment.objects.filter(pk=alone.pk).exists()
    assert list(problems()) == []


def test_saying_the_same_again_marks_nothing_as_edited(bob: User, warning: Warning) -> None:
    comment = say(bob, warning, "As it is.")
    comment_actions.edit_comment(actor=bob, comment=comment, body="As it is.", stance=Stance.NONE)
    comment.refresh_from_db()
    assert comment.edited_at is None


def test_an_answer_that_is_deleted_leaves_the_comment_above_counted(bob: User, alice: User, warning: Warning) -> None:
    above = say(bob, warning)
    below = say(alice, warning, parent=above)
    above.refresh_from_db()
    assert above.participants == 1
    comment_actions.delete_comment(actor=alice, comment=below)
    above.refresh_from_db()
    assert above.participants == 0


def test_a_comment_of_nobody_any_more_is_decided_on_and_deleted(warning: Warning) -> None:
    mona = UserFactory(trust_level=TrustLevel.MODERATOR)
    waiting = CommentFactory(warning=warning, author=None, status=Status.PENDING, published_at=None)
    comment_actions.decide_comment(actor=mona, comment=waiting, status=Status.DECLINED, reason="spam")
    waiting.refresh_from_db()
    assert waiting.status == Status.DECLINED


def test_nobody_deletes_what_is_others_since_taking_it_down_needs_a_reason(bob: User, warning: Warning) -> None:
    mona = UserFactory(handle="Mona", trust_level=TrustLevel.MODERATOR)
    comment = say(bob, warning)
    with pytest.raises(comment_actions.CommentError):
        comment_actions.delete_comment(actor=mona, comment=comment)
    assert Comment.objects.filter(pk=comment.pk).exists()


def test_the_author_of_the_warning_and_moderators_are_marked(alice: User, warning: Warning, visitor: Client) -> None:
    mona = UserFactory(handle="Mona", trust_level=TrustLevel.MODERATOR)
    say(alice, warning)
    say(mona, warning)
    assert {"author", "moderator"} <= set(states(visitor.get(f"/warnings/{warning.slug}/")))


def test_who_is_answered_mentioned_or_began_it_is_told_once(bob: User, alice: User, warning: Warning) -> None:
    carol = UserFactory(handle="Carol", trust_level=TrustLevel.MEMBER)
    first = say(bob, warning)
    say(carol, warning, "@Bob and @alice: look. @nobody-here too, and carol@example.org.", parent=first)
    assert bob.notices.get().kind == "answer"
    assert [notice.kind for notice in alice.notices.order_by("id")] == ["own-warning", "mention"]
    assert not carol.notices.exists()


def test_watchers_are_told_in_the_background_and_see_what_is_new(bob: User, alice: User, warning: Warning) -> None:
    carol = UserFactory(handle="Carol", trust_level=TrustLevel.MEMBER)
    browser = signed_in(carol)
    browser.post(f"/watch/warning/{warning.slug}/", {"act": "watch"})
    say(bob, warning, "Something new.")
    assert not carol.notices.exists()
    worker.run_pending()
    assert carol.notices.get().kind == "watched"
    assert elements(browser.get(f"/warnings/{warning.slug}/"), "div", class_="new")
    assert not elements(browser.get(f"/warnings/{warning.slug}/"), "div", class_="new")
    assert not Notification.objects.filter(recipient=bob).exists()


def test_a_link_leads_to_the_page_that_a_comment_is_on(warning: Warning, visitor: Client) -> None:
    comments = [CommentFactory(warning=warning, text=f"Thought {n:02}") for n in range(60)]
    answer = CommentFactory(warning=warning, parent=comments[55], level=1, text="An answer")
    for comment, page in ((comments[0], False), (comments[55], True), (answer, True)):
        where = visitor.get(f"/comments/{comment.public_id}/")["Location"]
        assert ("?from=" in where) == page
        assert f'id="comment-{comment.public_id}"' in visitor.get(where).content.decode()


def test_many_answers_have_a_page_of_their_own(warning: Warning, visitor: Client) -> None:
    comment = CommentFactory(warning=warning)
    for number in range(25):
        CommentFactory(warning=warning, parent=comment, level=1, text=f"Answer {number:02}")
    page = visitor.get(f"/warnings/{warning.slug}/")
    assert "Answer 19" in page.content.decode()
    assert "Answer 20" not in page.content.decode()
    [leading] = elements(page, "a", href=f"/comments/{comment.public_id}/answers/")
    assert " 25 " in leading.text
    whole = visitor.get(f"/comments/{comment.public_id}/answers/").content.decode()
    assert "Answer 24" in whole
    below = comment.answers.first()
    assert visitor.get(f"/comments/{below.public_id}/answers/").status_code == 302


def test_a_long_thread_needs_no_more_queries(bob: User, warning: Warning) -> None:
    browser, counts = signed_in(bob), []
    for more in (3, 40):
        for _ in range(more):
            comment = CommentFactory(warning=warning)
            CommentFactory(warning=warning, parent=comment, level=1)
        recount(warning=warning)
        with CaptureQueriesContext(connection) as captured:
            browser.get(f"/warnings/{warning.slug}/")
        counts.append(len(captured))
    assert counts[1] <= counts[0]


@pytest.mark.both_databases
def test_no_text_breaks_it(bob: User, warning: Warning, settings: Any) -> None:
    # It takes seconds: every odd text is sent, shown and searched.
    settings.RATE_LIMITS = False
    browser = signed_in(bob)
    for text in ODD:
        for act in ("preview", "send"):
            form = dict.fromkeys(("body", "stance", "parent", "key"), text) | {"act": act}
            answer = browser.post(f"/warnings/{warning.slug}/comments/", form)
            assert answer.status_code in {200, 302, 422}, text[:40]
        answer = browser.post(f"/warnings/{warning.slug}/comments/", {"body": text, "act": "send", "keep": "1"})
        assert answer.status_code in {200, 302, 422}, text[:40]
    assert signed_in(bob).get(f"/warnings/{warning.slug}/").status_code == 200
    assert browser.get(f"/warnings/{warning.slug}/comments/?reply=nonsense&quote=1").status_code == 200


def test_many_comments_in_an_hour_are_too_many(bob: User, warning: Warning, monkeypatch: Any) -> None:
    monkeypatch.setattr(
        "reports.views.comments.COMMENTS",
        type("L", (), {"reached": "Often.", "name": "c", "most": 1, "seconds": 600})(),
    )
    browser, address = signed_in(bob), f"/warnings/{warning.slug}/comments/"
    browser.post(address, {"body": "One."})
    answer = browser.post(address, {"body": "Two."})
    assert answer.status_code == 429
    assert "Two." in answer.content.decode()


def test_a_comment_taken_down_counts_against_trust(warning: Warning) -> None:
    author = UserFactory(trust_level=TrustLevel.MEMBER)
    comment = say(author, warning)
    cast_vote(actor=UserFactory(trust_level=TrustLevel.MEMBER), post=comment)
    run_pending()
    assert User.objects.get(pk=author.pk).trust_level == TrustLevel.MEMBER
    mona = UserFactory(trust_level=TrustLevel.MODERATOR)
    comment_actions.decide_comment(actor=mona, comment=comment, status=Status.UNPUBLISHED, reason="insults")
    run_pending()
    assert User.objects.get(pk=author.pk).trust_level == TrustLevel.NEW
    change_status(actor="Mona", post=comment, status=Status.PUBLISHED, reason="Not so.")
    assert re.search(r"\d", comment.get_absolute_url())
