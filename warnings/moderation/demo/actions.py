"""Create demo data. Each action is one transaction.

The same seed makes the same year on every database. So each choice is made from rows that are sorted here, where both
databases sort alike, and no time is later than `now`, the moment at which the year ends.
"""

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from accounts.choices import TrustLevel
from accounts.models import User
from directory.models import Marketplace, Tactic, Tool
from moderation.actions.appeals import appeal
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import FlagError, flag
from moderation.actions.legal_notices import send_notice
from moderation.actions.statements import begin_statement, verify_statement
from moderation.choices import Act, CaseKind, FlagReason, NoticeGround
from moderation.decisions.available import available_acts
from moderation.decisions.input import DecisionInput
from moderation.demo import texts
from moderation.demo.rows import by_slug, worst_tools
from moderation.errors import ActionRefusedError
from moderation.models import Appeal, Case, Decision, Flag, LegalNotice, Reason, Statement
from moderation.policies.decisions import why_not
from moderation.priority import Signs, due_at
from reports.actions import warnings
from reports.actions.comments import post_comment
from reports.actions.submissions import submit
from reports.actions.votes import VoteError, cast_vote
from reports.choices import Outcome, Stance, Status
from reports.models import Comment, Report, Step, Warning

DAYS = 365
# What a moderator decides at random, by kind of case; an act that is listed more often is chosen more often.
_USUAL: dict[str, list[Act]] = {
    CaseKind.REPORT: [Act.PUBLISH] * 7 + [Act.DECLINE] * 2 + [Act.REQUEST_CHANGES],
    CaseKind.COMMENT: [Act.PUBLISH] * 8 + [Act.DECLINE] * 2,
    CaseKind.AFTERWARDS: [Act.NO_ACTION] * 9 + [Act.UNPUBLISH],
    CaseKind.FLAGS: [Act.NO_ACTION, Act.RESTORE] * 3 + [Act.UNPUBLISH],
    CaseKind.APPEAL: [Act.UPHOLD] * 2 + [Act.OVERTURN],
}


@transaction.atomic
def make_people(*, chance: random.Random, now: datetime) -> list[User]:
    """Create members, three of them trusted, and two moderators without a password."""
    people = []
    for number, handle in enumerate(texts.HANDLES):
        level = TrustLevel.TRUSTED if number < 3 else chance.choice([TrustLevel.NEW, TrustLevel.MEMBER])
        people.append(_person(handle, level, now - timedelta(days=chance.randrange(30, DAYS))))
    year_ago = now - timedelta(days=DAYS)
    return [*people, *(_person(handle, TrustLevel.MODERATOR, year_ago) for handle in texts.MODERATORS)]


@transaction.atomic
def make_report(*, people: Sequence[User], chance: random.Random, at: datetime) -> Report:
    """Create a report as of a given time; it is pending unless its author is trusted."""
    tools = worst_tools(12)
    published = by_slug(Warning.objects.published().filter(founding=False, tools__isnull=False).distinct())
    joins = chance.choice(published) if published and chance.random() < 0.4 else None
    tool = chance.choice(by_slug(joins.tools.all()) if joins else tools)
    unknown = chance.choice(texts.UNKNOWN) if joins is None and chance.random() < 0.08 else ""
    name = unknown or tool.name
    lost = chance.random() < 0.2
    parts = (chance.choice(texts.OPENINGS), chance.choice(texts.MIDDLES), chance.choice(texts.ENDS))
    fields = {
        "tools": ([], unknown) if unknown else ([tool], ""),
        "tactics": [chance.choice(by_slug(Tactic.objects.all()))],
        "marketplace": chance.choice(by_slug(Marketplace.objects.all())),
        "happened_in": (at - timedelta(days=20)).date().replace(day=1),
        "title": chance.choice(texts.TITLES).format(tool=name),
        "body": " ".join(parts).format(tool=name),
        "outcome": Outcome.LOST_MONEY if lost else chance.choice([Outcome.REFUSED, Outcome.HARASSED, Outcome.OTHER]),
        "amount": chance.randrange(40, 900) if lost else None,
        "currency": "USD" if lost else "",
        "tags": [chance.choice(["screen", "payment", "group chat", "passport", "night work"])],
        "joins": joins,
        "notify": False,
    }
    author = chance.choice(people) if chance.random() < 0.7 else None
    hints = [{"hint": "personal data left in", "kinds": ["e-mail"]}] if chance.random() < 0.1 else []
    report = submit(
        author=author,
        submission_key=uuid.UUID(int=chance.getrandbits(128)),
        tracking_hash=None if author else uuid.UUID(int=chance.getrandbits(128)).hex,
        fields=fields,
        hints=hints,
        draft=None,
    )
    Report.objects.filter(pk=report.pk).update(created_at=at)
    Warning.objects.filter(pk=report.warning_id, report_count=0).update(created_at=at)
    Step.objects.filter(report=report).update(at=at)
    Case.objects.filter(report=report).update(opened_at=at, due_at=at + timedelta(hours=72))
    return report


