"""Submit, correct, decide and withdraw reports. Each action is one transaction."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from accounts.notification_keys import key_of_news
from accounts.permissions import may, require
from audit import log
from common.errors import ForewarnedError, Sentence
from reports import hints as report_hints
from reports import mail
from reports.actions.drafts import delete_draft
from reports.actions.evidence import describe_pictures
from reports.actions.status import change_status
from reports.actions.trust import look_again
from reports.actions.warnings import recount, rendered, save_next_version, set_tags
from reports.choices import Status
from reports.erase import erase_report, erase_warning, throw_pictures_away
from reports.locks import lock_posts, locked_report
from reports.models import Draft, Evidence, Message, Report, Warning
from reports.report_digest import digest_of_report
from reports.signals import post_submitted
from reports.summaries import summary_of
from reports.tasks import tell_watchers

UNUSED_DAYS = 30


class AlreadyReportedError(ForewarnedError):
    """The author has already reported on this warning; each person counts once."""

    sentence = Sentence("You have said so already. One person counts once.", "said-already")


class SentAlreadyError(ForewarnedError):
    """Something else was sent under the same key before: `report`."""

    sentence = Sentence(
        "A report was sent from this form already. What you sent now is different and was not sent.", "sent-already"
    )

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


@transaction.atomic
def submit(
    *,
    author: User | None,
    submission_key: uuid.UUID,
    tracking_hash: str | None,
    fields: Mapping[str, Any],
    hints: Sequence[Mapping[str, Any]],
    draft: Draft | None,
    enclosed: Mapping[str, Any] | None = None,
) -> Report:
    """Create a report on an existing warning, or start a new warning with it. Idempotent by key and content.

    The content is `fields` and what is `enclosed`: files and their descriptions. Other content with the key of a
    report raises SentAlreadyError: it needs a key of its own.

    An author who hides their handle in one report on a warning hides it in all their reports there. `fields` are the
    cleaned fields of the form. Raises NotPermittedError, or IntegrityError if the same key is submitted concurrently;
    the report then exists.
    """
    known = Report.objects.filter(submission_key=str(submission_key)).first()
    sent_as = digest_of_report(fields, enclosed)
    if known is not None:
        if known.sent_as != sent_as:
            raise SentAlreadyError(known)
        if draft is not None and draft.pk is not None:
            # A second form with the same content: its draft would be offered as unsent.
            delete_draft(draft=draft)
        return known
    if author is not None:
        require("report", author, own=_is_own(author, fields["joins"]))
    tools, unknown_tool = fields["tools"]
    account = _account(fields)
    warning = lock_posts(fields["joins"]) if fields["joins"] else _new_warning(author, fields, account["body_html"])
    report = Report.objects.create(
        warning=warning,
        author=author,
        tracking_hash=None if author else tracking_hash,
        submission_key=str(submission_key),
        sent_as=sent_as,
        proposed_tool=unknown_tool,
        hints=list(hints),
        unnamed=_stays_unnamed(author, warning, wanted=fields.get("unnamed", False)),
        notify=bool(author and fields["notify"]),
        **account,
    )
    report.tools.set(tools)
    report.tactics.set(fields["tactics"])
    report.steps.create(status=Status.PENDING)
    if draft is not None:
        draft.evidence.update(report=report, draft=None)
        draft.delete()
    post_submitted.send(sender=Report, post=report)
    by = log.UNNAMED if report.unnamed else author.handle if author else "anonymous"
    log.record(actor=by, verb="report.submit", target=str(report.public_id))
    _publish_if_trusted(author, report)
    return report


@transaction.atomic
def happened_to_me(
    *, author: User, warning: Warning, happened_in: Any, marketplace: Any, unnamed: bool = False
) -> Report:
    """Report without a text that the same happened to the author, optionally without showing the handle.

    Raises AlreadyReportedError or NotPermittedError.
    """
    warning = lock_posts(warning)
    own = _is_own(author, warning)
    require("report", author, own=own)
    if Report.objects.filter(warning=warning, author=author).exclude(status=Status.WITHDRAWN).exists():
        raise AlreadyReportedError
    report = Report.objects.create(
        warning=warning,
        author=author,
        happened_in=happened_in,
        marketplace=marketplace,
        unnamed=_stays_unnamed(author, warning, wanted=unnamed),
        submission_key=uuid.uuid4().hex,
    )
    report.steps.create(status=Status.PENDING)
    post_submitted.send(sender=Report, post=report)
    if may("tap_at_once", author, own=own):
        reason = "without text, by a member"
        change_status(actor="system", post=report, status=Status.PUBLISHED, reason=reason)
        recount(warning=warning)
    return report


@transaction.atomic
def correct(
    *,
    report: Report,
    fields: Mapping[str, Any],
    answer: str = "",
    hints: Sequence[Mapping[str, Any]] = (),
    descriptions: Mapping[str, str] | None = None,
) -> None:
    """Correct a pending report on behalf of its author; `hints` describe the corrected text.

    Also updates the warning if the report started it. Raises ReportClosedError if the report was already decided.
    """
    row = locked_report(report)
    for name, value in _account(fields).items():
        setattr(row, name, value)
    tools, row.proposed_tool = fields["tools"]
    row.tools.set(tools)
    row.tactics.set(fields["tactics"])
    describe_pictures(holder=row, descriptions=descriptions or {})
    row.remarks, row.hints = {}, report_hints.changed(row.hints, report_hints.OF_CONTENT, hints)
    row.save()
    if row.carries_its_warning:
        _correct_warning(row, fields)
    post_submitted.send(sender=Report, post=row)
    if answer:
        _add_answer(row, answer)
    if row.status == Status.CHANGES_ASKED:
        _move_with_warning(row, "author", Status.PENDING, "changed by its author")


@transaction.atomic
def answer_moderators(*, report: Report, body: str, hints: Sequence[Mapping[str, Any]] = ()) -> None:
    """Answer the moderators' question; a report that they sent back is pending again.

    Raises ReportClosedError if the report was already decided.
    """
    row = locked_report(report)
    _add_answer(row, body)
    row.hints = report_hints.changed(row.hints, {report_hints.IN_ANSWER}, hints)
    row.save()
    post_submitted.send(sender=Report, post=row)
    if row.status == Status.CHANGES_ASKED:
        _move_with_warning(row, "author", Status.PENDING, "answered by its author")


@transaction.atomic
def withdraw(*, report: Report) -> None:
    """Withdraw a report and erase its text and images, except images under a legal hold.

    Raises ReportClosedError if the report was already decided.
    """
    row = locked_report(report)
    _move_with_warning(row, "author", Status.WITHDRAWN, "taken back by its author")
    erase_report(row)
    if row.warning.status == Status.WITHDRAWN:
        erase_warning(row.warning)


@transaction.atomic
def request_changes(*, actor: User, report: Report, remarks: Mapping[str, str], question: str = "") -> Message | None:
    """Send a report back to its author with remarks on its fields and an optional question.

    Returns the stored question, or None. Raises InvalidTransitionError.
    """
    report.remarks = dict(remarks)
    report.save(update_fields=["remarks"])
    asked = Message.objects.create(report=report, by_moderators=True, body=question) if question else None
    _move_with_warning(report, actor.handle, Status.CHANGES_ASKED, "changes asked")
    _notify_author(report)
    return asked


@transaction.atomic
def withdraw_question(*, report: Report, key: int) -> None:
    """Delete a question unless the author has already answered it."""
    answers = report.messages.filter(by_moderators=False, pk__gt=key)
    if not answers.exists():
        report.messages.filter(pk=key, by_moderators=True).delete()


@transaction.atomic
def decide(*, actor: User, report: Report, status: Status, reason: str) -> None:
    """Publish or decline a report and the warning that it started. Raises InvalidTransitionError."""
    report.warning = lock_posts(report.warning)
    _move_with_warning(report, actor.handle, status, reason)
    if status == Status.PUBLISHED:
        report.evidence.update(published=True)
    _notify_author(report)
    _decided(report)


@transaction.atomic
def mark_seen(*, report: Report) -> None:
    """Record that the author has seen the news about a report."""
    Report.objects.filter(pk=report.pk).update(news=False)


@transaction.atomic
def tidy(*, now: datetime) -> dict[str, int]:
    """Delete drafts unused for 30 days, and evidence of withdrawn reports and of reports declined 30 days ago.

    Keeps evidence under a legal hold. Returns the number of deleted images and drafts.
    """
    before = now - timedelta(days=UNUSED_DAYS)
    drafts = Draft.objects.unused_since(before)
    refused = Q(report__status=Status.WITHDRAWN) | Q(report__status=Status.DECLINED, report__updated_at__lt=before)
    unneeded = Evidence.objects.filter(refused).exclude(report__held_until__gte=timezone.localdate(now))
    pictures = throw_pictures_away(unneeded) + throw_pictures_away(Evidence.objects.filter(draft__in=drafts))
    return {"pictures": pictures, "drafts": drafts.delete()[1].get("reports.Draft", 0)}


def _notify_author(report: Report) -> None:
    """Notify the author on the site, and by e-mail if they asked for it."""
    Report.objects.filter(pk=report.pk).update(news=True)
    if report.author is not None:
        notifications.notify(
            recipients=[report.author],
            kind=NotificationKind.OWN_WORK,
            key=key_of_news(report),
            text=f"There is news about your report on “{report.warning.title}”",
            address=reverse("your_report", kwargs={"public_id": report.public_id}),
        )
    if report.notify and report.author is not None:
        mail.send(report)


def _add_answer(report: Report, body: str) -> None:
    """Store an answer of the author, unless it is their last one sent again."""
    last = report.messages.last()
    if last is None or last.by_moderators or last.body != body:
        Message.objects.create(report=report, by_moderators=False, body=body)


def _account(fields: Mapping[str, Any]) -> dict[str, Any]:
    names = ("marketplace", "happened_in", "outcome", "amount", "currency")
    return {name: fields[name] for name in names} | rendered(fields["body"], Report)


def _new_warning(author: User | None, fields: Mapping[str, Any], html: str) -> Warning:
    stem = slugify(fields["title"], allow_unicode=False)[:90] or "warning"
    warning = Warning.objects.create(
        slug=f"{stem}-{uuid.uuid4().hex[:8]}",
        title=fields["title"],
        summary=summary_of(html),
        author=author,
    )
    _link(warning, fields)
    if fields["tags"]:
        set_tags(warning=warning, names=fields["tags"])
    return warning


def _correct_warning(report: Report, fields: Mapping[str, Any]) -> None:
    warning = report.warning
    warning.title, warning.summary = fields["title"], summary_of(report.body_html)
    warning.save(update_fields=["title", "summary", "updated_at"])
    _link(warning, fields)
    set_tags(warning=warning, names=fields["tags"])
    save_next_version(warning=warning, comment="Corrected by its author")


def _link(warning: Warning, fields: Mapping[str, Any]) -> None:
    warning.tools.set(fields["tools"][0])
    warning.tactics.set(fields["tactics"])
    warning.marketplaces.set([fields["marketplace"]] if fields["marketplace"] else [])


def _stays_unnamed(author: User | None, warning: Warning, *, wanted: bool) -> bool:
    """Return whether a new report hides its author's handle; if so, hide it in their earlier reports here too."""
    if author is None:
        return False
    if wanted:
        warning.reports.filter(author=author).update(unnamed=True)
    return wanted or warning.hides(author.pk)


