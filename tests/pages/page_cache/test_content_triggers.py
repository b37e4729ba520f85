"""Every table that a public page reads gives the content another version when it changes, without anybody's help."""

import json
import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from common.http.public_pages import parameters_of
from moderation.choices import StatementState
from moderation.models import Announcement, Statement
from pages import content_triggers
from pages.content_triggers import PRIVATE_TABLES, public_tables
from reports.models import Tag, Warning
from tests.factories import CommentFactory, ReportFactory, UserFactory, WarningFactory
from tests.services.processes import site_of_its_own, start
from tests.sitemap_of_tests import FOUNDING, routes

TABLES = re.compile(r'(?:FROM|JOIN)\s+"?(\w+)"?')
WALK = "import json\nfrom tests.pages.page_cache.versions import walk\nprint(json.dumps(walk()))"
# Full text is written only together with `search_indexeddocument`; `found` is part of a query.
NO_TABLES = {"search_fulltext", "found"}
MORE = (
    "/search/?q=dingding",
    "/search/?q=trouble",
    "/tools/?feature=read-receipts&name=a",
    "/warnings/?tool=dingtalk&tag=monitoring&tactic=off-platform-contact&marketplace=fiverr",
    "/tools/compare/?tool=dingtalk&tool=wechat",
    f"/warnings/{FOUNDING}/history/?from=1&to=2",
    "/tools/dingtalk/history/?from=0&to=1",
    "/u/Writer/",
)


def public_addresses() -> list[str]:
    """Return an address of each public page, and some with parameters."""
    marked = [
        route.address
        for route in routes()
        if parameters_of(resolve(route.address.partition("?")[0]).func) is not None
    ]
    return [*marked, *MORE]


@pytest.fixture
def much_to_show(db: None) -> None:
    """Something of every kind that a public page can show."""
    writer = UserFactory(handle="Writer")
    warning = WarningFactory(author=writer)
    founding = Warning.objects.get(slug=FOUNDING)
    for row in (warning, founding):
        ReportFactory(warning=row, author=writer)
        CommentFactory(warning=row, author=writer)
    Announcement.objects.create(text="Hello")
    tool = founding.tools.first()
    assert tool is not None
    Statement.objects.create(
        tool=tool,
        speaker="Them",
        domain="them.example",
        token_hash="x",
        body="We say.",
        state=StatementState.PUBLISHED,
    )


def test_there_are_public_pages() -> None:
    assert {"/", "/tools/dingtalk/", f"/warnings/{FOUNDING}/", "/search/", "/feeds/warnings.atom"} <= set(
        public_addresses()
    )


@pytest.mark.usefixtures("much_to_show")
@pytest.mark.parametrize("address", public_addresses())
def test_every_table_that_it_reads_has_triggers(address: str, client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code in {200, 404}
    read = {table for query in queries.captured_queries for table in TABLES.findall(query["sql"])}
    assert read - NO_TABLES <= set(public_tables())


def test_the_private_tables_exist() -> None:
    assert {model._meta.db_table for model in apps.get_models(include_auto_created=True)} >= PRIVATE_TABLES


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """Whether the content had another version after each of the steps in `versions.py`."""
    with site_of_its_own(tmp_path_factory.mktemp("site")) as variables:
        walking = start(WALK, variables)
        printed, errors = walking.communicate(timeout=60)
    assert walking.returncode == 0, errors
    found: dict[str, bool] = json.loads(printed)
    return found


@pytest.mark.parametrize(
    "step", ["insert", "update", "delete", "bulk insert", "raw SQL", "rename somebody", "triggers made again"]
)
def test_each_way_to_write_is_a_change(step: str, changes: dict[str, bool]) -> None:
    assert changes[step]


def test_without_its_connection_a_process_knows_no_version_and_then_another(changes: dict[str, bool]) -> None:
    assert changes["unknown while cut off"]
    assert changes["cut off"]


@pytest.mark.parametrize("step", ["nothing", "read", "roll back", "sign in", "save a draft", "trigger dropped"])
def test_nothing_else_is_a_change(step: str, changes: dict[str, bool]) -> None:
    assert not changes[step]


@pytest.mark.django_db
@pytest.mark.both_databases
def test_tables_that_are_not_there_have_no_triggers(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after going back to a version from before them."""
    tables = [*public_tables(), "directory_of_tomorrow"]
    monkeypatch.setattr(content_triggers, "public_tables", lambda: tables)
    content_triggers.install_triggers(using=connection.alias)
    Tag.objects.create(name="a", slug="a", folded="a")
