"""The files that browsers, crawlers and monitors ask for."""

import re
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from threading import Event
from xml.etree import ElementTree

import pytest
from django.db import OperationalError
from django.test import Client, override_settings

from directory.models import Tool
from pages import health, sitemaps, warm_up
from reports.choices import Status
from reports.models import Tag, Warning
from search.models import IndexState
from tests.factories import WarningFactory

pytestmark = pytest.mark.django_db


def in_sitemap(visitor: Client, address: str) -> dict[str | None, str | None]:
    """Return the addresses in a file of the sitemap, each with its day."""
    response = visitor.get(address)
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314  (our own file)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return {e.findtext(f"{space}loc"): e.findtext(f"{space}lastmod") for e in root}


def test_the_sitemap_names_every_public_page_with_its_day(visitor: Client) -> None:
    hidden = WarningFactory(status=Status.PENDING)
    files = in_sitemap(visitor, "/sitemap.xml")
    base = "http://localhost:8000"
    found: dict[str | None, str | None] = {}
    for file in files:
        assert file
        found |= in_sitemap(visitor, file.removeprefix(base))
    assert found[f"{base}/tools/dingtalk/"] == f"{Tool.objects.get(slug='dingtalk').updated_at:%Y-%m-%d}"
    assert f"{base}/" in found
    assert f"{base}/warnings/{hidden.slug}/" not in found
    assert len(found) == 14 + 76 + 39 + 37 + 21 + Warning.objects.published().count() + Tag.objects.in_use().count()


def test_a_file_of_the_sitemap_has_a_thousand_addresses_at_most(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = in_sitemap(visitor, "/sitemap-tactics-1.xml")
    monkeypatch.setattr(sitemaps, "ADDRESSES_IN_A_FILE", 10)
    files = [file for file in in_sitemap(visitor, "/sitemap.xml") if file and "-tactics-" in file]
    parts = [in_sitemap(visitor, file.removeprefix("http://localhost:8000")) for file in files]
    assert len(parts) > 2
    assert max(len(part) for part in parts) <= 10
    assert {address for part in parts for address in part} == set(everything)


@pytest.mark.parametrize(
    "name", ["tactics-0", "tactics-9999", "pages-2", "nothing-1", "tactics-99999999999999999999"]
)
def test_there_is_no_other_file_of_the_sitemap(visitor: Client, name: str) -> None:
    assert visitor.get(f"/sitemap-{name}.xml").status_code == 404


def test_robots_name_the_sitemap(visitor: Client) -> None:
    text = visitor.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text
    assert "Disallow: /search/" in text


@override_settings(CONTACT_EMAIL="host@forewarned.example")
def test_security_txt_has_a_contact_and_expires_within_a_year(visitor: Client) -> None:
    lines = dict(
        line.split(": ", 1) for line in visitor.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert lines["Contact"] == "mailto:host@forewarned.example"
    expires = datetime.fromisoformat(lines["Expires"])
    assert datetime.now(UTC) < expires < datetime.now(UTC) + timedelta(days=365)


def test_the_favicon_is_found_at_the_classic_place(visitor: Client) -> None:
    response = visitor.get("/favicon.ico")
    assert (response.status_code, response["Location"].endswith(".svg")) == (301, True)


def test_the_process_says_that_it_lives(visitor: Client) -> None:
    response = visitor.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_the_site_says_that_it_is_ready_and_which_database_it_has(visitor: Client) -> None:
    answer = visitor.get("/readyz").json()
    assert answer["ready"] is True
    assert answer["database"].startswith(("ok: SQLite 3.", "ok: PostgreSQL"))
    assert {answer[part] for part in ("migrations", "index", "start", "disk")} == {"ok"}


def test_it_is_not_ready_when_the_disk_is_nearly_full(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1, 1, 199_000_000))
    response = visitor.get("/readyz")
    assert (response.status_code, response.json()["disk"]) == (503, "failed: only 199 MB free")


def test_it_is_not_ready_without_a_database_and_tells_no_secrets(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise OperationalError("connection to db.internal:5432 as root failed")

    monkeypatch.setattr(health, "_database", fail)
    response = visitor.get("/readyz")
    assert (response.status_code, response.json()["database"]) == (503, "failed: OperationalError")


def test_it_is_not_ready_before_its_migrations(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "pending_migrations", lambda _: {("reports", "9999_next")})
    response = visitor.get("/readyz")
    assert (response.status_code, response.json()["migrations"]) == (503, "failed: 1 migration is not applied")


def test_it_is_not_ready_while_it_loads_the_search(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    waits, goes_on = Event(), Event()

    def prepare() -> None:
        waits.set()
        goes_on.wait(20)

    monkeypatch.setattr("common.text.han.prepare", prepare)
    thread = warm_up.start()
    try:
        assert waits.wait(20)
        answer = visitor.get("/readyz")
        assert (answer.status_code, answer.json()["start"][:8]) == (503, "waiting:")
        assert visitor.get("/").status_code == 200
    finally:
        goes_on.set()
        thread.join()
    assert visitor.get("/readyz").json()["start"] == "ok"


def test_it_becomes_ready_though_the_search_cannot_be_loaded(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OperationalError

    monkeypatch.setattr("common.text.han.prepare", fail)
    warm_up.start().join()
    assert visitor.get("/readyz").json()["start"] == "ok"


def test_it_is_not_ready_before_its_search_index(visitor: Client) -> None:
    IndexState.objects.update(version=0)
    response = visitor.get("/readyz")
    assert response.status_code == 503
    answer = response.json()
    assert answer["index"].startswith("failed: ")
    assert "rebuild_search" in answer["index"]
    assert [name for name, state in answer.items() if str(state).startswith("failed")] == ["index"]


def test_the_service_worker_names_files_that_are_there(visitor: Client) -> None:
    response = visitor.get("/service-worker.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]
    script = response.content.decode()
    files = re.findall(r'"(/static/[^"]+)"', script)
    assert len(files) == 9
    for file in files:
        answer = visitor.get(file)
        assert answer.status_code == 200, file
        answer.close()
    assert visitor.get("/offline/").status_code == 200
