"""Removed passages come back after other edits of the text, and can be read as long as they are kept."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from moderation.actions.decisions import decide, throw_away_sealed, undo
from moderation.choices import Act
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError
from moderation.models import Decision
from reports.actions.revisions import edit
from reports.actions.save_text import save_text
from reports.actions.warnings import save_first_version
from reports.models import Comment, Warning
from reports.version_text import fields_now
from tests.factories import CommentFactory
from tests.moderation.making import flagged, reason
from tests.pages_under_test import elements, message_codes, parts, refuses
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db

NAME = "Quirinus Markerson"


def redact(target: Any, moderator: User, *passages: str) -> Decision:
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=passages or (NAME,))
    return decide(actor=moderator, case=flagged(target), choice=choice)


@pytest.mark.parametrize(
    ("written", "edited", "back"),
    [
        (f"By {NAME} and others.", "By [removed] and many others.", f"By {NAME} and many others."),
        (f"By {NAME}.", "By [removed].\n\nMore since.", f"By {NAME}.\n\nMore since."),
        (f"One.\n\nBy {NAME}.", "First.\n\nBy [removed].", f"First.\n\nBy {NAME}."),
        (f"{NAME} and {NAME}!", "So: [removed] and [removed]!", f"So: {NAME} and {NAME}!"),
        (f"**{NAME}** & <b> 😀 end", "**[removed]** & <b> 😀 ending", f"**{NAME}** & <b> 😀 ending"),
        (f"By {NAME} here.", "By [removed] here.", f"By {NAME} here."),
        (f"A {NAME} b\r\nc", "A [removed] b\r\nd", f"A {NAME} b\r\nd"),
    ],
)
def test_other_edits_of_a_text_are_kept(warning: Warning, mona: User, written: str, edited: str, back: str) -> None:
    comment = CommentFactory(warning=warning, text=written)
    decision = redact(comment, mona)
    comment.refresh_from_db()
    assert NAME not in comment.body
    save_text(comment, {"body": edited})
    undo(actor=mona, decision=decision, note="It is a company.")
    comment.refresh_from_db()
    assert comment.body == back
    assert NAME in comment.body_html
    decision.refresh_from_db()
    assert decision.sealed == ""


def test_a_warning_that_others_edited_gets_its_passage_back(warning: Warning, mona: User) -> None:
    warning.title, warning.summary, warning.version = f"{NAME} wanted my screen", f"About {NAME}.", 1
    warning.save()
    save_first_version(warning=warning)
    decision = redact(warning, mona)
    warning.refresh_from_db()
    fields = fields_now(warning) | {"summary": f"{warning.summary} It happened twice."}
    edit(actor=mona, warning=warning, fields=fields, based_on=warning.version, comment="More.")
    undo(actor=mona, decision=decision, note="It is a company.")
    warning.refresh_from_db()
    assert (warning.title, warning.summary) == (f"{NAME} wanted my screen", f"About {NAME}. It happened twice.")


def test_what_was_deleted_since_stays_deleted(warning: Warning, mona: User) -> None:
    gone, emptied, kept = (CommentFactory(warning=warning, text=f"I met {NAME}.") for _ in range(3))
    decision = redact(warning, mona)
    gone.delete()
    Comment.objects.filter(pk=emptied.pk).update(body="", body_html="")
    undo(actor=mona, decision=decision, note="It is a company.")
    assert dict(warning.comments.values_list("pk", "body")) == {emptied.pk: "", kept.pk: f"I met {NAME}."}


def test_what_was_rewritten_since_is_named_and_its_words_can_still_be_read(
    warning: Warning, mona: User, desk: Client
) -> None:
    rewritten, kept = (CommentFactory(warning=warning, text=f"I met {NAME}.") for _ in range(2))
    decision = redact(warning, mona)
    save_text(rewritten, {"body": "I met a buyer."})
    answer = desk.post(f"{decision.get_absolute_url()}undo/", {"note": "It is a company."}, follow=True)
    assert message_codes(answer) == ["undone-partly"]
    assert dict(warning.comments.values_list("pk", "body")) == {
        rewritten.pk: "I met a buyer.",
        kept.pk: f"I met {NAME}.",
    }
    assert "removed" in parts(answer)
    decision.refresh_from_db()
    throw_away_sealed(actor=mona, decision=decision)
    assert "removed" not in parts(desk.get(decision.get_absolute_url()))


def test_what_would_be_too_long_stays_as_it_is(warning: Warning, mona: User) -> None:
    Warning.objects.filter(pk=warning.pk).update(title=f"{NAME} wanted it")
    comment = CommentFactory(warning=warning, text=f"I met {NAME}.")
    decision = redact(warning, mona)
    longest = Warning._meta.get_field("title").max_length or 0
    title = f"[removed] wanted it{'!' * (longest - 19)}"
    Warning.objects.filter(pk=warning.pk).update(title=title)
    undo(actor=mona, decision=decision, note="It is a company.")
    warning.refresh_from_db()
    comment.refresh_from_db()
    assert (warning.title, comment.body) == (title, f"I met {NAME}.")


def test_where_all_was_rewritten_nothing_is_undone(warning: Warning, mona: User) -> None:
    comment = CommentFactory(warning=warning, text=f"I met {NAME}.")
    decision = redact(comment, mona)
    save_text(comment, {"body": "I met a buyer."})
    with refuses(ActionRefusedError, "written-anew"):
        undo(actor=mona, decision=decision, note="It is a company.")
    decision.refresh_from_db()
    assert decision.undone_at is None
    assert decision.sealed


def test_a_later_redaction_stays(warning: Warning, mona: User) -> None:
    comment = CommentFactory(warning=warning, text=f"I met {NAME} and later Ann Smith.")
    first = redact(comment, mona)
    redact(comment, mona, "Ann Smith")
    undo(actor=mona, decision=first, note="It is a company.")
    comment.refresh_from_db()
    assert comment.body == f"I met {NAME} and later [removed]."


@pytest.mark.parametrize("markup", ["", "<script>alert(1)</script> ", "[x](javascript:1) "])
def test_moderators_read_the_removed_words_and_nobody_else(
    warning: Warning, alice: User, desk: Client, mona: User, markup: str
) -> None:
    CommentFactory(warning=warning, text=f"{markup}I met {NAME}.")
    decision = redact(warning, mona)
    page = desk.get(decision.get_absolute_url())
    removed = [one.text for one in elements(page, "del")]
    assert any(NAME in text for text in removed)
    assert "<script>alert" not in page.content.decode()
    assert NAME not in signed_in(alice).get(decision.get_absolute_url()).content.decode()


def test_words_that_cannot_be_decrypted_leave_the_page_readable(warning: Warning, desk: Client, mona: User) -> None:
    CommentFactory(warning=warning, text=f"I met {NAME}.")
    decision = redact(warning, mona)
    Decision.objects.filter(pk=decision.pk).update(sealed="broken")
    assert desk.get(decision.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("passage", ["[removed] met Epsiman", "[removed]", "x [removed]"])
def test_a_passage_does_not_remove_the_place_of_what_was_removed_before(
    warning: Warning, mona: User, passage: str
) -> None:
    comment = CommentFactory(warning=warning, text=f"He said x {NAME} met Epsiman here.")
    first = redact(comment, mona)
    with refuses(ActionRefusedError, "holds-a-mark"):
        redact(comment, mona, passage)
    second = redact(comment, mona, " met Epsiman")
    undo(actor=mona, decision=first, note="Wrong.")
    undo(actor=mona, decision=second, note="Wrong.")
    comment.refresh_from_db()
    assert comment.body == f"He said x {NAME} met Epsiman here."
