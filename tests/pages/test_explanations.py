"""Home and the pages about the site say what the code does."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from directory import grade
from directory.choices import CanDisable, Control
from directory.models import Feature, Tool
from tests.pages_under_test import elements, links, part, states
from tests.sitemap_of_tests import FOUNDING

pytestmark = pytest.mark.django_db


def test_home_shows_the_worst_tools_the_latest_warning_and_real_figures(visitor: Client) -> None:
    html = visitor.get("/").content.decode()
    assert html.index("/tools/dingtalk/") < html.index("/tools/controlio/")
    assert f'href="/warnings/{FOUNDING}/"' in html
    assert f"<dt>tools</dt><dd>{Tool.objects.count()}</dd>" in html


def test_the_method_shows_the_numbers_of_the_code(visitor: Client) -> None:
    html = visitor.get("/about/method/").content.decode()
    for control in Control:
        assert f'<td>{control.label}</td><td class="number">{grade.CONTROL_WEIGHTS[control]}</td>' in html
    for choice in CanDisable:
        assert f'<td>{choice.label}</td><td class="number">{grade.CAN_DISABLE_WEIGHTS[choice]}</td>' in html
    assert f"1 − {grade.WEIGHT} × " in html
    assert re.search(r"\b40 ?%", html)
    assert re.search(r"\b18\b", html)


def test_the_method_works_out_a_real_example(visitor: Client) -> None:
    html = visitor.get("/about/method/").content.decode()
    assert "DingTalk" in elements(html, "h2", id="example")[0].text
    assert "92.7" in part(html, "sum")


def test_the_method_names_every_floor(visitor: Client) -> None:
    html = visitor.get("/about/method/").content.decode()
    floors = Feature.objects.exclude(floor="")
    assert floors.count() == 2
    for feature in floors:
        assert feature.name in html


@override_settings(CONTACT_EMAIL="host@forewarned.example")
def test_about_names_whom_to_write_to(visitor: Client) -> None:
    assert "mailto:host@forewarned.example" in visitor.get("/about/").content.decode()


@override_settings(CONTACT_EMAIL="")
def test_about_leads_to_the_moderators_when_there_is_no_contact_address(visitor: Client) -> None:
    page = visitor.get("/about/")
    assert "no-contact" in states(page)
    assert "/notice/" in links(page)


@override_settings(CONTACT_EMAIL="")
@pytest.mark.usefixtures("empty_site")
@pytest.mark.parametrize(
    "address", ["/", "/about/", "/about/guidelines/", "/about/privacy/", "/about/method/", "/notice/"]
)
def test_readers_are_not_told_of_settings_and_commands(address: str, visitor: Client) -> None:
    html = visitor.get(address).content.decode()
    documented = (Path(settings.BASE_DIR) / "docs/settings.md").read_text()
    names = set(re.findall(r"`([A-Z0-9]+_[A-Z0-9_]+)`", documented))
    assert "CONTACT_EMAIL" in names
    assert not {name for name in names if name in html}
    assert "manage.py" not in html
