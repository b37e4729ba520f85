"""Querysets of the moderation models."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Q

from accounts.choices import TrustLevel
from moderation.choices import Act, CaseKind, CaseState, FlagState
from moderation.priority import NOTICES_FIRST_WITHIN
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


URGENCY = ("rank", "due_at", "id")


class CaseQuerySet(models.QuerySet["Case"]):
    """Queries on cases."""

    def open(self) -> Self:
        """Return open cases."""
        return self.filter(state=CaseState.OPEN)

    def most_urgent_first(self, now: datetime) -> Self:
        """Order cases by `URGENCY`: legal notices first, then by deadline."""
        notices = Q(kind=CaseKind.NOTICE, due_at__lte=now + NOTICES_FIRST_WITHIN)
        rank = models.Case(models.When(notices, then=0), default=1, output_field=models.IntegerField())
        return self.annotate(rank=rank).order_by(*URGENCY)

    def below(self, warnings: Iterable[int]) -> Self:
        """Return cases about some warnings (by key), or about what belongs to them. Their titles are a warning's."""
        condition = Q(pk__in=[])
        for path in ("warning", "report__warning", "comment__warning", "revision__warning", "alarm__warning"):
            condition |= Q(**{f"{path}__in": list(warnings)})
        return self.filter(condition)

    def titled_after_a_warning(self) -> Self:
        """Return cases about warnings and what belongs to them, whose titles repeat a warning's."""
        subjects = ("warning", "report", "comment", "revision", "alarm")
        return self.filter(Q(*((f"{name}__isnull", False) for name in subjects), _connector=Q.OR))

    def free_for(self, moderator: Any, now: datetime) -> Self:
        """Return cases that no other moderator has claimed."""
        taken = Q(claim_expires_at__gt=now) & ~Q(claimed_by=moderator)
        return self.exclude(taken)

    def not_of(self, moderator: Any) -> Self:
        """Exclude cases about the moderator's own posts or account, and appeals by or against them."""
        own = Q(report__author=moderator) | Q(comment__author=moderator) | Q(revision__author=moderator)
        own |= Q(entry__author=moderator) | Q(warning__author=moderator) | Q(account=moderator)
        own |= Q(appeal__decision__by=moderator) | Q(appeal__by=moderator)
        return self.exclude(pk__in=self.model._default_manager.filter(own).values("pk"))

    def chosen(self, chosen: dict[str, str], moderator: Any, now: datetime) -> Self:
        """Return cases that match the queue's filter: `kind`, `show` and `q`."""
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
        """Select the related objects that the queue shows."""
        return self.select_related("claimed_by")

    def with_subjects(self) -> Self:
        """Select the subjects, for iterating over many cases. For a single case, a separate query is cheaper."""
        return self.select_related(
            *("claimed_by", "warning__author", "report__author", "report__warning", "comment__author"),
            *("comment__warning", "revision__warning", "revision__author", "entry__author", "alarm__warning"),
            *("account", "fact__tool", "fact__feature"),
        )

    def with_titles(self) -> Self:
        """Select of subjects that are titled after a warning only what their titles are made of."""
        warnings = ("warning", "report__warning", "comment__warning", "revision__warning", "alarm__warning")
        needed = ("title", "entry", "alarm__kind", "alarm__evidence", *(f"{path}__title" for path in warnings))
        return self.select_related(*warnings).only(*needed)

    def counts(self) -> dict[str, int]:
        """Return the number of open cases by kind."""
        return dict(self.open().order_by().values_list("kind").annotate(n=Count("pk")))


