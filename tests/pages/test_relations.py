"""docs/permissions.yml is the truth for what is somebody's, too: each thing, with every method, as everybody to it."""

import uuid
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.digests import token_of
from accounts.models import Notification, Session, User
from directory.actions import edits
from directory.entries import find
from directory.models import Connection, Tool
from moderation.actions.decisions import decide
from moderation.actions.flags import flag
from moderation.actions.invitations import invite
from moderation.actions.legal_notices import send_notice
from moderation.actions.proposed_tools import link
from moderation.choices import Act, FlagReason
from moderation.decisions.input import DecisionInput
from moderation.models import SavedView
from moderation.notice_codes import code_of_notice
from reports.actions.revisions import edit
from reports.actions.subscriptions import renew_feed
from reports.models import Draft, Evidence, Report, Warning
from reports.tracking_codes import code_of, hash_of
from reports.version_text import fields_now
from tests.factories import CommentFactory, UserFactory, WarningFactory
from tests.moderation.making import case_of, reason, waiting_report
from tests.pages_under_test import unrendered
from tests.sitemap_of_tests import NOTHING, routes

pytestmark = pytest.mark.django_db

RULES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "docs/permissions.yml").read_text(encoding="utf-8")
)
LEVELS = {
    "owner": TrustLevel.MEMBER,
    "other": TrustLevel.MEMBER,
    "moderator": TrustLevel.MODERATOR,
    "conflicted": TrustLevel.MODERATOR,
    "suspended": TrustLevel.MEMBER,
}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
CODES = {role: code_of(role.encode()) for role in ("owner", "suspended")}
# Where a change needs more than the address.
SENT = {
    "accounts/reports/<uuid:public_id>/": {"act": "withdraw"},
    "track/<str:code>/": {"act": "withdraw"},
    "comments/<uuid:public_id>/edit/": {"body": "Changed.", "stance": ""},
    "decisions/<uuid:public_id>/": {"text": "It is clear."},
    "notice/<str:code>/": {"text": "It is illegal."},
    "decisions/<uuid:public_id>/undo/": {"note": "Wrong."},
    "moderation/bulk/<uuid:batch>/": {"note": "Wrong."},
    "track/<str:code>/decisions/<uuid:public_id>/": {"text": "It is clear."},
    "flags/<uuid:public_id>/": {"text": "It was right."},
    "moderation/cases/<uuid:public_id>/": {"act": "publish", "title": "Waits", "body": "It happened.", "reason": ""},
    "moderation/cases/<uuid:public_id>/danger/": {"authority": "Police", "told_at": "2026-01-01T10:00", "words": "x"},
    "moderation/pictures/<uuid:public_id>/": {"areas": "0 0 50 50", "seen": "another"},
    "directory-edits/<int:pk>/": {"act": "withdraw"},
    "warnings/<slug:slug>/suggestions/<int:pk>/": {"act": "withdraw"},
    "comments/<uuid:public_id>/vote/": {"act": "vote"},
}
# What the sign-in library answers for is in its own tests, and in the table by roles; an announcement is nobody's.
LIBRARY = ("accounts/2fa/", "accounts/first/", "accounts/^", "report/sent/", "moderation/announcements/")


def of_somebody() -> list[str]:
    """The routes that lead to one thing of somebody's."""
    marks = (NOTHING, "999999999", "babadab", "/nothing")
    return [
        route.pattern
        for route in routes()
        if any(mark in route.address for mark in marks) and not route.pattern.startswith(LIBRARY)
    ]


def parts() -> dict[str, list[str]]:
    """The same by the first part of their address: what they are asked about is made once for each."""
    found: dict[str, list[str]] = {}
    for pattern in of_somebody():
        found.setdefault(pattern.partition("/")[0], []).append(pattern)
    return found


@pytest.fixture
def people() -> dict[str, User]:
    """Everybody who can stand in some relation to a thing; who is suspended owns it as well."""
    found: dict[str, User] = {role: UserFactory(handle=role, trust_level=level) for role, level in LEVELS.items()}
    for role in ("moderator", "conflicted"):
        Authenticator.objects.create(user=found[role], type=Authenticator.Type.TOTP, data={"secret": "x"})
    Connection.objects.create(user=found["conflicted"], tool=Tool.objects.get(slug="dingtalk"), words="A job")
    return found


@pytest.fixture
def browsers(people: dict[str, User]) -> dict[str, Client]:
    """A browser for each of them, and one of somebody who is not signed in."""
    found = {"anonymous": Client()}
    for role, user in people.items():
        found[role] = Client()
        found[role].force_login(user)
    return found


