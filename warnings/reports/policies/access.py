"""Fetch a warning, report, comment, tag or image for a user, raising Http404 if they may not see it."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from accounts import policies
from accounts.permissions import may
from common.errors import Sentence
from common.text.cleaning import without_unstorable
from directory.choices import RevisionState
from directory.disclosures import is_connected
from directory.models import Marketplace
from reports import evidence_tokens, tracking_codes
from reports.choices import Status
from reports.draft_cookie import Writer
from reports.models import Comment, Evidence, Report, Revision, Tag, TagMerge, Warning


class WarningMergedError(Exception):
    """The warning was merged into another one, to which the reader is redirected."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@dataclass(frozen=True)
class FoundTag:
    """A tag, and whether it was found by a synonym."""

    tag: Tag
    moved: bool


def get_warning_for_reading(slug: str) -> Warning:
    """Return a published warning with the data for its page.

    Raises Http404, or WarningMergedError for a merged warning.
    """
    warning = Warning.objects.for_page().select_related("merged_into").filter(slug=slug).first()
    if warning is not None and warning.status == Status.PUBLISHED:
        return warning
    if warning is not None and warning.merged_into and warning.merged_into.status == Status.PUBLISHED:
        raise WarningMergedError(warning.merged_into.slug)
    raise Http404("This warning is not published.")


def unnamed_already(reader: Any, warning: Warning | None) -> bool:
    """Return whether a reader hid their handle in a report on a warning."""
    return warning is not None and warning.hides(reader.pk)


def find_marketplace(slug: str) -> Marketplace | None:
    """Return a marketplace by slug, or None."""
    return Marketplace.objects.filter(slug=without_unstorable(slug)).first()


def get_comment_for_reading(public_id: uuid.UUID, reader: Any = None) -> Comment:
    """Return a published comment on a published warning, annotated with the reader's vote. Raises Http404."""
    found = Comment.objects.readable().seen_by(reader).filter(public_id=public_id).first()
    if found is None:
        raise Http404("There is no such comment.")
    return found


def find_warning_of_gone_comment(public_id: uuid.UUID) -> Warning | None:
    """Return the published warning under which a comment once stood that is deleted or no longer shown, or None."""
    stood = Q(deleted_comments=public_id) | Q(comments__public_id=public_id, comments__published_at__isnull=False)
    found = Warning.objects.filter(stood).select_related("merged_into").first()
    if found is not None and found.status != Status.PUBLISHED:
        found = found.merged_into
    return found if found is not None and found.status == Status.PUBLISHED else None


def get_tag_for_reading(slug: str) -> FoundTag:
    """Return a tag by its slug or that of a synonym, or by any spelling of their names. Raises Http404."""
    tag = Tag.objects.named(slug)
    if tag is None:
        raise Http404("There is no such tag.")
    return FoundTag(tag, moved=tag.slug != slug)


def get_report_by_code(typed: str) -> Report:
    """Return a report by its tracking code. Raises Http404.

    Always looks up a hash in a unique index, so that a wrong code takes as long as a right one.
    """
    found = (
        Report.objects.for_author()
        .filter(tracking_hash=tracking_codes.hash_of(tracking_codes.normalised(typed)))
        .first()
    )
    if found is None:
        raise Http404("There is no report with this code.")
    return found


def get_own_report(user: Any, public_id: uuid.UUID) -> Report:
    """Return one of the user's own reports. Raises Http404."""
    found = Report.objects.for_author().filter(author=user, public_id=public_id).first()
    if found is None:
        raise Http404("You have no such report.")
    return found


def get_sent_report(writer: Writer, submission_key: uuid.UUID) -> tuple[Report, str]:
    """Return a report submitted from this browser and its tracking code, empty with an account. Raises Http404."""
    report = Report.objects.for_author().filter(submission_key=str(submission_key)).first()
    if report is not None and writer.user and report.author_id == writer.user.pk:
        return report, ""
    codes = tracking_codes.codes_of(writer.secret.encode(), str(submission_key)) if writer.secret else ()
    code = next((code for code in codes if report and report.tracking_hash == tracking_codes.hash_of(code)), "")
    if report is None or not code:
        raise Http404("Nothing was sent from this browser here.")
    return report, code


def get_picture(user: Any, writer: Writer, public_id: uuid.UUID, token: str = "") -> Evidence:
    """Return an image that the user may see. Raises Http404.

    Users see published images and those of their own drafts and reports; moderators see all. `token` comes from the
    page of a report without an account.
    """
    allowed = Q(published=True, report__status=Status.PUBLISHED, report__warning__status=Status.PUBLISHED)
    allowed |= Q(draft__in=writer.drafts())
    if evidence_tokens.is_valid(token, public_id):
        allowed |= ~Q(report__tracking_hash=None)
    if user.is_authenticated:
        allowed |= Q(report__author=user)
        if policies.is_staff(user):
            allowed = Q()
    found = Evidence.objects.filter(allowed, public_id=public_id).first()
    if found is None:
        raise Http404("There is no such picture.")
    return found


_MERGES_SHOWN = 20


def get_tag_for_curating(user: Any, slug: str) -> FoundTag:
    """Return a tag for a moderator to edit. Raises Http404 or PermissionDenied."""
    found = get_tag_for_reading(slug)
    if not may("curate_tags", user):
        raise PermissionDenied("Moderators keep the tags in order.")
    return found


def latest_merges() -> list[TagMerge]:
    """Return the latest merges that can be undone, newest first, with their target tags."""
    return list(TagMerge.objects.select_related("tag")[:_MERGES_SHOWN])


def get_warning_for_editing(user: Any, slug: str) -> Warning:
    """Return a published warning for editing. Raises Http404, WarningMergedError or PermissionDenied."""
    warning = get_warning_for_reading(slug)
    if warning.locked and not may("edit_locked", user):
        raise PermissionDenied("This warning is locked: only moderators change it.")
    return warning


def get_version(warning: Warning, number: int) -> Revision:
    """Return a version of a warning by number. Raises Http404."""
    found = warning.revisions.applied().filter(number=number).first()
    if found is None:
        raise Http404("There is no such version.")
    return found


def get_suggestion(user: Any, slug: str, pk: int) -> Revision:
    """Return a suggestion for its author or for users who may decide on it. Raises Http404."""
    found = (
        Revision.objects.select_related("warning", "author", "decided_by")
        .filter(pk=pk, warning__slug=slug, warning__status=Status.PUBLISHED)
        .first()
    )
    if found is None or not (found.author_id == user.pk or may("edit_directly", user)):
        raise Http404("There is no such suggestion.")
    return found


def why_not_decide(user: Any, suggestion: Revision) -> str:
    """Return why a user may not accept or decline a suggestion, as a sentence; empty if they may."""
    warning = suggestion.warning
    if suggestion.state != RevisionState.SUGGESTED:
        return Sentence("This is decided.", "decided")
    if suggestion.author_id == user.pk:
        return Sentence("Somebody else decides on your suggestion.", "own")
    if not may("decide_suggestion", user):
        return Sentence("Trusted members and moderators decide on suggestions.", "level")
    if warning.locked and not may("edit_locked", user):
        return Sentence("The warning is locked: only moderators change it.", "locked")
    tools = {*suggestion.links.get("tools", []), *warning.tools.values_list("slug", flat=True)}
    if is_connected(user, tools):
        return Sentence(
            "You declared a connection to a tool that this is about, so somebody else decides.", "connected"
        )
    return ""
