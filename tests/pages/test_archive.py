"""What people take with them is all that is stored about them: each column has its place there, or a reason."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client

from accounts.models import Notification, User
from moderation.actions.decisions import decide
from moderation.actions.invitations import accept, invite
from moderation.choices import Act
from moderation.decisions.input import DecisionInput
from moderation.models import SavedView
from reports.actions.warnings import set_tags
from reports.export import archive_of
from reports.models import Report
from tests.factories import UserFactory
from tests.moderation.making import case_of, reason
from tests.pages.test_data_map import MAP, MARKERS, sent
from tests.sitemap_of_tests import FOUNDING

pytestmark = pytest.mark.django_db

__all__ = ["sent"]

# The tables with something about a person, and where in the archive a row of it stands.
PLACES = {
    "accounts_user": ("account", ""),
    "account_emailaddress": ("account", "email_addresses"),
    "mfa_authenticator": ("account", "second_factors"),
    "accounts_session": ("account", "sessions"),
    "reports_feedaddress": ("account", "feed"),
    "accounts_notice": ("notices", "notices"),
    "accounts_noticesettings": ("notices", ""),
    "directory_connection": ("connections", ""),
    "directory_entryrevision": ("directory_edits", ""),
    "reports_warning": ("warnings", ""),
    "reports_report": ("reports", ""),
    "reports_step": ("reports", "steps"),
    "reports_message": ("reports", "messages"),
    "reports_evidence": ("reports", "pictures"),
    "reports_comment": ("comments", ""),
    "reports_draft": ("drafts", ""),
    "reports_revision": ("edits", ""),
    "reports_vote": ("votes", ""),
    "reports_watch": ("watches", ""),
    "moderation_flag": ("flags", ""),
    "moderation_appeal": ("appeals", ""),
    "moderation_decision": ("decisions", ""),
    "moderation_savedview": ("moderating", "saved_views"),
    "moderation_invitation": ("moderating", "invitations"),
}
# Tables that name an account only as the one who acted for the site: what it did there stands in the log.
ACTED = {
    "reports_covering": "pictures that moderators covered",
    "moderation_announcement": "what administrators said to everybody",
    "moderation_toldauthority": "what moderators told authorities",
    "moderation_threat": "threats that moderators recorded",
    "moderation_chosenlimit": "limits that administrators chose",
    "moderation_proposal": "what moderators made of proposed names",
    "moderation_case": "what waits for moderators about an account; what came of it is a decision",
    "django_admin_log": "nothing: the tables are read only",
}
OWNER = {"user", "owner", "author", "recipient", "flagger", "person", "by", "accepted_by", "account"}
# Below these hang rows of somebody without naming them again.
BELOW = {"reports_step", "reports_message", "reports_evidence"}
MADE = "made from another column"
NOT_TOLD = "a number or key of the software's own"
COUNTED = "counts what others did"
SECRET = "a hash or a secret"
LEFT_OUT: dict[str, dict[str, str]] = {
    "": {"id": NOT_TOLD, "body_html": MADE, "body_renderer": MADE, "submission_key": NOT_TOLD},
    "accounts_user": {"password": SECRET, "handle_folded": MADE, "erased_at": "nobody takes an erased account along"}
    | {"handle_skeleton": MADE},
    "mfa_authenticator": {"data": SECRET},
    "accounts_session": {"session_key": SECRET, "session_data": SECRET},
    "reports_feedaddress": {"secret_hash": SECRET},
    "directory_entryrevision": {"decided_by_id": "another person"},
    "reports_warning": dict.fromkeys(
        ("vote_count", "standing_votes", "participants", "comment_count", "report_count", "recent_reporters"), COUNTED
    )
    | {"helpfulness": COUNTED},
    "reports_comment": dict.fromkeys(("vote_count", "standing_votes", "participants", "helpfulness"), COUNTED)
    | {"level": MADE, "voice": "belongs to no account"},
    "reports_draft": {"browser_hash": SECRET, "size": MADE},
    "reports_report": {"tracking_hash": "belongs to no account", "unnamed": "told as `handle_left_out`"}
    | {"sent_as": SECRET},
    "reports_step": {"report_id": "stands within it"},
    "reports_message": {"report_id": "stands within it"},
    "reports_evidence": {
        **{"report_id": "stands within it", "draft_id": "stands within it"},
        "stored_name": "a name of the software's own; the picture itself is there",
    },
    "reports_revision": {"decided_by_id": "another person"},
    "reports_watch": dict.fromkeys(("warning_id", "tool_id", "tag_id", "marketplace_id"), "told as `thing`"),
    "moderation_appeal": {"case_id": NOT_TOLD, "decided_by_id": "another person"},
    "moderation_decision": {
        **{
            "case_id": NOT_TOLD,
            "batch": NOT_TOLD,
            "moved": NOT_TOLD,
            "by_id": "another person",
            "undone_by_id": "another person",
        },
        **{"note": "moderators wrote it for each other", "undone_note": "moderators wrote it for each other"},
        **{"before": "texts that stand in the post itself", "after": "texts that stand in the post itself"},
        "sealed": "removed passages, sealed; they may be about others",
    },
    "moderation_invitation": {"token_hash": SECRET},
}
# Django's own, which nothing here uses.
NO_LISTS = {"groups", "user_permissions"}


def tables_about_people() -> Iterator[Any]:
    """Each model with a relation to an account, that of accounts, and those that hang below one of these."""
    for model in apps.get_models():
        related = {f.name for f in model._meta.concrete_fields if f.is_relation and f.related_model is User}
        if model is User or related or model._meta.db_table in BELOW:
            yield model


def test_each_table_about_people_has_its_place_or_a_reason() -> None:
    assert {model._meta.db_table for model in tables_about_people()} == {*PLACES, *ACTED}
    for model in tables_about_people():
        related = {f.name for f in model._meta.concrete_fields if f.is_relation and f.related_model is User}
        if model._meta.db_table in PLACES and related:
            assert related & OWNER, model


@pytest.fixture
def archive(sent: dict[str, str], more_of_it: None) -> dict[str, Any]:
    """What the person behind the markers takes along, once something of each kind is stored."""
    user = User.objects.get(handle=MARKERS["handle"])
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    key = {"name": "My blue key", "credential": {}}
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=key)
    SavedView.objects.create(user=user, name="Late", query="show=late")
    _, token = invite(actor=UserFactory(trust_level="administrator"))
    accept(actor=user, token=token)
    member = Client()
    member.force_login(user)
    return {
        name: json.loads(file) if name.endswith(".json") else file
        for name, file in unpacked(archive_of(user)).items()
    }


def unpacked(packed: bytes) -> dict[str, bytes]:
    """The files of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def more_of_it(sent: dict[str, str]) -> None:
    """What the flows of the map leave to somebody without an account: a draft, an answer, a picture, a decision."""
    user = User.objects.get(handle=MARKERS["handle"])
    member = Client()
    member.force_login(user)
    member.post("/report/draft/", {"title": "Begun", "body": MARKERS["text of a draft"]})
    report = Report.objects.filter(author=user).latest("pk")
    set_tags(warning=report.warning, names=["upfront work"])
    report.evidence.create(
        stored_name="gone.png", media_type="image/png", width=1, height=1, size=6, sha256="0" * 64, alt_text="A chat"
    )
    moderator = UserFactory(trust_level="moderator")
    decide(
        actor=moderator,
        case=case_of(report),
        choice=DecisionInput(Act.REQUEST_CHANGES, question="When?", remarks={"body": "Who?"}),
    )
    answer = {"act": "answer", "words": MARKERS["message to moderators"]}
    assert member.post(f"/accounts/reports/{report.public_id}/", answer).status_code == 302
    report.refresh_from_db()
    decide(actor=moderator, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    assert Notification.objects.filter(recipient=user).exists()


def rows(archive: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """The rows of a table as the archive has them."""
    name, part = PLACES[table]
    whole = archive[f"{name}.json"]
    found = whole if isinstance(whole, list) else [whole]
    return [row for one in found for row in one[part]] if part else found


def test_each_column_about_people_is_in_the_archive_or_has_a_reason(archive: dict[str, Any]) -> None:
    missing, needless = [], []
    for model in tables_about_people():
        table = model._meta.db_table
        if table not in PLACES:
            continue
        first = rows(archive, table)[:1]
        assert first, f"nothing of {table} is in the archive of this test"
        keys = {key.partition("__")[0] for key in first[0]}
        for field in model._meta.concrete_fields:
            left_out = field.column in LEFT_OUT[""] | LEFT_OUT.get(table, {})
            of_a_person = field.is_relation and field.related_model is User and field.name in OWNER
            exported = field.name in keys
            if not (exported or left_out or of_a_person):
                missing.append(f"{table}.{field.column}")
            if exported and field.column in LEFT_OUT.get(table, {}):
                needless.append(f"{table}.{field.column}")
    assert (missing, needless) == ([], [])


def test_each_list_of_a_row_about_people_is_in_the_archive(archive: dict[str, Any]) -> None:
    missing = {
        f"{table}.{field.name}"
        for model in tables_about_people()
        if (table := model._meta.db_table) in PLACES
        for field in model._meta.many_to_many
        if field.name not in NO_LISTS and field.name not in rows(archive, table)[0]
    }
    assert missing == set()


def test_the_archive_names_what_its_owner_chose_names_for(archive: dict[str, Any]) -> None:
    [warning] = archive["warnings.json"]
    [report] = archive["reports.json"]
    assert warning["tags"] == report["tags"] == ["upfront work"]
    assert archive["watches.json"][0]["slug"]
    assert {factor["name"] for factor in archive["account.json"]["second_factors"]} == {"", "My blue key"}


def test_each_datum_of_the_map_is_where_it_says(archive: dict[str, Any]) -> None:
    texts = {
        name: json.dumps(found, ensure_ascii=False).lower() for name, found in archive.items() if name[-5:] == ".json"
    }
    for kind, marker in MARKERS.items():
        place = MAP[kind]["archive"]
        holding = {name for name, text in texts.items() if marker.lower() in text}
        if place.startswith("no, "):
            assert holding == set(), kind
        else:
            assert place in holding, kind


def test_what_is_not_obvious_is_there_too(archive: dict[str, Any]) -> None:
    [report] = archive["reports.json"]
    assert report["warning_title"] == "Made to install a messenger"
    assert [step["status"] for step in report["steps"]] == ["pending", "changes-asked", "pending", "declined"]
    assert report["messages"][0]["body"].split() == ["When?", "body:", "Who?"]
    [picture] = report["pictures"]
    assert (picture["alt_text"], picture["file"].startswith("pictures/")) == ("A chat", True)
    assert {row["warning__slug"] for row in archive["flags.json"]} == {FOUNDING}
    said = archive["README.txt"].decode()
    assert {name for name in archive if name.endswith(".json")} == {
        word for word in said.split() if word.endswith(".json") and word in archive
    }


def test_another_person_is_not_in_it(sent: dict[str, str]) -> None:
    stranger = UserFactory(handle="Somebodyelse")
    everything = b" ".join(unpacked(archive_of(stranger)).values()).decode().lower()
    assert [kind for kind, marker in MARKERS.items() if marker.lower() in everything] == []