@pytest.fixture
def picture_folder(tmp_path: Path, settings: Any) -> Path:
    """Pictures go into a folder of the test's own."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"evidence": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}}
    return tmp_path


def targets(owner: User, judge: User) -> dict[str, str]:
    """One of each: the address behind every route that leads to something of somebody's."""
    tool = Tool.objects.get(slug="dingtalk")
    warning = WarningFactory(author=UserFactory(), title="Shown")
    warning.tools.add(tool)
    return {
        **_reports(owner, judge, tool),
        **_comments(owner, warning),
        **_edits(owner, warning, tool),
        **_account(owner),
        **_complaints(owner, judge, warning, tool),
        **_invitation(),
        "moderation/views/<int:pk>/forget/": f"/moderation/views/{_view(judge, owner.handle)}/forget/",
    }


def _reports(owner: User, judge: User, tool: Tool) -> dict[str, str]:
    waits = waiting_report(author=owner, title="Waits")
    waits.tools.add(tool)
    waits.warning.tools.add(tool)
    name = storages["evidence"].save("one.png", ContentFile(b"pixels"))
    picture = Evidence.objects.create(
        report=waits, stored_name=name, media_type="image/png", width=1, height=1, size=6, sha256="0" * 64
    )
    declined = waiting_report(author=owner, title="Declined")
    declined.warning.tools.add(tool)
    batch = uuid.uuid4()
    decision = decide(
        actor=judge, case=case_of(declined), choice=DecisionInput(Act.DECLINE, reason=reason("unclear"), batch=batch)
    )
    code = CODES[owner.handle]
    followed = waiting_report(author=None, title="Followed")
    Report.objects.filter(pk=followed.pk).update(tracking_hash=hash_of(code))
    of_followed = decide(
        actor=judge, case=case_of(followed), choice=DecisionInput(Act.DECLINE, reason=reason("unclear"))
    )
    draft = Draft.objects.create(owner=owner, fields={"title": ["Begun"]})
    case = case_of(waits).get_absolute_url()
    return {
        "accounts/reports/<uuid:public_id>/": f"/accounts/reports/{waits.public_id}/",
        "evidence/<uuid:public_id>/": f"/evidence/{picture.public_id}/",
        "moderation/pictures/<uuid:public_id>/": f"/moderation/pictures/{picture.public_id}/",
        "report/drafts/<uuid:public_id>/delete/": f"/report/drafts/{draft.public_id}/delete/",
        "track/<str:code>/": f"/track/{code}/",
        "track/<str:code>/decisions/<uuid:public_id>/": f"/track/{code}/decisions/{of_followed.public_id}/",
        "moderation/cases/<uuid:public_id>/": case,
        **{f"moderation/cases/<uuid:public_id>/{name}/": f"{case}{name}/" for name in ("take", "renew", "give-back")},
        "moderation/cases/<uuid:public_id>/danger/": f"{case}danger/",
        "moderation/bulk/<uuid:batch>/": f"/moderation/bulk/{batch}/",
        "decisions/<uuid:public_id>/": decision.get_absolute_url(),
        "decisions/<uuid:public_id>/undo/": f"{decision.get_absolute_url()}undo/",
        "decisions/<uuid:public_id>/throw-away/": f"{decision.get_absolute_url()}throw-away/",
    }


def _comments(owner: User, warning: Warning) -> dict[str, str]:
    address = f"/comments/{CommentFactory(warning=warning, author=owner).public_id}/"
    pattern = "comments/<uuid:public_id>/"
    return {
        f"{pattern}{part}": f"{address}{part}"
        for part in ("", "vote/", "vote/begin/", "answers/", "edit/", "delete/")
    }


def _edits(owner: User, warning: Warning, tool: Tool) -> dict[str, str]:
    fields = fields_now(warning) | {"title": "A clearer title"}
    suggestion = edit(actor=owner, warning=warning, fields=fields, based_on=warning.version, comment="clearer")
    entry = find("tool", tool.slug)
    assert entry is not None
    change = edits.edit(
        actor=owner,
        entry=entry,
        base=entry.content,
        content=entry.content | {"summary": "Another summary."},
        comment="newer",
        today=timezone.localdate(),
    )
    connection = Connection.objects.create(user=owner, tool=Tool.objects.get(slug="zoom"), words="Seller")
    return {
        "warnings/<slug:slug>/suggestions/<int:pk>/": f"/warnings/{warning.slug}/suggestions/{suggestion.pk}/",
        "directory-edits/<int:pk>/": f"/directory-edits/{change.pk}/",
        "directory-edits/<int:pk>/restore/": f"/directory-edits/{change.pk}/restore/",
        "accounts/connections/<int:pk>/end/": f"/accounts/connections/{connection.pk}/end/",
    }


