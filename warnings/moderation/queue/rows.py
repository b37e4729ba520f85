"""What the queue shows of each case, so that moderators know what they decide on in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.text import Truncator

from accounts.display_names import Name, author_of
from directory.models import EntryRevision, ToolFeature
from moderation.choices import CaseKind
from moderation.models import Case, Flag
from moderation.policies.decisions import FLAGGABLE
from reports.models import Comment, Report, Revision, Warning
from reports.summaries import summary_of

LONGEST = 140
NOBODY = "someone without an account"
_WRITTEN = (Report, Comment, Warning, Revision, EntryRevision)
_SHOWN = (
    *("warning__author", "report__author", "report__warning", "comment__author", "revision__author"),
    *("revision__warning", "entry__author", "alarm", "fact", "source", "account", "appeal", "notice", "statement"),
)


@dataclass(frozen=True)
class Row:
    """A case with the name of its author, its first words and the number of flags that wait."""

    case: Case
    name: Name | None
    words: str
    flags: int

    @property
    def key(self) -> str:
        """The value of its checkbox."""
        return str(self.case.public_id)


def rows_of(cases: Sequence[Case]) -> list[Row]:
    """Return the rows of cases. The number of queries does not grow with the number of cases."""
    prefetch_related_objects(cases, *_SHOWN)
    _hide_handles([case.subject for case in cases])
    flags = _flags(cases)
    return [
        Row(case, _author(case), Truncator(_words(case)).chars(LONGEST), flags.get(_key(case.subject), 0))
        for case in cases
    ]


def _author(case: Case) -> Name | None:
    subject = case.subject
    return author_of(subject, NOBODY) if isinstance(subject, _WRITTEN) else None


def _words(case: Case) -> str:
    """Return the beginning of what a moderator decides on, as plain text."""
    subject, kind = case.subject, case.kind
    if kind == CaseKind.APPEAL:
        return case.appeal.text
    if kind == CaseKind.NOTICE:
        return case.notice.explanation
    if kind == CaseKind.STATEMENT:
        return summary_of(case.statement.body_html)
    if isinstance(subject, Report | Comment):
        return summary_of(subject.body_html)
    if isinstance(subject, Warning):
        return subject.summary
    if isinstance(subject, Revision | EntryRevision):
        return subject.comment
    return subject.detail if isinstance(subject, ToolFeature) else ""


def _hide_handles(subjects: Sequence[Any]) -> None:
    """Set `author_unnamed` on posts, which otherwise needs a query for each of them."""
    about = {post: post if isinstance(post, Warning) else post.warning for post in subjects if _has_handle(post)}
    here = {key for warning in about.values() for key in (warning.pk, warning.merged_into_id)}
    hidden = set(Report.objects.filter(warning__in=here, unnamed=True).values_list("warning", "author"))
    for post, warning in about.items():
        keys = {(warning.pk, post.author_id), (warning.merged_into_id, post.author_id)}
        post.author_unnamed = getattr(post, "unnamed", False) or bool(hidden & keys)


def _has_handle(post: Any) -> bool:
    return isinstance(post, Warning | Report | Revision) and post.author_id is not None


def _flags(cases: Sequence[Case]) -> dict[tuple[str, int], int]:
    """Return the numbers of flags that wait, by the key of what they are on."""
    targets = [_key(case.subject) for case in cases if isinstance(case.subject, FLAGGABLE)]
    names = sorted({name for name, _ in targets})
    return {
        (name, key): number
        for name in names
        for key, number in Flag.objects.waiting_on(name, [key for other, key in targets if other == name]).items()
    }


def _key(subject: Any) -> tuple[str, int]:
    return (subject._meta.model_name, subject.pk) if subject is not None else ("", 0)
