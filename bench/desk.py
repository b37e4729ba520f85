"""What the desk costs with ten thousand open cases beside ten: page of the queue, filters, and the next case."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from http import HTTPStatus

from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from bench.measure import Row, at_most, cost
from moderation.choices import CaseKind
from moderation.models import Case
from moderation.policies.access import next_case
from reports.models import Comment, Report, Warning

FEW, MANY = 10, 10_000
VIEWS = {
    "the queue": "",
    "one kind": "?kind=comment",
    "overdue": "?show=late",
    "free for me": "?show=free",
    "words": "?q=case+99",
}
# What looks at each title grows with their number; the rest reads what it shows.
LIMITS = {"words": 8}


def measure() -> Iterator[Row]:
    """Each view of the queue with ten thousand cases as a multiple of the same with ten; and its queries."""
    moderator = User.objects.create(handle="benchmoderator", handle_folded="benchmoderator", trust_level="moderator")
    Authenticator.objects.create(user=moderator, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client(headers={"Host": "localhost"})
    client.force_login(moderator)
    warning = Warning.objects.create(slug="bench-desk", title="x", summary="x", status="pending")
    _fill(warning, FEW)
    small = {name: _page(client, query) for name, query in VIEWS.items()}
    step = cost(partial(next_case, moderator, {}, timezone.now()), repeat=10)
    _fill(warning, MANY - FEW)
    for name, query in VIEWS.items():
        seconds, queries = _page(client, query)
        before, few = small[name]
        yield at_most(
            f"desk: {name}, {MANY:,} open cases ({queries} queries, {few} with {FEW})",
            f"{FEW} cases",
            seconds / before,
            LIMITS.get(name, 3),
        )
    many = cost(partial(next_case, moderator, {}, timezone.now()), repeat=10)
    yield at_most(f"desk: the next case of {MANY:,}", f"the next of {FEW}", many / step, 3)
    warning.delete()
    moderator.delete()


def _page(client: Client, query: str) -> tuple[float, int]:
    address = f"/moderation/{query}"
    response = client.get(address)
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address} answered {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    # Counted before the next request empties the log.
    queries = len(captured)
    return cost(partial(client.get, address), turns=3, repeat=3), queries


def _fill(warning: Warning, number: int) -> None:
    """So many cases more, half about comments and half about reports, a third of them overdue."""
    now, start = timezone.now(), Case.objects.count()
    comments = Comment.objects.bulk_create(Comment(warning=warning, body="x") for _ in range(number // 2))
    reports = Report.objects.bulk_create(Report(warning=warning, body="x") for _ in range(number - number // 2))
    cases = []
    for place, target in enumerate([*comments, *reports], start=start):
        kind = CaseKind.COMMENT if isinstance(target, Comment) else CaseKind.REPORT
        due = now + timedelta(hours=place % 90 - 30)
        column = {target._meta.model_name or "": target}
        cases.append(
            Case(kind=kind, key=f"bench:{place}", title=f"A case {place}", opened_at=now, due_at=due, **column)
        )
    Case.objects.bulk_create(cases, batch_size=1_000)
