"""The address in a legal notice: any spelling of a page of ours, and none that leads nowhere."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from moderation.models import LegalNotice
from reports.choices import Status
from reports.models import Warning
from tests.factories import CommentFactory, ReportFactory, TagFactory, WarningFactory
from tests.moderation.test_legal_notices import filled, sent
from tests.pages_under_test import codes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        *("/warnings/{slug}/", "/warnings/{slug}", "//warnings//{slug}/", "warnings/{slug}/", "/WARNINGS/{upper}/"),
        *(
            "our.example/warnings/{slug}/",
            "https://our.example/warnings/{slug}/",
            "http://our.example/warnings/{slug}",
        ),
        *(
            "HTTPS://Our.Example:443/warnings/{slug}/",
            "www.our.example/warnings/{slug}/",
            "//our.example/warnings/{slug}/",
        ),
        *(
            "https:/our.example/warnings/{slug}/",
            "https:\\\\our.example\\warnings\\{slug}\\",
            "our.example./warnings/{slug}/",
        ),
        *(
            "<https://our.example/warnings/{slug}/>",
            "“our.example/warnings/{slug}/”,",
            "our.example:80/warnings/{slug}",
        ),
        *("/tools/../warnings/{slug}/", "/warnings/{slug}/?page=2", "/warnings/{slug}/#report-of-nobody"),
        *("https://our.example/%77arnings/{slug}/", "http://me@our.example/warnings/{slug}/"),
    ],
)
def test_any_spelling_of_an_address_of_ours_is_understood(warning: Warning, settings: Any, typed: str) -> None:
    settings.PUBLIC_URL = "https://our.example"
    sent(warning, url=typed.format(slug=warning.slug, upper=warning.slug.upper()))
    notice = LegalNotice.objects.get()
    assert notice.url.startswith(f"https://our.example/warnings/{warning.slug}/")
    assert notice.case.warning == warning


@pytest.mark.parametrize("kind", ["report", "comment", "comment-page", "profile", "tool", "tag", "page", "version"])
def test_a_notice_about_any_public_page_is_taken(warning: Warning, bob: User, kind: str) -> None:
    pages: dict[str, Callable[[], str]] = {
        "report": lambda: f"{warning.get_absolute_url()}#report-{ReportFactory(warning=warning).public_id}",
        "comment": lambda: f"{warning.get_absolute_url()}#comment-{CommentFactory(warning=warning).public_id}",
        "comment-page": lambda: f"/comments/{CommentFactory(warning=warning).public_id}/",
        "profile": lambda: "/u/bob/",
        "tool": lambda: "/tools/Any Desk/",
        "tag": lambda: f"/tags/{TagFactory().slug}/",
        "page": lambda: "/about/",
        "version": lambda: f"/warnings/{Warning.objects.filter(founding=True)[0].slug}/history/1/",
    }
    assert sent(warning, url=pages[kind]())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("/warnings/no-such/", "no-page"), ("/no/such/page", "no-page"), ("our.example/tools/no-such/", "no-page")),
        *(("/u/nobody/", "no-page"), ("/comments/00000000-0000-4000-8000-000000000000/", "no-page")),
        *(("/evidence/00000000-0000-4000-8000-000000000000/", "no-page"), ("/tags/no-such/", "no-page")),
        *(
            ("/warnings/{waits}/", "no-page"),
            ("/warnings/{slug}/history/999/", "no-page"),
            ("/tools/%00/", "no-page"),
        ),
        *(("/track/babab-babab/", "no-page"), ("nonsense", "no-page"), ("/" + "%E2%82%AC" * 50, "no-page")),
        *(("https://evil.example/warnings/{slug}/", "not-here"), ("https://our.example@evil.example/", "not-here")),
        *(("our.example.evil.example/warnings/{slug}/", "not-here"), ("ftp://our.example/", "not-here")),
        *(("https://our.example:8443/", "not-here"), ("javascript:alert(1)", "not-here"), ("<>", "not-here")),
        *(("evil.example/warnings/{slug}/", "not-here"), ("mailto:bob@our.example", "not-here")),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(warning: Warning, settings: Any, typed: str, code: str) -> None:
    settings.PUBLIC_URL = "https://our.example"
    waits = WarningFactory(status=Status.PENDING, published_at=None)
    answer = Client().post("/notice/", filled(warning, url=typed.format(slug=warning.slug, waits=waits.slug)))
    assert codes(answer.context["form"])["url"] == [code]
    assert not LegalNotice.objects.exists()
