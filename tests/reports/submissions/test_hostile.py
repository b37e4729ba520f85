"""Hostile and odd texts through every field of every form: never an error of ours, never a script."""

import re
import uuid
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.common.attacks import ATTACKS
from tests.common.odd_texts import ODD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

FIELDS = "tools tactics marketplace happened_in title body outcome amount currency tags joins notify website draft version proof".split()
MORE = "act keep looked replaces alt-x".split()


@pytest.mark.parametrize("act", ["preview", "send", "save"])
def test_no_text_breaks_the_page_whatever_field_it_is_in(act: str, filled: dict[str, Any], settings: Any) -> None:
    settings.RATE_LIMITS = False
    visitor = Client()
    for text in ODD:
        answer = visitor.post("/report/", dict.fromkeys(FIELDS, text) | {"draft": str(uuid.uuid4()), "act": act})
        assert answer.status_code in {200, 302, 422}, text[:40]


@pytest.mark.parametrize("field", [*FIELDS, *MORE])
def test_no_field_of_a_report_breaks_the_page(field: str, filled: dict[str, Any], settings: Any) -> None:
    settings.RATE_LIMITS = False
    visitor = Client()
    for text in ("\x00", "-1", "' OR '1'='1", "[" * 5_000, "ا" * 100):
        answer = visitor.post("/report/", filled | {"draft": str(uuid.uuid4())} | {field: text})
        assert answer.status_code in {200, 302, 409, 422}, (field, text[:40])


@pytest.mark.parametrize("path", ["/report/", "/report/draft/", "/report/offers/", "/track/"])
def test_bytes_that_are_no_text_are_no_error(path: str) -> None:
    for body in (b"body=\xff\xfe&title=\x80", b"%ff%fe=%80", b"=" * 500, b"&" * 500, b"body"):
        answer = Client().post(path, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500
    broken = Client().post(path, b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x")
    assert broken.status_code < 500


@pytest.mark.parametrize(
    "address",
    ["/report/?tools={}", "/report/?draft={}", "/report/?joins={}", "/search/?q={}", "/u/{}/", "/track/{}/"],
)
def test_no_address_breaks_the_page(address: str, visitor: Client, settings: Any) -> None:
    settings.RATE_LIMITS = False
    for text in ODD:
        part = quote(text[:200].replace("/", ""), safe="") or "x"
        assert visitor.get(address.format(part)).status_code in {200, 301, 302, 404}, text[:40]


class Found(HTMLParser):
    """Collects what could run or load in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        ours = tag == "script" and ("integrity" in given or given.get("type") == "application/json")
        if tag in {"script", "iframe", "object", "embed", "base", "meta", "style", "svg"} and not ours:
            self.bad.append(tag)
        for name, value in given.items():
            address = (
                re.sub(r"\s", "", value or "").lower() if name in {"href", "src", "action", "formaction"} else ""
            )
            if name.startswith("on") or address.startswith(("javascript:", "data:", "vbscript:", "//")):
                self.bad.append(f"{tag} {name}={value}")


def test_no_attack_runs_in_the_preview_or_in_what_looks_personal(
    visitor: Client, filled: dict[str, Any], settings: Any
) -> None:
    settings.RATE_LIMITS = False
    for text in ATTACKS[::11]:
        form = filled | {"draft": str(uuid.uuid4()), "body": f"{text} mail me: a@example.com", "title": text[:100]}
        for act in ("preview", "send"):
            html = visitor.post("/report/", form | {"act": act}).content.decode()
            found = Found()
            # Our own head and icons stand outside; what people wrote stands in the form.
            found.feed(re.sub(r'<svg class="icon".*?</svg>', "", html.partition("<main")[2].partition("</main>")[0]))
            assert found.bad == [], text
