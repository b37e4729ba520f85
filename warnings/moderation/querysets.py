"""Named queries of moderation."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Q

from accounts.choices import TrustLevel
from moderation.choices import Act, CaseState, FlagState
from moderation.spam import SPAM_THRESHOLD

if TYPE_CHECKING:
    from moderation.models import (  # noqa: F401  (named in strings below)
        Announcement,
        Case,
        Decision,
        Flag,
        Invitation,
        LegalThreat,
        Reason,
        Referral,
    )


class CaseQuerySet(models.QuerySet["Case"]):
    """Reads of the queue."""

    def open(self) -> Self:
        """Those that wait."""
        return self.filter(state=CaseState.OPEN)

    def free_for(self, moderator: Any, now: datetime) -> Self:
        """Those that nobody else looks at."""
        taken = Q(claim_expires_at__gt=now) & ~Q(claimed_by=moderator)
        return self.exclude(taken)

    def not_of(self, moderator: Any) -> Self:
        """Those that somebody may decide: not what they wrote, and no appeal against their own decision."""
        own = Q(report__author=moderator) | Q(comment__author=moderator) | Q(revision__author=moderator)
        own |= Q(entry__author=moderator) | Q(warning__author=moderator) | Q(account=moderator)
        own |= Q(appeal__decision__by=moderator) | Q(appeal__by=moderator)
        return self.exclude(pk__in=self.model._default_manager.filter(own).values("pk"))

    def chosen(self, chosen: dict[str, str], moderator: Any, now: datetime) -> Self:
        """Those that the filter of the queue asks for: `kind`, `show` and `q`."""
        rows = self
        if chosen.get("kind"):
            rows = rows.filter(kind=chosen["kind"])
        if chosen.get("q"):
            rows = rows.filter(title__icontains=chosen["q"])
        if chosen.get("show") == "free":
            rows = rows.free_for(moderator, now).not_of(moderator)
        elif chosen.get("show") == "mine":
            rows = rows.filter(claimed_by=moderator, claim_expires_at__gt=now)
        elif chosen.get("show") == "late":
            rows = rows.filter(due_at__lt=now)
        elif chosen.get("show") == "spam":
            rows = rows.filter(spam__gte=SPAM_THRESHOLD)
        return rows

    def for_list(self) -> Self:
        """With what the queue shows."""
        return self.select_related("claimed_by")

    def with_subjects(self) -> Self:
        """With what they are about, for going through many; of one case it costs less to fetch its one subject."""
        return self.select_related(
            *("claimed_by", "warning__author", "report__author", "report__warning", "comment__author"),
            *("comment__warning", "revision__warning", "revision__author", "entry__author", "alarm__warning"),
            *("account", "fact__tool", "fact__feature"),
        )

    def counts(self) -> dict[str, int]:
        """How many open cases there are of each kind."""
        return dict(self.open().order_by().values_list("kind").annotate(n=Count("pk")))


class ReasonQuerySet(models.QuerySet["Reason"]):
    """Reads of the reasons."""

    def offered(self) -> Self:
        """Those that can be chosen."""
        return self.filter(retired=False)

    def fitting(self, acts: Iterable[str]) -> Self:
        """Those that one of these decisions can be given for."""
        wanted = set(acts)
        # A list of a dozen rows: JSON is not searched alike on the two databases.
        keys = [row.pk for row in self if wanted.intersection(row.acts)]
        return self.filter(pk__in=keys)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Reads of the decisions."""

    def for_list(self) -> Self:
        """With what lists of decisions show."""
        return self.select_related("reason", "by", "undone_by")

    def not_undone(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)

    def concerning(self, person: Any) -> Self:
        """Those that somebody is concerned by."""
        return self.filter(Q(person=person) | Q(moved__voided__has_key=str(person.pk)))

    def by_name(self, person: Any) -> Self:
        """Those among them that are not about what somebody leaves their handle out of."""
        reports = person.reports.filter(unnamed=True)
        here = set(reports.values_list("warning", flat=True))
        here |= set(person.warnings.filter(merged_into__in=here).values_list("pk", flat=True))
        if not here:
            return self
        about = Q(case__isnull=True) | Q(case__warning__in=here) | Q(case__revision__warning__in=here)
        about |= Q(case__report__warning__in=here) | Q(report__warning__in=here)
        return self.exclude(pk__in=self.model._default_manager.filter(about, person=person).values("pk"))

    def counted(self) -> list[tuple[str, int]]:
        """How many there are of each kind, as words and numbers."""
        counts = self.order_by().values_list("act").annotate(n=Count("pk")).order_by("act")
        return [(Act(act).label, number) for act, number in counts]


class FlagQuerySet(models.QuerySet["Flag"]):
    """Reads of the flags."""

    def open(self) -> Self:
        """Those that wait for a moderator."""
        return self.filter(state=FlagState.OPEN)

    def on(self, target: Any) -> Self:
        """Those on a warning, report, comment or source."""
        return self.filter(**{target._meta.model_name: target})

    def by_people(self, people: Iterable[Any]) -> Self:
        """Those of some people."""
        return self.filter(flagger__in=people)


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Reads of what authorities were told."""

    def readable(self) -> Self:
        """Those whose text is still there."""
        return self.exclude(words="")


class LegalThreatQuerySet(models.QuerySet["LegalThreat"]):
    """Reads of the threats against the site."""

    def readable(self) -> Self:
        """Those whose text is still there."""
        return self.exclude(words="")


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Reads of the announcements."""

    def not_over(self, now: datetime) -> Self:
        """Those that are shown now or will be, the one that counts first."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), withdrawn_at__isnull=True)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations to moderate."""

    def open(self, now: datetime) -> Self:
        """Those that can be accepted: in time, not used, not revoked, by somebody who administers and may act now."""
        keepers = Q(by__trust_level=TrustLevel.ADMINISTRATOR, by__is_active=True)
        keepers &= Q(by__suspended_until__isnull=True) | Q(by__suspended_until__lte=now)
        return self.untouched().filter(keepers, until__gt=now)

    def untouched(self) -> Self:
        """Those that were neither used nor revoked."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def with_token(self, token: str) -> Self:
        """The one with this secret."""
        return self.filter(token_hash=self.model.hash_of(token))