@transaction.atomic
def decide_on(
    *, case: Case, moderators: Sequence[User], chance: random.Random, at: datetime, now: datetime
) -> Decision | None:
    """Decide a case at random as of a given time; return None if nothing that moderators usually do is possible."""
    usual = _USUAL.get(case.kind, [Act.NO_ACTION])
    fitting = [act for act in usual if act in available_acts(case)]
    act = chance.choice(fitting or usual)
    reasons = by_slug(Reason.objects.offered().fitting([act]))
    choice = DecisionInput(
        act, reason=chance.choice(reasons) if reasons else None, remarks={"body": "In which month was it?"}
    )
    moderator = chance.choice(moderators)
    decision = _decide(case, [moderator, *moderators], choice, at)
    if decision is None:
        return None
    if case.kind == CaseKind.REPORT and chance.random() < 0.04 and _undo(decision, moderators):
        undone_at = min(now, at + timedelta(hours=2))
        Decision.objects.filter(pk=decision.pk).update(undone_at=undone_at)
        Case.objects.filter(pk=case.pk).update(due_at=undone_at + timedelta(hours=72))
    else:
        _date(case, at)
    return decision


@transaction.atomic
def make_discussion(
    *, warning: Warning, people: Sequence[User], chance: random.Random, at: datetime, now: datetime
) -> None:
    """Create comments and votes on a warning, dated soon after it was published."""
    tools = by_slug(warning.tools.all())
    for person in chance.sample(list(people), chance.randrange(0, 5)):
        body = chance.choice(texts.SPAM if chance.random() < 0.12 else texts.COMMENTS)
        comment = post_comment(
            actor=person,
            warning=warning,
            body=body.format(tool=tools[0].name if tools else "It"),
            stance=chance.choice([Stance.NONE, Stance.ADVICE, Stance.DISAGREES]),
            submission_key=uuid.UUID(int=chance.getrandbits(128)),
        )
        later = min(now, at + timedelta(hours=chance.randrange(1, 200)))
        Comment.objects.filter(pk=comment.pk).update(created_at=later)
        Comment.objects.filter(pk=comment.pk, published_at__isnull=False).update(published_at=later)
        warnings.recount_votes(post=Comment.objects.get(pk=comment.pk))
        Case.objects.filter(comment=comment).update(opened_at=later, due_at=later + timedelta(hours=48))
    for person in chance.sample(list(people), chance.randrange(0, 12)):
        try:
            cast_vote(actor=person, post=warning)
        except VoteError:
            continue


@transaction.atomic
def make_flags(*, warning: Warning, people: Sequence[User], chance: random.Random, at: datetime) -> None:
    """Create flags on a warning, in order, as of a given time; the flag rule applies."""
    for person in people:
        try:
            made = flag(
                target=warning,
                flagger=person,
                reason=chance.choice(list(FlagReason)),
                detail=chance.choice(texts.DETAILS),
            )
        except FlagError:
            continue
        Flag.objects.filter(pk=made.pk).update(at=at)
    _date_case(Case.objects.open().filter(kind=CaseKind.FLAGS, warning=warning), at, hours=24)
    by_rule = Decision.objects.filter(case__warning=warning, automatic=True, at__gt=at)
    by_rule.update(at=at, opened_at=at)


@transaction.atomic
def make_appeal(*, decision: Decision, at: datetime) -> Appeal | None:
    """Create an appeal by the person concerned as of a given time; return None if there is no such person."""
    if decision.person is None or decision.undone_at is not None:
        return None
    made = appeal(decision=decision, text="It happened to me and I kept the messages.", by=decision.person)
    Appeal.objects.filter(pk=made.pk).update(at=at, due_at=at + timedelta(days=14))
    _date_case(Case.objects.filter(pk=made.case_id), at, hours=14 * 24)
    return made