def _account(owner: User) -> dict[str, str]:
    notice = Notification.objects.create(recipient=owner, kind="answer", key="one", text="Look.", address="/about/")
    session = Session.objects.create(
        session_key=uuid.uuid4().hex, session_data="", expire_date=timezone.now() + timedelta(days=1), user=owner
    )
    return {
        "accounts/notices/<uuid:public_id>/": f"/accounts/notices/{notice.public_id}/",
        "accounts/sessions/<uuid:public_id>/end/": f"/accounts/sessions/{session.public_id}/end/",
        "stop-mail/<str:token>/": f"/stop-mail/{token_of(owner)}/",
        "feeds/mine/<str:secret>.atom": f"/feeds/mine/{renew_feed(actor=owner)}.atom",
    }


def _complaints(owner: User, judge: User, warning: Warning, tool: Tool) -> dict[str, str]:
    raised = flag(target=warning, flagger=owner, reason=FlagReason.UNTRUE, detail="It was another tool.")
    decide(
        actor=judge,
        case=case_of(warning),
        choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
    )
    fields = {"url": f"/warnings/{warning.slug}/", "ground": "other", "explanation": "Against the law.", "law": ""}
    notice = send_notice(submission_key=owner.handle, fields=fields | {"name": "Ella", "email": ""})
    Client().post(
        f"/tools/{tool.slug}/statement/", {"speaker": "Us", "domain": "dingtalk.com", "email": "", "body": "No."}
    )
    statement = f"/statements/{tool.statements.latest('pk').public_id}/"
    named = link(actor=judge, name=owner.handle, tool=tool, remember=False, today=timezone.localdate())
    return {
        "flags/<uuid:public_id>/": f"/flags/{raised.public_id}/",
        "moderation/proposals/<int:pk>/take-back/": f"/moderation/proposals/{named.pk}/take-back/",
        "notice/<str:code>/": f"/notice/{code_of_notice(notice)}/",
        "statements/<uuid:public_id>/": statement,
        "statements/<uuid:public_id>/drop/": f"{statement}drop/",
        "statements/<uuid:public_id>/<str:token>/": f"{statement}wrong-token/",
    }


def _invitation() -> dict[str, str]:
    """It is an administrator's, and whoever has the link may accept it."""
    made, token = invite(actor=UserFactory(trust_level=TrustLevel.ADMINISTRATOR))
    return {
        "invitation/<str:token>/": f"/invitation/{token}/",
        "moderation/invitations/<int:pk>/": f"/moderation/invitations/{made.pk}/",
    }


def _view(judge: User, name: str) -> int:
    return SavedView.objects.create(user=judge, name=name, query="show=late").pk


def test_everything_that_is_somebodys_is_in_the_table() -> None:
    assert set(RULES["relations"]["routes"]) == set(of_somebody())
    assert RULES["relations"]["roles"] == ["anonymous", *LEVELS]


def called(client: Client, method: str, address: str, data: dict[str, str]) -> str:
    """The status of an answer, with a star if something was written; what was written is taken back."""
    point = transaction.savepoint()
    with CaptureQueriesContext(connection) as captured, unrendered() if method == "HEAD" else nullcontext():
        answer = client.post(address, data) if method == "POST" else client.generic(method, address)
    transaction.savepoint_rollback(point)
    return f"{answer.status_code}{'*' if any(map(_writes, captured)) else ''}"


def _writes(query: dict[str, str]) -> bool:
    """Whether a statement changes more than the session and the counters of rate limits."""
    sql = query["sql"]
    own = any(f'"{table}"' in sql for table in ("accounts_session", "accounts_kept"))
    return sql.startswith(("INSERT", "UPDATE", "DELETE")) and not own


@pytest.mark.parametrize("part", parts())
def test_it_answers_each_as_the_table_says(
    part: str, people: dict[str, User], browsers: dict[str, Client], picture_folder: Path, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = settings.RATE_LIMITS = False
    judge = UserFactory(handle="judge", trust_level=TrustLevel.MODERATOR)
    made = {role: targets(people[role], judge) for role in ("owner", "suspended")}
    User.objects.filter(pk=people["suspended"].pk).update(suspended_until=timezone.now() + timedelta(days=1))
    for pattern in parts()[part]:
        rule = RULES["relations"]["routes"][pattern]
        for method in METHODS:
            found = [
                called(client, method, made.get(role, made["owner"])[pattern], SENT.get(pattern, {}))
                for role, client in browsers.items()
            ]
            expected = rule.get("GET" if method == "HEAD" else method, [405] * len(browsers))
            assert found == [str(one) for one in expected], (pattern, method)
