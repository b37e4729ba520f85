"""The design page shows what the site is made of; the icons are the ones that pages use."""

import re

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from common.templatetags.site import along_meter, hue, icon, initials
from frontend.icons import LICENCE, PACKAGE, SPRITE, sprite
from pages.design import ICONS
from tests.pages_under_test import elements

TEMPLATES = settings.BASE_DIR / "templates"


@pytest.mark.django_db
def test_every_component_is_on_it_in_both_schemes(visitor: Client) -> None:
    html = visitor.get("/about/design/").content.decode()
    for part in ("colours", "type", "spaces", "grades", "switches", "buttons", "cards", "tables", "small", "callouts",
                 "words", "disclosure", "pages", "dialogs", "icons", "forms", "errors"):  # fmt: skip
        for scheme in ("light", "dark"):
            assert f'id="{scheme}-{part}"' in html
    assert elements(html, "ul", class_="errorlist")
    assert 'aria-invalid="true"' in html


@pytest.mark.django_db
def test_an_empty_site_has_a_design_too(empty_site: None, visitor: Client) -> None:
    assert visitor.get("/about/design/").status_code == 200


def test_the_sprite_is_what_the_pinned_package_gives() -> None:
    assert SPRITE.read_text("utf-8") == sprite()
    assert LICENCE.read_text("utf-8") == (PACKAGE / "LICENSE").read_text("utf-8")


def test_every_icon_in_use_is_in_the_sprite_and_on_the_page() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text("utf-8")))
    named = {
        name for path in TEMPLATES.rglob("*.html") for name in re.findall(r"{% icon ['\"]([^'\"]+)", path.read_text())
    }
    assert named <= drawn
    assert set(ICONS) == drawn


def test_an_icon_is_not_read_out() -> None:
    assert 'aria-hidden="true"' in icon("search")


@given(st.text())
def test_anybody_has_an_avatar(name: str) -> None:
    assert len(initials(name)) >= 1
    assert hue(name) in range(6)


@pytest.mark.parametrize(("name", "letters"), [("Ada Byron", "AB"), ("mona", "M"), ("钉钉", "钉"), ("_", "?")])
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(("risk", "place"), [(0, "-5.0"), (50, "95.0"), (100, "195.0"), (130, "195.0")])
def test_the_mark_stands_where_the_risk_is(risk: float, place: str) -> None:
    assert along_meter(risk) == place