def _is_own(author: User, warning: Warning | None) -> bool:
    """Return whether a report belongs to its author's own warning; a report that starts a warning does."""
    return warning is None or warning.author_id == author.pk


def _publish_if_trusted(author: User | None, report: Report) -> None:
    if author is None or not may("report_at_once", author, own=_is_own(author, report.warning)):
        return
    _move_with_warning(report, "system", Status.PUBLISHED, "by a trusted member, looked at afterwards")
    _decided(report)


def _decided(report: Report) -> None:
    """Update counters and trust and notify subscribers after a report was decided."""
    recount(warning=report.warning)
    look_again(report.author)
    if report.status == Status.PUBLISHED:
        but = [report.author_id] if report.author_id else []
        tell_watchers.enqueue(warning=report.warning_id, address=report.get_absolute_url(), but=but)


def _move_with_warning(report: Report, actor: str, status: Status, reason: str) -> None:
    """Change the status of a report, and of its unpublished warning if that has no other report."""
    warning = report.warning
    alone = not Report.objects.filter(warning=warning).exclude(pk=report.pk).exists()
    if warning.status != Status.PUBLISHED and alone and warning.status != status:
        change_status(actor=actor, post=warning, status=status, reason=reason)
    change_status(actor=actor, post=report, status=status, reason=reason)


@transaction.atomic
def leave_handle_out(*, report: Report, unnamed: bool) -> None:
    """Hide the author's handle on a report, or show it again, in any status of the report.

    Applies to all the author's reports on the same warning, and to the warning if they started it. Not recorded in
    the audit log, since that would reveal the account.
    """
    row = lock_posts(report)
    if row.author_id is not None:
        Report.objects.filter(warning=row.warning_id, author=row.author_id).update(unnamed=unnamed)
