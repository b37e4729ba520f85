"""One's own data as an archive that other programs read (GDPR articles 15 and 20)."""

import io
import json
import zipfile
from typing import Any

from allauth.account.models import EmailAddress
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from accounts.models import Notice, NoticeSettings, Session, User
from accounts.signals import archive_wanted
from directory.models import Connection, EntryRevision
from reports.models import Comment, Draft, Evidence, Report, Revision, Vote, Warning, Watch
from reports.submitting import evidence

README = """This archive holds what Forewarned stores about your account.

account.json   your handle, addresses, trust level and sessions
warnings.json  warnings that began with a report of yours
reports.json   your reports, whatever became of them
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
pictures/      the pictures of your reports and drafts

Passwords and second factors are stored so that nobody can read them, and are left out.
"""

EDIT_FIELDS = (
    "warning__slug number state title summary body what_to_do links comment connection decision_reason created_at"
).split()

ENTRY_FIELDS = "kind key number state before after comment connection decision_reason created_at".split()


def archive_of(user: User) -> bytes:
    """A ZIP archive with everything that is stored of a person."""
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
        archive.writestr(f"pictures/{row.public_id}.{row.media_type.rpartition('/')[2]}", evidence.read(row))
    except OSError:
        # The picture is gone from the store; the rest of the archive is worth having all the same.
        archive.writestr(f"pictures/{row.public_id}.missing.txt", "This picture could not be read.")


def _parts(user: User) -> dict[str, Any]:
    return {
        "account": _account(user),
        "warnings": list(
            Warning.objects.filter(author=user).values("slug", "title", "summary", "body", "status", "created_at")
        ),
        "reports": [_report(report) for report in Report.objects.filter(author=user).for_export()],
        "comments": list(
            Comment.objects.filter(author=user).values("warning__slug", "body", "stance", "status", "created_at")
        ),
        "connections": list(Connection.objects.filter(user=user).values("tool__slug", "words", "declared_at")),
        "directory_edits": list(EntryRevision.objects.filter(author=user).values(*ENTRY_FIELDS)),
        "edits": list(Revision.objects.filter(author=user).values(*EDIT_FIELDS)),
        "watches": [{"thing": str(watch.thing), "began_at": watch.began_at} for watch in Watch.objects.by(user)],
        "notices": _notices(user),
        "drafts": list(Draft.objects.filter(owner=user).values("public_id", "fields", "created_at", "updated_at")),
        "votes": list(
            Vote.objects.filter(user=user).values("warning__slug", "comment__public_id", "created_at", "voided_at")
        ),
    } | _of_others(user)


def _of_others(user: User) -> dict[str, Any]:
    """What apps above this one store of a person."""
    found: dict[str, Any] = {}
    for _, parts in archive_wanted.send(sender=User, user=user):
        if isinstance(parts, dict):
            found |= parts
    return found


def _notices(user: User) -> dict[str, Any]:
    chosen = NoticeSettings.objects.of(user)
    return {
        "muted": chosen.muted,
        "digest": chosen.digest,
        "not_mailed": chosen.not_mailed,
        "notices": list(Notice.objects.to(user).values("kind", "text", "address", "count", "at", "read_at")),
    }


def _account(user: User) -> dict[str, Any]:
    return {
        "handle": user.handle,
        "trust_level": user.trust_level,
        "joined_at": user.joined_at,
        "email_addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "sessions": list(Session.objects.filter(user=user).values("began_at", "seen_on", "expire_date")),
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "warning": report.warning.slug,
        "status": report.status,
        "handle_left_out": report.unnamed,
        "body": report.body,
        "happened_in": report.happened_in,
        "marketplace": report.marketplace.slug if report.marketplace else None,
        "outcome": report.outcome,
        "amount": report.amount,
        "currency": report.currency,
        "tools": [tool.slug for tool in report.tools.all()],
        "proposed_tool": report.proposed_tool,
        "tactics": [tactic.slug for tactic in report.tactics.all()],
        "created_at": report.created_at,
        "published_at": report.published_at,
    }
