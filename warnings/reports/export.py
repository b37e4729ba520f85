"""Export a person's own data as a machine-readable archive (GDPR articles 15 and 20)."""

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from accounts.models import Notification, NotificationSettings, Session, User
from accounts.signals import archive_wanted
from directory.models import Connection, EntryRevision
from reports import evidence_store
from reports.models import Comment, Draft, Evidence, FeedAddress, Report, Revision, Subscription, Vote, Warning

README = """This archive holds what Forewarned stores about your account.

account.json   your handle, addresses, trust level, second factors, sessions and the address of your feed
warnings.json  warnings that began with a report of yours
reports.json   your reports, whatever became of them: on which warning, each step, what moderators asked to be
               changed, the messages between you, and what your pictures show
comments.json  your comments
edits.json     your edits of warnings, and the edits that you suggested
directory_edits.json  your edits of the directory, and those that you suggested
connections.json      what you declared to have to do with tools
votes.json     what you voted for
watches.json   what you watch
notices.json   what you were told, and what you want to be told of
drafts.json    what you began and did not send
flags.json     what you flagged, and what became of it
appeals.json   your appeals
decisions.json what moderators decided about you, and why
moderating.json  what you saved at the desk, and by which invitation you came to it, if you moderate or did
pictures/      the pictures of your reports and drafts; their names are in reports.json and drafts.json

Passwords, secrets of second factors, codes and keys are stored so that nobody can read them, and are left out. So are
what moderators wrote for each other, and counts of what others did. The log of what was done on the site names you by
your handle where you did it, and is not repeated here.
"""

WARNING = (
    "slug title summary body what_to_do status founding version disputed locked"
    " created_at published_at updated_at taken_down_at"
).split()

COMMENT = (
    "public_id warning__slug warning__title parent__public_id body stance status hints"
    " created_at published_at edited_at taken_down_at deleted_at"
).split()

REVISION = (
    "warning__slug number based_on state title summary body what_to_do links comment connection"
    " decided_at decision_reason created_at redacted_at"
).split()

ENTRY = ("kind key number state before after comment connection decided_at decision_reason created_at").split()

PICTURE = "public_id media_type size width height sha256 alt_text blurred published position created_at".split()

VOTE = "warning__slug comment__public_id created_at standing voided_at void_reason".split()

REPORT = (
    "public_id status body happened_in proposed_tool outcome amount currency hints remarks notify news founding"
    " created_at published_at updated_at taken_down_at held_until"
).split()


def archive_of(user: User) -> bytes:
    """Return a ZIP archive of all data stored about a user."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README)
        for name, rows in _parts(user).items():
            text = json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            archive.writestr(f"{name}.json", text)
        for row in Evidence.objects.filter(Q(report__author=user) | Q(draft__owner=user)):
            _write_picture(archive, row)
    return packed.getvalue()


def _write_picture(archive: zipfile.ZipFile, row: Evidence) -> None:
    try:
        archive.writestr(_file_of(row), evidence_store.read(row))
    except OSError:
        # A missing image must not prevent the export of everything else.
        archive.writestr(f"pictures/{row.public_id}.missing.txt", "This picture could not be read.")


def _parts(user: User) -> dict[str, Any]:
    connections = Connection.objects.filter(user=user)
    return {
        "account": _account(user),
        "warnings": [_warning(row) for row in Warning.objects.filter(author=user).for_export()],
        "reports": [_report(report) for report in Report.objects.filter(author=user).for_export()],
        "comments": list(Comment.objects.filter(author=user).values(*COMMENT)),
        "connections": list(connections.values("tool__slug", "words", "declared_at")),
        "directory_edits": list(EntryRevision.objects.filter(author=user).values(*ENTRY)),
        "edits": list(Revision.objects.filter(author=user).values(*REVISION)),
        "watches": [_watch(watch) for watch in Subscription.objects.by(user)],
        "notices": _notices(user),
        "drafts": [_draft(draft) for draft in Draft.objects.filter(owner=user).prefetch_related("evidence")],
        "votes": list(Vote.objects.filter(user=user).values(*VOTE)),
    } | _of_others(user)


def _of_others(user: User) -> dict[str, Any]:
    """Return the user's data from apps above this one."""
    found: dict[str, Any] = {}
    for _, parts in archive_wanted.send(sender=User, user=user):
        if isinstance(parts, dict):
            found |= parts
    return found


