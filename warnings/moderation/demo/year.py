"""The made-up year in its order: reports come in, moderators decide, people discuss, flag and appeal."""

import random
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from accounts.words import TrustLevel
from moderation.demo import actions
from moderation.models import Case, Decision
from moderation.words import Act, CaseKind
from reports.models import Warning

REPORTS, LEFT_OPEN_DAYS = 120, 4


def make_a_year(*, seed: int, said: Callable[[str], None]) -> dict[str, int]:
    """Make the year up and return what there is: people, warnings, cases that wait, decisions. Raises NotEmpty."""
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
                actions.make_flags(warning=warning, people=people, chance=chance)
        if number % 20 == 19:
            said(f"{number + 1} of {REPORTS} reports")
    for decision in Decision.objects.filter(act=Act.DECLINE, person__isnull=False).order_by("-at")[:6]:
        actions.make_appeal(decision=decision)
    return {
        "people": len(everybody),
        "warnings": Warning.objects.published().count(),
        "waiting": Case.objects.open().count(),
        "decisions": Decision.objects.count(),
    }


def _decide_what_waits(moderators: list[User], chance: random.Random, days_ago: float) -> None:
    """Decide most of what waits; of the last days, little."""
    if days_ago < LEFT_OPEN_DAYS * 2:
        return
    at = timezone.now() - timedelta(days=max(0.1, days_ago - chance.uniform(0.1, 3)))
    for case in Case.objects.open().exclude(kind=CaseKind.ALARM).order_by("due_at")[:5]:
        if chance.random() < 0.9:
            actions.decide_on(
                case=case, moderator=chance.choice(moderators), chance=chance, at=max(at, case.opened_at)
            )