@transaction.atomic
def make_notice(*, warning: Warning, chance: random.Random, at: datetime) -> LegalNotice:
    """Create an anonymous legal notice about a warning as of a given time."""
    key = uuid.UUID(int=chance.getrandbits(128)).hex
    stated = {"url": warning.get_absolute_url(), "explanation": chance.choice(texts.NOTICES), "law": ""}
    ground = chance.choice([NoticeGround.DEFAMATION, NoticeGround.PRIVACY, NoticeGround.OTHER])
    fields = stated | {"ground": ground, "name": "", "email": ""}
    made = send_notice(submission_key=key, fields=fields)
    LegalNotice.objects.filter(pk=made.pk).update(at=at, due_at=due_at(CaseKind.NOTICE, at, Signs()))
    _date_case(Case.objects.filter(pk=made.case_id), at, hours=48)
    return made


@transaction.atomic
def make_statement(*, tool: Tool, at: datetime) -> Case:
    """Create a verified statement on a tool as of a given time; its text says that it is made up."""
    fields = {"speaker": "Nobody (made up)", "domain": "example.org", "email": "", "body": texts.STATEMENT}
    row = begin_statement(tool=tool, fields=fields)
    Statement.objects.filter(pk=row.pk).update(at=at)
    case = verify_statement(statement=row, proof="file", now=at)
    Case.objects.filter(pk=case.pk).update(opened_at=at)
    return case


@transaction.atomic
def decide_so(*, case: Case, moderators: Sequence[User], acts: Sequence[Act], at: datetime) -> Decision | None:
    """Decide a case with the first of some acts that is possible as of a given time; backdate what it undid, too.

    Return None if none of them is possible.
    """
    row = Case.objects.get(pk=case.pk)
    made = None
    for act in acts:
        reasons = by_slug(Reason.objects.offered().fitting([act]))
        choice = DecisionInput(act, reason=reasons[0] if reasons else None)
        made = made or _decide(row, moderators, choice, at)
    appealed = Appeal.objects.filter(case=row, decided_at__isnull=False).select_related("decision").first()
    if appealed is not None:
        Appeal.objects.filter(pk=appealed.pk).update(decided_at=at)
        Decision.objects.filter(pk=appealed.decision_id, undone_at__gt=at).update(undone_at=at)
    Statement.objects.filter(case=row, published_at__gt=at).update(published_at=at)
    return made


def _decide(case: Case, moderators: Sequence[User], choice: DecisionInput, at: datetime) -> Decision | None:
    """Decide a case as the first moderator without a conflict of interest; return None if that is not possible.

    What has happened to a post by then depends on the seed, so a decision that was meant for it may not go with it.
    """
    moderator = next((user for user in moderators if not why_not(user, case)), None)
    if moderator is None:
        return None
    try:
        with transaction.atomic():
            return decide(actor=moderator, case=case, choice=choice, now=at)
    except ActionRefusedError:
        return None


def _undo(decision: Decision, moderators: Sequence[User]) -> bool:
    """Undo a decision as the moderator who made it; return whether that was possible."""
    actor = next(user for user in moderators if user.pk == decision.by_id)
    try:
        with transaction.atomic():
            undo(actor=actor, decision=decision, note="Too fast: there was a source.")
    except ActionRefusedError:
        return False
    return True


def _person(handle: str, level: TrustLevel, joined: datetime) -> User:
    user = User(trust_level=level, joined_at=joined)
    user.set_handle(handle)
    user.set_unusable_password()
    user.save()
    return user


def _date_case(cases: QuerySet[Case], at: datetime, *, hours: int) -> None:
    """Backdate cases that were just opened."""
    cases.filter(opened_at__gt=at).update(opened_at=at, due_at=at + timedelta(hours=hours))


def _date(case: Case, at: datetime) -> None:
    """Backdate what a decision changed."""
    report = case.report
    if report is not None:
        Step.objects.filter(report=report).exclude(status=Status.PENDING).update(at=at)
        Report.objects.filter(pk=report.pk, published_at__isnull=False).update(published_at=at)
        Warning.objects.filter(pk=report.warning_id, published_at__gt=at).update(published_at=at)
        warnings.recount(warning=Warning.objects.get(pk=report.warning_id))
    if case.comment is not None:
        Comment.objects.filter(pk=case.comment.pk, published_at__isnull=False).update(published_at=at)
        warnings.recount_votes(post=Comment.objects.get(pk=case.comment.pk))