def _notices(user: User) -> dict[str, Any]:
    chosen = NotificationSettings.objects.of(user)
    exported = ("public_id", "kind", "key", "text", "address", "count", "at", "read_at", "mailed_at")
    return _fields(chosen, ("muted", "digest", "not_mailed", "mailed_at")) | {
        # The day only: the time would tell when somebody else was active.
        "notices": [row | {"at": row["at"].date()} for row in Notification.objects.to(user).values(*exported)],
    }


def _account(user: User) -> dict[str, Any]:
    stored = "public_id handle trust_level joined_at last_login suspended_until is_active is_staff is_superuser"
    factors = Authenticator.objects.filter(user=user)
    sessions = Session.objects.filter(user=user)
    return _fields(user, stored.split()) | {
        "email": user.email,
        "email_addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "second_factors": [_factor(factor) for factor in factors],
        "sessions": list(sessions.values("public_id", "created_at", "last_seen_on", "expire_date")),
        "feed": list(FeedAddress.objects.filter(user=user).values("made_at")),
    }


def _factor(factor: Authenticator) -> dict[str, Any]:
    # Passkeys and security keys have the name that the user gave them; the rest of `data` is secret.
    return _fields(factor, ("type", "created_at", "last_used_at")) | {"name": factor.data.get("name", "")}


def _warning(warning: Warning) -> dict[str, Any]:
    merged_into = warning.merged_into.slug if warning.merged_into else None
    return _fields(warning, WARNING) | {
        "merged_into__slug": merged_into,
        "marketplaces": [marketplace.slug for marketplace in warning.marketplaces.all()],
        "tools": [tool.slug for tool in warning.tools.all()],
        "tactics": [tactic.slug for tactic in warning.tactics.all()],
        "tags": _tags(warning),
        "sources": [source.url for source in warning.sources.all()],
    }


def _tags(warning: Warning) -> list[str]:
    return sorted(tag.name for tag in warning.tags.all())


def _report(report: Report) -> dict[str, Any]:
    return _fields(report, REPORT) | {
        "warning": report.warning.slug,
        "handle_left_out": report.unnamed,
        "warning_title": report.warning.title,
        "marketplace": report.marketplace.slug if report.marketplace else None,
        "tools": [tool.slug for tool in report.tools.all()],
        "tactics": [tactic.slug for tactic in report.tactics.all()],
        "tags": _tags(report.warning) if report.warning.author_id == report.author_id else [],
        "steps": [_fields(step, ("status", "reason", "automatic", "at")) for step in report.steps.all()],
        "messages": [_fields(row, ("by_moderators", "body", "at")) for row in report.messages.all()],
        "pictures": [_picture(row) for row in report.evidence.all()],
    }


def _draft(draft: Draft) -> dict[str, Any]:
    return _fields(draft, ("public_id", "fields", "version", "created_at", "updated_at")) | {
        "pictures": [_picture(row) for row in draft.evidence.all()]
    }


def _picture(row: Evidence) -> dict[str, Any]:
    return {"file": _file_of(row)} | _fields(row, PICTURE)


def _watch(watch: Subscription) -> dict[str, Any]:
    kind = str(watch.target._meta.model_name)
    return {"kind": kind, "thing": str(watch.target), "slug": watch.target.slug} | _fields(
        watch, ("created_at", "seen_at")
    )


def _file_of(row: Evidence) -> str:
    return f"pictures/{row.public_id}.{row.media_type.rpartition('/')[2]}"


def _fields(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