class ReasonQuerySet(models.QuerySet["Reason"]):
    """Queries on reasons."""

    def offered(self) -> Self:
        """Return reasons that can be chosen."""
        return self.filter(retired=False)

    def fitting(self, acts: Iterable[str]) -> Self:
        """Return reasons that apply to one of these acts."""
        wanted = set(acts)
        # Filter the few rows in Python, because the two databases query JSON differently.
        keys = [row.pk for row in self if wanted.intersection(row.acts)]
        return self.filter(pk__in=keys)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Queries on decisions."""

    def for_list(self) -> Self:
        """Select the related objects that lists of decisions show."""
        return self.select_related("reason", "by", "undone_by")

    def together(self, batch: uuid.UUID) -> Self:
        """Return the decisions that were made together in bulk, the last first."""
        return self.filter(batch=batch).order_by("-pk")

    def not_undone(self) -> Self:
        """Return decisions that were not undone."""
        return self.filter(undone_at__isnull=True)

    def concerning(self, person: Any) -> Self:
        """Return decisions that concern a person."""
        return self.filter(Q(person=person) | Q(moved__voided__has_key=str(person.pk)))

    def by_name(self, person: Any) -> Self:
        """Exclude decisions about posts that a person left their handle out of."""
        reports = person.reports.filter(unnamed=True)
        here = set(reports.values_list("warning", flat=True))
        here |= set(person.warnings.filter(merged_into__in=here).values_list("pk", flat=True))
        if not here:
            return self
        about = Q(case__isnull=True) | Q(case__warning__in=here) | Q(case__revision__warning__in=here)
        about |= Q(case__report__warning__in=here) | Q(report__warning__in=here)
        return self.exclude(pk__in=self.model._default_manager.filter(about, person=person).values("pk"))

    def counted(self) -> list[tuple[str, int]]:
        """Return the number of decisions by act, as pairs of label and number."""
        counts = self.order_by().values_list("act").annotate(n=Count("pk")).order_by("act")
        return [(Act(act).label, number) for act, number in counts]


class FlagQuerySet(models.QuerySet["Flag"]):
    """Queries on flags."""

    def open(self) -> Self:
        """Return open flags."""
        return self.filter(state=FlagState.OPEN)

    def on(self, target: Any) -> Self:
        """Return flags on a warning, report, comment or source."""
        return self.filter(**{target._meta.model_name: target})

    def waiting_first(self) -> Self:
        """Order by what waits for a moderator, then by what is settled; each the newest first."""
        settled = models.Case(models.When(state=FlagState.OPEN, then=0), default=1)
        return self.order_by(settled, "-at", "-id")

    def waiting_on(self, name: str, keys: Iterable[int]) -> dict[int, int]:
        """Return the number of open flags by the key of their target; `name` is the field of the target."""
        rows = self.open().filter(**{f"{name}__in": keys}).order_by()
        return dict(rows.values_list(name).annotate(n=Count("pk")))

    def by_people(self, people: Iterable[Any]) -> Self:
        """Return flags raised by any of these people."""
        return self.filter(flagger__in=people)


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Queries on referrals."""

    def readable(self) -> Self:
        """Return referrals whose text has not been erased."""
        return self.exclude(words="")


class LegalThreatQuerySet(models.QuerySet["LegalThreat"]):
    """Queries on legal threats."""

    def readable(self) -> Self:
        """Return legal threats whose text has not been erased."""
        return self.exclude(words="")


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Queries on announcements."""

    def not_over(self, now: datetime) -> Self:
        """Return current and future announcements."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), withdrawn_at__isnull=True)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Queries on invitations."""

    def open(self, now: datetime) -> Self:
        """Return open invitations whose sender is an active administrator and not suspended."""
        keepers = Q(by__trust_level=TrustLevel.ADMINISTRATOR, by__is_active=True)
        keepers &= Q(by__suspended_until__isnull=True) | Q(by__suspended_until__lte=now)
        return self.untouched().filter(keepers, until__gt=now)

    def untouched(self) -> Self:
        """Return invitations that were neither accepted nor revoked."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def with_token(self, token: str) -> Self:
        """Return the invitation with this secret."""
        return self.filter(token_hash=self.model.hash_of(token))
