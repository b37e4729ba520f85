"""What each trust level may do: one table for actions and the guidelines page. Pure."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.choices import TrustLevel
from common.errors import ForewarnedError, Sentence

EVERYBODY = frozenset(TrustLevel)
MEMBERS = EVERYBODY - {TrustLevel.NEW}
TRUSTED = MEMBERS - {TrustLevel.MEMBER}
STAFF = frozenset({TrustLevel.MODERATOR, TrustLevel.ADMINISTRATOR})
NOBODY: frozenset[TrustLevel] = frozenset()


class NotPermittedError(ForewarnedError, PermissionDenied):
    """The user may not do this, or not at present. The message gives the reason."""

    status = HTTPStatus.FORBIDDEN


@dataclass(frozen=True)
class Permission:
    """An entry of the table: which levels may do something to others' content, and which to their own."""

    words: str
    others: frozenset[TrustLevel]
    own: frozenset[TrustLevel]


PERMISSIONS = {
    "report": Permission("Report, with or without an account", EVERYBODY, EVERYBODY),
    "tap_at_once": Permission('"This happened to me" counts at once', MEMBERS, NOBODY),
    "report_at_once": Permission("Reports are shown at once and looked at afterwards", TRUSTED, TRUSTED),
    "comment": Permission("Comment", EVERYBODY, EVERYBODY),
    "comment_at_once": Permission("Comments are shown at once", MEMBERS, MEMBERS),
    "edit_comment": Permission("Change a comment, for half an hour", NOBODY, EVERYBODY),
    "delete_comment": Permission("Delete a comment", NOBODY, EVERYBODY),
    "vote": Permission("Vote", EVERYBODY, NOBODY),
    "vote_counts": Permission("Votes move the order", MEMBERS, NOBODY),
    "suggest_edit": Permission("Suggest an edit", EVERYBODY, EVERYBODY),
    "edit_directly": Permission("Edit without waiting", TRUSTED, TRUSTED),
    "decide_suggestion": Permission("Accept or decline a suggested edit", TRUSTED, NOBODY),
    "edit_locked": Permission("Edit what is locked", STAFF, STAFF),
    "decide": Permission("Decide what is published", STAFF, NOBODY),
    "add_tool": Permission("Add a tool to the directory", STAFF, NOBODY),
    "curate_tags": Permission("Merge, rename and describe tags", STAFF, STAFF),
    "keep_desk": Permission(
        "Change reasons, limits and announcements", frozenset({TrustLevel.ADMINISTRATOR}), NOBODY
    ),
    "see_tables": Permission("Look into the tables behind the site", frozenset({TrustLevel.ADMINISTRATOR}), NOBODY),
    "appoint": Permission("Appoint moderators", frozenset({TrustLevel.ADMINISTRATOR}), NOBODY),
}


def may(act: str, user: Any, *, own: bool = False) -> bool:
    """Return whether a user may do something; `own` applies to their own content. Suspended users may do nothing."""
    permission = PERMISSIONS[act]
    if not user.is_authenticated or user.is_suspended:
        return False
    return user.trust_level in (permission.own if own else permission.others)


def require(act: str, user: Any, *, own: bool = False) -> None:
    """Raise NotPermittedError, with the reason, if a user may not do something."""
    if not may(act, user, own=own):
        raise NotPermittedError(why_suspended(user) or Sentence("Your trust level does not allow this.", "level"))


def why_suspended(user: Any) -> str:
    """Return why a suspended user may not write, as a sentence; empty for all others."""
    if not user.is_authenticated or not user.is_suspended:
        return ""
    until = user.suspended_until
    words = f"until {until:%-d %B %Y, %H:%M} UTC" if until and user.is_active else "for now"
    return Sentence(
        f"Your account may read but not write {words}. The decision and its reasons are among your notices.",
        "suspended",
    )
