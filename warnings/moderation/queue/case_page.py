"""The template context of a case's page: the post, its author's record and similar posts."""

from typing import Any

from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.display_names import author_of, name_of
from accounts.models import User
from accounts.permissions import STAFF
from accounts.trust import in_steps
from common.text.diff import differences
from directory import entry_text
from directory.models import EntryRevision, Source
from moderation.choices import CaseKind
from moderation.cited_places import places_of
from moderation.decisions.available import person_of_case
from moderation.decisions.effects.abuse_of_notices import record_of as record_of_notices
from moderation.models import Case, Decision, Flag
from moderation.queue.language import foreign_language
from moderation.spam_scores import SCORED, hints_about
from reports.models import Alarm, Comment, Report, Revision, Warning
from reports.reputation import reputation_of
from reports.similar_warnings import similar_warnings
from reports.version_text import LABELS, fields_now, fields_of, merged_now, readable

EARLIER_SHOWN = 10


def case_page(case: Case) -> dict[str, Any]:
    """Return the template context of a case's page."""
    about = _about(case)
    subject, person = about.subject, person_of_case(about)
    context: dict[str, Any] = {
        "subject": subject,
        **_person(person, subject, case),
        "here": case.decisions.select_related("by", "reason") if case.pk else [],
        "referrals": case.referrals.all(),
        "flags": _flags(subject),
        "hints": _hints(about, subject),
    }
    if case.kind == CaseKind.APPEAL:
        context |= {"appeal": case.appeal, "decision": case.appeal.decision}
    if about.kind == CaseKind.NOTICE:
        context["notice"] = about.notice
    elif about.kind == CaseKind.STATEMENT:
        context["statement"] = about.statement
    return context | _parts(subject)


def _about(case: Case) -> Case:
    """Return the case whose subject is shown: for an appeal, the case of the original decision if it still exists."""
    if case.kind != CaseKind.APPEAL:
        return case
    return Case.objects.filter(decisions=case.appeal.decision).first() or case


def _parts(subject: Any) -> dict[str, Any]:
    """Return the template context for a subject, depending on its type."""
    if isinstance(subject, Report):
        own = {"report": subject, "warning": subject.warning, "pictures": subject.evidence.all()}
        return own | {"messages_of_report": subject.messages.all(), "similar": _like(subject)}
    if isinstance(subject, Comment):
        return {"comment": subject, "warning": subject.warning}
    if isinstance(subject, Warning):
        return {"warning": subject, "similar": _like_warning(subject)}
    if isinstance(subject, Revision):
        return {"revision": subject, "warning": subject.warning, "differences": _differences(subject)}
    if isinstance(subject, EntryRevision):
        return {"entry": subject, "differences": _entry_differences(subject)}
    if isinstance(subject, Alarm):
        return {"alarm": subject, "accounts": subject.evidence.get("accounts", []), "warning": subject.warning}
    if isinstance(subject, Source):
        return {"source": subject, "cited": places_of(subject)}
    return {}


def _person(person: User | None, subject: Any, case: Case) -> dict[str, Any]:
    """Return the author's name, trust level and reputation, and earlier decisions that concern them.

    For an author who left out their handle, nothing is shown that could identify them: reputation is rounded, earlier
    decisions are only counted, and staff appear as trusted. For a named author, decisions about posts that they left
    their handle out of are omitted.
    """
    if person is None:
        return {}
    unnamed = getattr(subject, "author_unnamed", False)
    earlier, record = Decision.objects.concerning(person).exclude(case=case), reputation_of(person, timezone.now())
    level = TrustLevel.TRUSTED if unnamed and person.trust_level in STAFF else TrustLevel(person.trust_level)
    return {
        "person": person,
        "unnamed": unnamed,
        "name": author_of(subject) if unnamed else name_of(person),
        "level": level.label,
        "record": in_steps(record) if unnamed else record,
        "earlier": [] if unnamed else list(earlier.by_name(person).select_related("reason")[:EARLIER_SHOWN]),
        "counted": earlier.counted() if unnamed else [],
    }


def _flags(subject: Any) -> list[Flag]:
    if not isinstance(subject, Warning | Report | Comment | Source):
        return []
    return list(Flag.objects.on(subject).waiting_first().select_related("flagger")[:50])


def _hints(case: Case, subject: Any) -> list[str]:
    """Return automatic hints for the moderator as sentences; none of them decides anything."""
    noticed = [*getattr(subject, "hints", []), *case.hints]
    if case.kind not in SCORED:
        noticed += hints_about(subject, timezone.now())
    language = foreign_language(getattr(subject, "body", ""))
    record = record_of_notices(case.notice, timezone.now()) if case.kind == CaseKind.NOTICE else ""
    more = (record, f"It seems to be written in {language}" if language else "")
    return [*map(_words, noticed), *filter(None, more)]


def _words(hint: dict[str, Any]) -> str:
    kinds = ", ".join(hint.get("kinds", []))
    words = str(hint.get("hint", ""))
    return f"{words[:1].upper()}{words[1:]}{f': {kinds}' if kinds else ''}"


def _like(report: Report) -> list[Warning]:
    fields = {
        "tools": (list(report.tools.all()), ""),
        "tactics": list(report.tactics.all()),
        "title": report.warning.title,
        "body": report.body,
    }
    return [row for row in similar_warnings(fields) if row.pk != report.warning.pk]


def _like_warning(warning: Warning) -> list[Warning]:
    fields = {
        "tools": (list(warning.tools.all()), ""),
        "tactics": list(warning.tactics.all()),
        "title": warning.title,
        "body": warning.body or warning.summary,
    }
    return [row for row in similar_warnings(fields) if row.pk != warning.pk]


def _differences(revision: Revision) -> list[Any]:
    merged = merged_now(revision.warning, fields_of(revision), revision.based_on)
    return differences(LABELS, *readable(fields_now(revision.warning), merged.values))


def _entry_differences(revision: EntryRevision) -> list[Any]:
    before, after = entry_text.readable(revision.before), entry_text.readable(revision.after)
    return differences({name: name for name in after}, before, after)
