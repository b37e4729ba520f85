"""Create the demo year in order: reports, decisions, discussions, flags, legal notices and appeals."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from accounts.choices import TrustLevel
from accounts.models import User
from common.errors import ForewarnedError, Sentence
from common.text.folding import fold
from directory.models import Marketplace, Tactic, Tool
from moderation.choices import Act, CaseKind
from moderation.demo import actions, texts
from moderation.demo.rows import worst_tools
from moderation.models import Case, Decision
from reports.choices import Status
from reports.models import Warning

REPORTS, LEFT_OPEN_DAYS = 120, 4


class DemoRefusedError(ForewarnedError):
    """The site is not one to create demo data on. The message says why, and what to do."""


@transaction.atomic
def make_a_year(*, seed: int, now: datetime, said: Callable[[str], None]) -> dict[str, int]:
    """Create the demo year that ends `now`, all of it or nothing.

    Return counts of people, warnings, open cases and decisions. Raises DemoRefusedError.
    """
    if refusal := _why_not_here():
        raise DemoRefusedError(refusal)
    chance = random.Random(seed)
    everybody = actions.make_people(chance=chance, now=now)
    moderators = [user for user in everybody if user.trust_level == TrustLevel.MODERATOR]
    people = [user for user in everybody if user not in moderators]
    for number in range(REPORTS):
        days_ago = actions.DAYS * (1 - number / REPORTS) * (1 - 0.02 * chance.random())
        at = now - timedelta(days=days_ago)
        report = actions.make_report(people=people, chance=chance, at=at)
        if days_ago >= LEFT_OPEN_DAYS * 2:
            _decide_what_waits(moderators, chance, at + timedelta(days=chance.uniform(0.1, 3)), now)
        warning = Warning.objects.get(pk=report.warning_id)
        if warning.status == Status.PUBLISHED:
            actions.make_discussion(warning=warning, people=people, chance=chance, at=at, now=now)
            if chance.random() < 0.12:
                some = chance.sample(people, chance.randrange(1, 3))
                actions.make_flags(warning=warning, people=some, chance=chance, at=at)
        if number % 20 == 19:
            said(f"{number + 1} of {REPORTS} reports")
    _complain(people, moderators, chance, now)
    _appeal(moderators, now)
    return {
        "people": len(everybody),
        "warnings": Warning.objects.published().count(),
        "waiting": Case.objects.open().count(),
        "decisions": Decision.objects.count(),
    }


def _why_not_here() -> str:
    """Return why the demo year cannot be created on this site, as a sentence; empty if it can be."""
    if Warning.objects.filter(founding=False).exists() or Decision.objects.exists():
        return Sentence("People have written here already. Try it on a copy or an empty site.", "not-empty")
    taken = User.objects.filter(handle_folded__in=map(fold, (*texts.HANDLES, *texts.MODERATORS)))
    if handles := sorted(taken.values_list("handle", flat=True)):
        return Sentence(f"These handles are taken: {', '.join(handles)}. Try it on an empty site.", "handles-taken")
    if not all(model.objects.exists() for model in (Tool, Tactic, Marketplace)):
        return Sentence("The directory is empty. Run `manage.py load_catalogue` first.", "no-catalogue")
    return ""


def _decide_what_waits(moderators: list[User], chance: random.Random, at: datetime, now: datetime) -> None:
    """Decide most of the cases pending at that time."""
    waiting = Case.objects.open().filter(opened_at__lt=at - timedelta(minutes=20))
    for case in waiting.exclude(kind=CaseKind.ALARM).order_by("due_at", "pk")[:5]:
        if chance.random() < 0.9:
            actions.decide_on(case=case, moderators=moderators, chance=chance, at=at, now=now)


def _complain(people: list[User], moderators: list[User], chance: random.Random, now: datetime) -> None:
    """Create the rare cases of a year: posts hidden by the flag rule, legal notices, and a statement."""
    standing = sorted((user for user in people if user.trust_level != TrustLevel.NEW), key=_trusted_first)
    # How much the flags weigh depends on earlier ones: if they do not hide the warning, there is nothing to restore.
    flagged = ((Act.RESTORE, Act.NO_ACTION), (Act.UNPUBLISH,))
    for warning, acts in zip(_shown(now - timedelta(days=120), 2), flagged, strict=False):
        at = now - timedelta(days=chance.uniform(40, 100))
        actions.make_flags(warning=warning, people=standing, chance=chance, at=at)
        case = Case.objects.open().get(kind=CaseKind.FLAGS, warning=warning)
        actions.decide_so(case=case, moderators=moderators, acts=acts, at=at + timedelta(hours=3))
    outcomes = (Act.NO_ACTION, Act.UNPUBLISH, Act.NO_ACTION, None)
    for number, (warning, outcome) in enumerate(zip(_shown(now - timedelta(days=200), 4), outcomes, strict=False)):
        at = now - timedelta(days=150 - 49.5 * number)
        notice = actions.make_notice(warning=warning, chance=chance, at=at)
        if outcome is not None:
            later = at + timedelta(hours=chance.uniform(4, 40))
            actions.decide_so(case=notice.case, moderators=moderators[::-1], acts=[outcome], at=later)
    at = now - timedelta(days=60)
    statement = actions.make_statement(tool=worst_tools(1)[0], at=at)
    actions.decide_so(case=statement, moderators=moderators, acts=[Act.PUBLISH], at=at + timedelta(hours=30))


def _appeal(moderators: list[User], now: datetime) -> None:
    """Create appeals against declined reports: one overturned if possible, one upheld, the others pending."""
    outcomes = [(Act.OVERTURN, Act.UPHOLD), (Act.UPHOLD,)]
    declined = Decision.objects.filter(act=Act.DECLINE, kind=CaseKind.REPORT, undone_at__isnull=True)
    recent = declined.filter(at__range=(now - timedelta(days=150), now - timedelta(days=10)))
    for decision in recent.filter(person__isnull=False).order_by("-at", "-pk")[:6]:
        at = decision.at + timedelta(days=3)
        made = actions.make_appeal(decision=decision, at=at)
        if made is not None and outcomes:
            decided_at = at + timedelta(hours=20)
            actions.decide_so(case=made.case, moderators=moderators, acts=outcomes.pop(0), at=decided_at)


def _shown(before: datetime, count: int) -> list[Warning]:
    """Return warnings published before a time and without an open case, the latest first."""
    rows = Warning.objects.published().filter(founding=False, published_at__lt=before, reports__author__isnull=False)
    waiting = Case.objects.open().filter(warning__isnull=False).values("warning")
    return list(rows.exclude(pk__in=waiting).distinct().order_by("-published_at", "slug")[:count])


def _trusted_first(user: User) -> bool:
    return user.trust_level != TrustLevel.TRUSTED
