"""No page or file tells at what time of the day somebody else was active: the day is enough."""

import re
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db.models import DateTimeField
from django.http import HttpResponseBase
from django.test import Client

from accounts.actions.notifications import notify
from accounts.choices import NotificationKind
from accounts.models import User
from reports.actions import subscriptions
from reports.export import archive_of
from reports.models import Warning
from tests.factories import CommentFactory, ReportFactory, UserFactory, WarningFactory
from tests.pages.test_archive import unpacked
from tests.sitemap_of_tests import FOUNDING, routes

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 13, 37, 42, 987_654, tzinfo=UTC)
# The minute as HTML, HTTP, feeds and addresses write it, the second as a number, and the year in a cursor of Base64.
TIME = re.compile(rb"13(?::|%3A)37|1:37|1777901862|WyIyMDI2")
OF_OTHERS = ("reports", "directory", "moderation", "accounts")


@pytest.fixture
def watcher() -> User:
    """Somebody who watches a busy warning; everything on the site happened in the same second."""
    warning = Warning.objects.get(slug=FOUNDING)
    watcher: User = UserFactory(handle="Watcher")
    for _ in range(35):
        CommentFactory(warning=warning)
        WarningFactory()
    ReportFactory(warning=warning, author=UserFactory(handle="Reporter"), unnamed=True)
    subscriptions.watch(actor=watcher, target=warning)
    notify(
        recipients=[watcher],
        kind=NotificationKind.WATCHED,
        key="x",
        text="Somebody wrote.",
        address=f"/warnings/{FOUNDING}/",
    )
    for model in apps.get_models():
        if model._meta.app_label in OF_OTHERS:
            for field in model._meta.concrete_fields:
                if isinstance(field, DateTimeField) and field.name not in ("until", "expires_at", "expire_date"):
                    model._default_manager.exclude(**{field.name: None}).update(**{field.name: AT})
    warning.watches.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    return watcher


def times_in(answer: HttpResponseBase) -> list[bytes]:
    """The times in the body and the headers of a response."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return TIME.findall(body + str(dict(answer.headers)).encode())


def test_no_public_page_or_file_tells_the_time(watcher: User) -> None:
    visitor = Client()
    addresses = [route.address for route in routes()] + ["/warnings/?sort=newest"]
    answers = {address: visitor.get(address) for address in addresses}
    read = [address for address, answer in answers.items() if answer.status_code == 200]
    assert len(read) > 60
    assert {address for address in read if times_in(answers[address])} == set()


def test_nothing_that_a_watcher_reads_tells_the_time(watcher: User) -> None:
    member = Client()
    member.force_login(watcher)
    secret = subscriptions.renew_feed(actor=watcher)
    for address in (
        "/accounts/notices/",
        "/accounts/watches/",
        f"/feeds/mine/{secret}.atom",
        f"/warnings/{FOUNDING}/",
    ):
        answer = member.get(address)
        assert b"Somebody wrote" in answer.content or b"2026" in answer.content, address
        assert times_in(answer) == [], address
    assert b"2026-05-04" in unpacked(archive_of(watcher))["notices.json"]
    assert TIME.findall(unpacked(archive_of(watcher))["notices.json"]) == []
