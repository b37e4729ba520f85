"""The picture beside links to a tool."""

import io

import pytest
from django.core.cache import caches
from django.test import Client
from PIL import Image

from directory.card import SIZE, draw_card
from directory.models import Tool

pytestmark = pytest.mark.django_db


def test_it_is_a_picture_of_the_agreed_size(visitor: Client) -> None:
    response = visitor.get("/card/dingtalk.png")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    with Image.open(io.BytesIO(response.content)) as picture:
        assert (picture.size, picture.format, picture.info) == (SIZE, "PNG", {})


def test_it_is_drawn_once_for_each_state(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    caches["pictures"].clear()
    drawn: list[str] = []

    def draw(name: str, grade: str, verdict: str, *, site_name: str) -> bytes:
        drawn.append(grade)
        return b"x"

    monkeypatch.setattr("directory.views.directory.draw_card", draw)
    for _ in range(3):
        visitor.get("/card/signal.png")
    Tool.objects.filter(slug="signal").update(grade="C")
    visitor.get("/card/signal.png")
    assert drawn == ["", "C"]


@pytest.mark.parametrize("grade", ["", "A", "B", "C", "D", "E"])
def test_it_can_be_drawn_for_every_grade_and_any_name(grade: str) -> None:
    assert draw_card("x" * 120, grade, "word " * 100, site_name="Forewarned").startswith(b"\x89PNG")


def test_a_tools_page_names_it(visitor: Client) -> None:
    html = visitor.get("/tools/dingtalk/").content.decode()
    assert '<meta property="og:image" content="http://localhost:8000/card/dingtalk.png">' in html
