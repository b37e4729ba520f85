"""The table of permissions is what the actions do: each line of it, tried as everybody."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from accounts.permissions import PERMISSIONS, NotPermittedError, may, why_suspended
from common.errors import code_of
from directory.actions import edits
from directory.actions.create_entry import add_tool
from directory.choices import RevisionState, ToolKind
from directory.entries import find
from directory.models import Connection, EntryRevision, Tool
from moderation.actions import limits, staff
from moderation.actions.cases import open_case
from moderation.actions.decisions import decide
from moderation.actions.staff import AppointmentError as AppointmentRefused
from moderation.choices import Act, CaseKind
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError, ConflictOfInterestError
from pages.administration.site import window
from reports.actions import comments, revisions, submissions, tags
from reports.actions.votes import VoteError, cast_vote, retract_vote
from reports.choices import Outcome, Stance, Status
from reports.models import Comment, Report, Revision, Vote, Warning
from reports.version_text import fields_now
from tests.factories import CommentFactory, TagFactory, UserFactory, WarningFactory
from tests.moderation.making import reason
from tests.pages_under_test import elements, refuses

pytestmark = pytest.mark.django_db

REFUSALS = (
    *(
        NotPermittedError,
        PermissionDenied,
        VoteError,
        comments.CommentError,
        revisions.EditingClosedError,
        ConflictOfInterestError,
        ActionRefusedError,
    ),
    *(revisions.EditNotAllowedError, edits.EditNotAllowedError, AppointmentRefused),
)
# Nobody has these as their own.
OF_THE_SITE = {"add_tool", "curate_tags", "keep_desk", "see_tables"}


def warning_of(actor: User, own: bool, **more: Any) -> Warning:
    made: Warning = WarningFactory(author=actor if own else UserFactory(), **more)
    return made


def report(actor: User, own: bool) -> Report:
    fields: dict[str, Any] = {
        "tools": ([], ""),
        "tactics": [],
        "marketplace": None,
        "happened_in": None,
        "title": "x",
        "notify": False,
    }
    fields |= {"body": "It happened.", "outcome": Outcome.OTHER, "amount": None, "currency": "", "tags": []}
    return submissions.submit(
        author=actor,
        submission_key=uuid.uuid4(),
        tracking_hash=None,
        fields=fields | {"joins": warning_of(actor, own)},
        hints=[],
        draft=None,
    )


def tap(actor: User, own: bool) -> Report:
    warning = warning_of(actor, own)
    return submissions.happened_to_me(author=actor, warning=warning, happened_in=None, marketplace=None)


def comment(actor: User, own: bool) -> Comment:
    return comments.post_comment(
        actor=actor,
        warning=warning_of(actor, own),
        body="I agree.",
        stance=Stance.NONE,
        submission_key=uuid.uuid4(),
    )


def edit_comment(actor: User, own: bool) -> bool:
    row = CommentFactory(author=actor if own else UserFactory())
    comments.edit_comment(actor=actor, comment=row, body="Other words.", stance=Stance.NONE)
    return "Other" in Comment.objects.get(pk=row.pk).body


def delete_comment(actor: User, own: bool) -> bool:
    row = CommentFactory(author=actor if own else UserFactory())
    comments.delete_comment(actor=actor, comment=row)
    return not Comment.objects.filter(pk=row.pk).exists()


def vote(actor: User, own: bool) -> Any:
    return cast_vote(actor=actor, post=warning_of(actor, own))


def edit(actor: User, own: bool, **more: Any) -> Revision:
    warning = warning_of(actor, own, **more)
    fields = fields_now(warning) | {"title": "Another title"}
    return revisions.edit(actor=actor, warning=warning, fields=fields, based_on=warning.version, comment="clearer")


def edit_entry(actor: User) -> EntryRevision:
    entry = find("tool", "zoom")
    assert entry is not None
    content = entry.content | {"summary": uuid.uuid4().hex}
    return edits.edit(
        actor=actor, entry=entry, base=entry.content, content=content, comment="x", today=timezone.localdate()
    )


def suggest_both(actor: User, own: bool) -> bool:
    return bool(edit(actor, own).pk and edit_entry(actor).pk)


def edit_both(actor: User, own: bool) -> bool:
    states = {edit(actor, own).state == RevisionState.APPLIED, edit_entry(actor).state == RevisionState.APPLIED}
    assert len(states) == 1
    return states == {True}


def decide_both(actor: User, own: bool) -> bool:
    suggestion, change = edit(UserFactory(), False), edit_entry(UserFactory())
    if own:
        for row in (suggestion, change):
            type(row).objects.filter(pk=row.pk).update(author=actor)
    tries = (
        lambda: revisions.decline(actor=actor, revision=suggestion, reason="unclear"),
        lambda: edits.decline(actor=actor, revision=change, reason="unclear"),
    )
    answers = {let_through(lambda *_, attempt=attempt: attempt(), actor, own) for attempt in tries}
    assert len(answers) == 1
    return answers == {True}


def decide_case(actor: User, own: bool) -> Any:
    case = open_case(kind=CaseKind.FLAGS, target=warning_of(actor, own))
    return decide(actor=actor, case=case, choice=DecisionInput(Act.UNPUBLISH, reason=reason("not-true")))


def add(actor: User, own: bool) -> Tool:
    name, today = f"Tool {uuid.uuid4().hex}", timezone.localdate()
    return add_tool(actor=actor, name=name, kind=ToolKind.MESSENGER, content={}, comment="new", today=today)


def curate(actor: User, own: bool) -> bool:
    tags.describe(actor=actor, tag=TagFactory(), description="About this.")
    return True


def keep(actor: User, own: bool) -> bool:
    limits.choose(actor=actor, name="comments", most=7)
    return True


def look_at_tables(actor: User, own: bool) -> bool:
    Authenticator.objects.create(user=actor, type=Authenticator.Type.TOTP, data={"secret": "x"})
    request = RequestFactory().get("/")
    request.user = actor
    return window.has_permission(request)


def appoint(actor: User, own: bool) -> bool:
    staff.appoint(actor=actor, user=actor if own else UserFactory(), level=TrustLevel.MODERATOR)
    return True


TRIED: dict[str, Callable[[User, bool], Any]] = {
    "report": report,
    "tap_at_once": lambda actor, own: tap(actor, own).status == Status.PUBLISHED,
    "report_at_once": lambda actor, own: report(actor, own).status == Status.PUBLISHED,
    "comment": comment,
    "comment_at_once": lambda actor, own: comment(actor, own).status == Status.PUBLISHED,
    "edit_comment": edit_comment,
    "delete_comment": delete_comment,
    "vote": vote,
    "vote_counts": lambda actor, own: vote(actor, own).standing_votes == 1,
    "suggest_edit": suggest_both,
    "edit_directly": edit_both,
    "decide_suggestion": decide_both,
    "edit_locked": lambda actor, own: edit(actor, own, locked=True),
    "decide": decide_case,
    "add_tool": add,
    "curate_tags": curate,
    "keep_desk": keep,
    "see_tables": look_at_tables,
    "appoint": appoint,
}


def let_through(attempt: Callable[[User, bool], Any], actor: User, own: bool) -> bool:
    try:
        return bool(attempt(actor, own))
    except REFUSALS:
        return False


def test_each_line_of_the_table_is_tried() -> None:
    assert TRIED.keys() == PERMISSIONS.keys()


@pytest.mark.parametrize("suspended", [False, True], ids=["free", "suspended"])
@pytest.mark.parametrize("level", TrustLevel)
@pytest.mark.parametrize("act", PERMISSIONS)
def test_the_actions_do_what_the_table_says(act: str, level: TrustLevel, suspended: bool) -> None:
    permission = PERMISSIONS[act]
    for own in (False,) if act in OF_THE_SITE else (False, True):
        until = timezone.now() + timedelta(days=3) if suspended else None
        actor = UserFactory(trust_level=level, suspended_until=until)
        allowed = not suspended and level in (permission.own if own else permission.others)
        assert may(act, actor, own=own) == allowed
        assert let_through(TRIED[act], actor, own) == allowed, f"own: {own}"


@pytest.mark.parametrize(
    ("act", "level"),
    [
        *((act, TrustLevel.MEMBER) for act in ("tap_at_once", "comment_at_once", "vote_counts")),
        *((act, TrustLevel.TRUSTED) for act in ("report_at_once", "edit_directly", "decide_suggestion")),
        *((act, TrustLevel.MODERATOR) for act in ("edit_locked", "decide", "add_tool", "curate_tags")),
        *((act, TrustLevel.ADMINISTRATOR) for act in ("keep_desk", "see_tables", "appoint")),
    ],
)
def test_the_table_asks_for_no_lower_level(act: str, level: TrustLevel) -> None:
    levels = list(TrustLevel)
    assert PERMISSIONS[act].others == set(levels[levels.index(level) :])
    assert PERMISSIONS[act].own <= PERMISSIONS[act].others


@pytest.mark.parametrize("act", ["vote", "vote_counts", "decide_suggestion", "decide", "add_tool", "appoint"])
def test_nobody_judges_their_own(act: str) -> None:
    assert not PERMISSIONS[act].own


def test_a_closed_account_and_nobody_may_do_nothing() -> None:
    closed = UserFactory(trust_level=TrustLevel.ADMINISTRATOR, is_active=False)
    assert not any(may(act, closed, own=own) for act in PERMISSIONS for own in (False, True))
    assert code_of(why_suspended(closed)) == "suspended"


@pytest.fixture
def quiet() -> User:
    """A member who may not write for three days."""
    until = timezone.now().replace(hour=14, minute=5) + timedelta(days=3)
    made: User = UserFactory(trust_level=TrustLevel.TRUSTED, suspended_until=until)
    return made


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sentence(user: User) -> str:
    """What somebody suspended is told, with the moment until when."""
    words = why_suspended(user)
    assert f"{user.suspended_until:%-d %B %Y}, 14:05 UTC" in words
    return words


def test_a_suspended_person_is_told_until_when_and_keeps_the_text(quiet: User) -> None:
    browser, warning = browser_of(quiet), WarningFactory()
    report = {"title": "They wanted my screen", "body": "They asked me to share it.", "outcome": "refused"}
    sent = {
        "/report/": report | {"tools": "zoom", "looked": "1", "keep": "1", "act": "send"},
        f"/warnings/{warning.slug}/comments/": {"body": "They asked me to share it."},
        f"/warnings/{warning.slug}/edit/": {"title": "x", "body": "They asked me to share it."},
        "/tools/zoom/edit/": {"summary": "They asked me to share it."},
    }
    for address, data in sent.items():
        answer = browser.post(address, data)
        page = answer.content.decode()
        assert (answer.status_code, sentence(quiet) in page) == (403, True), address
        assert "They asked me to share it." in page, address
    assert not Report.objects.filter(author=quiet).exists()
    assert not Comment.objects.filter(author=quiet).exists()
    assert not Revision.objects.filter(author=quiet).exists()
    assert not EntryRevision.objects.filter(author=quiet).exists()


def test_a_suspended_person_is_refused_in_words_where_there_is_no_text(quiet: User) -> None:
    browser, warning = browser_of(quiet), WarningFactory()
    mine = CommentFactory(warning=warning, author=quiet)
    for address in (
        *(
            f"/warnings/{warning.slug}/happened/",
            f"/warnings/{warning.slug}/vote/",
            f"/comments/{mine.public_id}/edit/",
        ),
        *(f"/comments/{mine.public_id}/delete/", f"/warnings/{warning.slug}/history/1/restore/"),
    ):
        if address.endswith("restore/"):
            revisions.edit(
                actor=UserFactory(trust_level=TrustLevel.TRUSTED),
                warning=warning,
                fields=fields_now(warning) | {"title": "Another"},
                based_on=1,
                comment="x",
            )
        page = browser.post(address, {"body": "x", "act": "vote"}, follow=True)
        assert sentence(quiet) in page.content.decode(), address
    assert not Report.objects.filter(author=quiet).exists()
    assert not Vote.objects.exists()
    answer = browser.post(f"/warnings/{warning.slug}/vote/", {"act": "vote"}, HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["problem"][: len(sentence(quiet))]) == (403, sentence(quiet))
    with refuses(VoteError, "suspended"):
        retract_vote(actor=quiet, post=warning)


def test_every_page_leads_a_suspended_person_to_the_decision() -> None:
    bob = UserFactory(trust_level=TrustLevel.MEMBER)
    mona = UserFactory(trust_level=TrustLevel.MODERATOR)
    case = open_case(kind=CaseKind.ACCOUNT, target=bob)
    decision = decide(actor=mona, case=case, choice=DecisionInput(Act.SUSPEND, reason=reason("advertising"), days=3))
    [notice] = elements(browser_of(bob).get("/tools/"), "aside", class_="announcement")
    assert [one.attributes["href"] for one in notice.everything() if one.name == "a"] == [decision.get_absolute_url()]
    User.objects.filter(pk=bob.pk).update(suspended_until=timezone.now() - timedelta(seconds=1))
    assert decision.get_absolute_url() not in browser_of(bob).get("/tools/").content.decode()


def test_a_connection_can_be_declared_all_the_same(quiet: User) -> None:
    browser_of(quiet).post("/accounts/connections/", {"tool": "zoom", "words": "A job"})
    assert Connection.objects.filter(user=quiet).count() == 1
