"""Effects of decisions on reports, comments and warnings."""

import hashlib

from accounts.models import User
from common.text.cleaning import shows_something
from common.text.markdown import MarkdownError
from moderation.choices import Act, CaseKind
from moderation.decisions.effects.base import Context, Effect
from moderation.decisions.input import DecisionInput, Outcome
from moderation.errors import ActionRefusedError
from moderation.models import Decision
from reports.actions import moderation as moderation_actions
from reports.actions import submissions
from reports.actions.comments import decide_comment
from reports.actions.status import InvalidTransitionError
from reports.choices import Status
from reports.models import Comment, Report, Warning
from reports.post_states import Post, states_of

_MOVES = {Act.UNPUBLISH: Status.UNPUBLISHED, Act.HIDE: Status.HIDDEN, Act.RESTORE: Status.PUBLISHED}
_MARKS = {
    Act.LOCK: ("locked", True),
    Act.UNLOCK: ("locked", False),
    Act.DISPUTE: ("disputed", True),
    Act.UNDISPUTE: ("disputed", False),
}
_STATUS_REQUIRED = {CaseKind.REPORT: Status.PENDING, CaseKind.COMMENT: Status.PENDING}
# Exceptions that the actions on posts raise.
REFUSALS = (InvalidTransitionError, MarkdownError, moderation_actions.ModerationError)


class PostChange(Effect):
    """Change the post of a case: its status, marks or text, or the warning it belongs to."""

    def apply(self, context: Context) -> Outcome:
        """Apply a decision to the post of a case; if the subject is no post, change nothing."""
        post = context.case.subject
        if not isinstance(post, Warning | Report | Comment):
            return Outcome()
        require_status(context)
        touched = touched_by(post, context.choice.act)
        done = Outcome(before=states_of(touched))
        try:
            _act(post, context.actor, context.choice, context.public_reason, done)
        except REFUSALS as refused:
            raise ActionRefusedError(refused.sentence) from None
        for row in touched:
            row.refresh_from_db()
        done.after = states_of(touched)
        return done

    def revert(self, decision: Decision, actor: User) -> None:
        """Restore the states that the posts had before a decision."""
        if not decision.before:
            return
        try:
            moderation_actions.put_back(
                actor=actor.handle, before=decision.before, after=decision.after, moved=decision.moved
            )
        except moderation_actions.PostChangedError as changed:
            raise ActionRefusedError(changed.sentence) from None
        if "question" in decision.moved and decision.report is not None:
            submissions.withdraw_question(report=decision.report, key=decision.moved["question"])


def require_status(context: Context) -> None:
    """Raise ActionRefusedError if the post of a case is no longer pending."""
    case = context.case
    required = _STATUS_REQUIRED.get(CaseKind(case.kind))
    if required and case.subject.status != required:
        raise ActionRefusedError("It does not wait for a decision any more.", "settled")


def seen(report: Report) -> str:
    """Return a digest of a report's text, so that a decision on an older version is refused."""
    return hashlib.sha256("\x00".join((report.warning.title, report.body)).encode()).hexdigest()[:32]


def touched_by(post: Post, act: Act) -> list[Post]:
    """Return the posts that a decision changes: the post, and its warning if the report is the only active one."""
    if isinstance(post, Comment | Warning):
        return [post]
    if act in _MARKS or act == Act.MERGE or _stands_alone(post):
        return [post.warning, post]
    return [post]


def _act(post: Post, actor: User, choice: DecisionInput, public_reason: str, done: Outcome) -> None:
    act, name = choice.act, actor.handle
    warning = post if isinstance(post, Warning) else post.warning
    if act in _MARKS:
        mark, value = _MARKS[act]
        moderation_actions.mark(actor=name, warning=warning, name=mark, value=value)
    elif act == Act.MERGE:
        _merge(post, warning, actor, choice, public_reason, done)
    elif act in _MOVES:
        for row in touched_by(post, act):
            if row.status != _MOVES[act]:
                moderation_actions.move_to(actor=name, post=row, status=_MOVES[act], reason=public_reason)
    elif act == Act.NO_ACTION:
        # Taking no action publishes a hidden post again.
        if post.status == Status.HIDDEN:
            moderation_actions.move_to(actor=name, post=post, status=Status.PUBLISHED, reason=public_reason)
        if isinstance(post, Report) and choice.pictures is not None:
            moderation_actions.publish_pictures(report=post, keys=choice.pictures)
    elif isinstance(post, Comment):
        status = Status.PUBLISHED if act == Act.PUBLISH else Status.DECLINED
        decide_comment(actor=actor, comment=post, status=status, reason=public_reason)
    elif isinstance(post, Report):
        _decide_report(post, actor, choice, public_reason, done)


def _decide_report(report: Report, actor: User, choice: DecisionInput, public_reason: str, done: Outcome) -> None:
    if choice.act == Act.REQUEST_CHANGES:
        question = choice.question or public_reason
        if not any(map(shows_something, (question, *choice.remarks.values()))):
            raise ActionRefusedError(
                "Say what the author is asked: choose a reason, or write it.", "question-missing"
            )
        # The remarks stand beside the fields until the author corrects them; the message shows them afterwards, too.
        parts = [question, *(f"{choice.labels.get(name, name)}: {text}" for name, text in choice.remarks.items())]
        asked = submissions.request_changes(
            actor=actor, report=report, remarks=choice.remarks, question="\n\n".join(filter(shows_something, parts))
        )
        done.moved = {"question": asked.pk} if asked else {}
    elif choice.act == Act.DECLINE:
        submissions.decide(actor=actor, report=report, status=Status.DECLINED, reason=public_reason)
    else:
        if choice.seen and choice.seen != seen(report):
            raise ActionRefusedError(
                "Its author changed the text since you opened it. Read it again.", "text-changed"
            )
        if (choice.title, choice.body) not in (("", ""), (report.warning.title, report.body)):
            moderation_actions.edit_text(actor=actor.handle, report=report, title=choice.title, body=choice.body)
        submissions.decide(actor=actor, report=report, status=Status.PUBLISHED, reason=public_reason)
        if choice.pictures is not None:
            moderation_actions.publish_pictures(report=report, keys=choice.pictures)


def _merge(
    post: Post, warning: Warning, actor: User, choice: DecisionInput, public_reason: str, done: Outcome
) -> None:
    if choice.into is None:
        raise ActionRefusedError("Choose the warning to merge it into.", "into-missing")
    if isinstance(post, Report) and not _stands_alone(post):
        raise ActionRefusedError(
            "Other reports stand on this warning too. Decide on the warning itself.", "other-reports"
        )
    done.moved = moderation_actions.merge(actor=actor.handle, warning=warning, into=choice.into, reason=public_reason)
    done.moved["into"] = [choice.into.pk]
    if isinstance(post, Report) and post.status == Status.PENDING:
        post.refresh_from_db()
        submissions.decide(actor=actor, report=post, status=Status.PUBLISHED, reason=public_reason)


def _stands_alone(report: Report) -> bool:
    """Return whether a report is the only active report of its warning."""
    warning = report.warning
    others = Report.objects.filter(warning=warning).exclude(pk=report.pk)
    return not warning.founding and not others.exclude(status__in=(Status.DECLINED, Status.WITHDRAWN)).exists()
