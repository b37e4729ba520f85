"""`manage.py review`: read what waits and decide on it, from the server's own shell."""

import json
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import policies
from accounts.models import User
from reports.actions import MoveRefused
from reports.discussing.actions import decide_comment
from reports.models import Alarm, Comment, Report
from reports.submitting import actions
from reports.words import Status


class Command(BaseCommand):
    """For a host who moderates alone: lists reports that wait, publishes, declines, or asks for changes."""

    help = "List reports and comments that wait for a moderator, or decide on one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Without a report, the list."""
        parser.add_argument("report", nargs="?", type=uuid.UUID, help="the id that the list shows")
        parser.add_argument("--by", help="the moderator's handle; needed to decide")
        parser.add_argument("--publish", action="store_true", help="show it to everybody")
        parser.add_argument("--decline", metavar="REASON", help="do not show it; the author reads the reason")
        parser.add_argument("--ask", nargs=2, metavar=("FIELD", "REMARK"), help="ask the author to change a field")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, show, or decide."""
        if options["report"] is None:
            self._list()
            return
        report = Report.objects.for_author().filter(public_id=options["report"]).first()
        if report is None:
            self._comment(options)
            return
        if not (options["publish"] or options["decline"] or options["ask"]):
            self._show(report)
            return
        try:
            self._decide(report, _moderator(options["by"]), options)
        except MoveRefused as refused:
            raise CommandError(str(refused)) from None

    def _list(self) -> None:
        waiting = Report.objects.for_author().filter(status=Status.PENDING).order_by("created_at")
        for report in waiting:
            self.stdout.write(f"{report.public_id}  {report.created_at:%Y-%m-%d}  {report.warning.title}")
        comments = Comment.objects.filter(status=Status.PENDING).select_related("warning").order_by("created_at")
        for comment in comments:
            self.stdout.write(
                f"{comment.public_id}  {comment.created_at:%Y-%m-%d}  comment on {comment.warning.title}"
            )
        for alarm in Alarm.objects.filter(closed_at__isnull=True):
            self.stdout.write(f"! {alarm.get_kind_display()}: {alarm.key} {json.dumps(alarm.evidence)[:500]}")
        self.stdout.write(f"{len(waiting) + len(comments)} waiting.")

    def _comment(self, options: dict[str, Any]) -> None:
        comment = Comment.objects.select_related("warning").filter(public_id=options["report"]).first()
        if comment is None:
            raise CommandError("There is no report and no comment with this id.")
        if not (options["publish"] or options["decline"]):
            hints = [f"! {hint['hint']} {', '.join(hint.get('kinds', []))}".rstrip() for hint in comment.hints]
            self.stdout.write("\n".join([f"Comment on {comment.warning.title}", "", comment.body, *hints]))
            return
        moderator = _moderator(options["by"])
        if comment.author_id == moderator.pk:
            raise CommandError("Nobody decides on their own comment.")
        status, reason = (
            (Status.PUBLISHED, "reviewed") if options["publish"] else (Status.DECLINED, options["decline"])
        )
        try:
            decide_comment(actor=moderator, comment=comment, status=status, reason=reason)
        except MoveRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(self.style.SUCCESS(f"{comment.get_status_display()}: comment on {comment.warning.title}"))

    def _show(self, report: Report) -> None:
        tools = ", ".join([*(tool.name for tool in report.tools.all()), report.proposed_tool]).strip(", ")
        lines = [
            report.warning.title,
            f"{report.get_status_display()}. About: {tools or 'no tool named'}.",
            "",
            report.body,
        ]
        lines += [f"! {hint['hint']} {', '.join(hint.get('kinds', []))}".rstrip() for hint in report.hints]
        lines += [f"picture: {picture.stored_name} {picture.alt_text}" for picture in report.evidence.all()]
        lines += [
            f"{'moderator' if message.by_moderators else 'author'}: {message.body}"
            for message in report.messages.all()
        ]
        self.stdout.write("\n".join(lines))

    def _decide(self, report: Report, moderator: User, options: dict[str, Any]) -> None:
        if report.author_id == moderator.pk:
            raise CommandError("Nobody decides on their own report.")
        if options["ask"]:
            field, remark = options["ask"]
            actions.ask_for_changes(actor=moderator, report=report, remarks={field: remark})
        elif options["publish"]:
            actions.decide(actor=moderator, report=report, status=Status.PUBLISHED, reason="reviewed")
        else:
            actions.decide(actor=moderator, report=report, status=Status.DECLINED, reason=options["decline"])
        report.refresh_from_db()
        self.stdout.write(self.style.SUCCESS(f"{report.get_status_display()}: {report.warning.title}"))


def _moderator(handle: str | None) -> User:
    user = User.objects.shown(handle or "")
    if user is None or not policies.is_staff(user):
        raise CommandError("Say who decides: --by with the handle of a moderator or administrator.")
    return user
