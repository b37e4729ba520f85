"""Create the demo year in order: reports, decisions, discussions, flags, legal notices and appeals."""

import random
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from directory.models import Tool
from moderation.choices import Act, CaseKind
from moderation.demo import actions
from moderation.models import Case, Decision
from reports.models import Warning

REPORTS, LEFT_OPEN_DAYS = 120, 4


def make_a_year(*, seed: int, said: Callable[[str], None]) -> dict[str, int]:
    """Create the demo year and return counts of people, warnings, open cases and decisions. Raises NotEmptyError."""
    chance = random.Random(seed)
    everybody = actions.make_people(seed=seed)
    moderators = [user for user in everybody if user.trust_level == TrustLevel.MODERATOR]
    people = [user for user in everybody if user not in moderators]
    for number in range(REPORTS):
        days_ago = actions.DAYS * (1 - number / REPORTS) * (1 - 0.02 * chance.random())
        report = actions.make_report(people=people, chance=chance, days_ago=days_ago)
        _decide_what_waits(moderators, chance, days_ago)
        warning = Warning.objects.get(pk=report.warning_id)
        if warning.status == "published":
            at = timezone.now() - timedelta(days=days_ago)
            actions.make_discussion(warning=warning, people=people, chance=chance, at=at)
            if chance.random() < 0.12:
                some = chance.sample(people, chance.randrange(1, 3))
                actions.make_flags(warning=warning, people=some, chance=chance, at=at)
        if number % 20 == 19:
            said(f"{number + 1} of {REPORTS} reports")
    _complain(people, moderators, chance)
    _appeal(moderators)
    return {
        "people": len(everybody),
        "warnings": Warning.objects.published().count(),
        "waiting": Case.objects.open().count(),
        "decisions": Decision.objects.count(),
    }


def _decide_what_waits(moderators: list[User], chance: random.Random, days_ago: float) -> None:
    """Decide most of the cases pending at that time, but none of the last days."""
    if days_ago < LEFT_OPEN_DAYS * 2:
        return
    at = timezone.now() - timedelta(days=days_ago - chance.uniform(0.1, 3))
    waiting = Case.objects.open().filter(opened_at__lt=at - timedelta(minutes=20))
    for case in waiting.exclude(kind=CaseKind.ALARM).order_by("due_at")[:5]:
        if chance.random() < 0.9:
            actions.decide_on(case=case, moderator=chance.choice(moderators), chance=chance, at=at)


def _complain(people: list[User], moderators: list[User], chance: random.Random) -> None:
    """Create the rare cases of a year: posts hidden by the flag rule, legal notices, and a statement."""
    now = timezone.now()
    standing = sorted((user for user in people if user.trust_level != TrustLevel.NEW), key=_trusted_first)
    for warning, act in zip(_shown(120, 2), (Act.RESTORE, Act.UNPUBLISH), strict=False):
        at = now - timedelta(days=chance.uniform(40, 100))
        some = [user for user in standing if user != warning.author][:6]
        actions.make_flags(warning=warning, people=some, chance=chance, at=at)
        case = Case.objects.open().get(kind=CaseKind.FLAGS, warning=warning)
        actions.decide_so(case=case, moderator=moderators[0], act=act, at=at + timedelta(hours=3))
    acts = (Act.NO_ACTION, Act.UNPUBLISH, Act.NO_ACTION, None)
    for number, (warning, outcome) in enumerate(zip(_shown(200, 4), acts, strict=False)):
        at = now - timedelta(days=150 - 49.5 * number)
        notice = actions.make_notice(warning=warning, chance=chance, at=at)
        if outcome is not None:
            later = at + timedelta(hours=chance.uniform(4, 40))
            actions.decide_so(case=notice.case, moderator=moderators[1], act=outcome, at=later)
    at = now - timedelta(days=60)
    tool = Tool.objects.order_by("-risk", "slug")[0]
    statement = actions.make_statement(tool=tool, at=at)
    actions.decide_so(case=statement, moderator=moderators[0], act=Act.PUBLISH, at=at + timedelta(hours=30))


def _appeal(moderators: list[User]) -> None:
    """Create appeals against declined reports: one overturned, one upheld, the others pending."""
    acts = [Act.OVERTURN, Act.UPHOLD]
    now = timezone.now()
    declined = Decision.objects.filter(act=Act.DECLINE, kind=CaseKind.REPORT, undone_at__isnull=True)
    for decision in declined.filter(
        person__isnull=False, at__range=(now - timedelta(days=150), now - timedelta(days=10))
    ).order_by("-at")[:6]:
        at = decision.at + timedelta(days=3)
        made = actions.make_appeal(decision=decision, at=at)
        other = next(user for user in moderators if user != decision.by)
        if made is not None and acts:
            actions.decide_so(case=made.case, moderator=other, act=acts.pop(0), at=at + timedelta(hours=20))


def _shown(days: int, count: int) -> list[Warning]:
    """Return published warnings at least some days old and without an open case."""
    rows = Warning.objects.published().filter(
        founding=False, published_at__lt=timezone.now() - timedelta(days=days), reports__author__isnull=False
    )
    waiting = Case.objects.open().filter(warning__isnull=False).values("warning")
    return list(rows.exclude(pk__in=waiting).distinct().order_by("-published_at")[:count])


def _trusted_first(user: User) -> bool:
    return user.trust_level != TrustLevel.TRUSTED
