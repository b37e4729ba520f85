"""What is offered while somebody types a tag."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reports.actions import tags
from reports.actions.warnings import set_tags
from reports.choices import Status
from reports.models import Tag
from reports.tag_suggestions import MOST_OFFERED
from tests.factories import WarningFactory
from tests.reports.tags.conftest import tag, tagged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def none_yet(db: None) -> None:
    """Only the tags that a test makes."""
    Tag.objects.all().delete()


def offered(visitor: Client, typed: str) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = visitor.get("/tags/suggestions/", {"q": typed}).json()["suggestions"]
    return lines


def names(visitor: Client, typed: str) -> list[str]:
    return [line["name"] for line in offered(visitor, typed)]


def test_what_begins_so_comes_first_then_what_is_used_most(visitor: Client) -> None:
    for given in (["overnight work"], ["night shifts"], ["nightly calls", "overnight work"], ["nightly calls"]):
        tagged(*given)
    assert names(visitor, "night") == ["nightly calls", "night shifts", "overnight work"]
    assert offered(visitor, "nightly") == [{"name": "nightly calls", "uses": 2, "synonym": ""}]


@pytest.mark.parametrize("typed", ["NIGHT SH", "night-sh", " nights", "ＮＩＧＨＴ", "níght"])
def test_it_is_found_however_it_is_typed(typed: str, visitor: Client) -> None:
    tagged("night shifts")
    assert names(visitor, typed) == ["night shifts"]


def test_other_scripts(visitor: Client) -> None:
    tagged("监控", "слежка")
    assert names(visitor, "监") == ["监控"]
    assert names(visitor, "СЛЕ") == ["слежка"]


def test_a_synonym_gives_its_tag_and_says_by_which_name(mona: User, visitor: Client) -> None:
    tagged("night shifts")
    for name in ("overtime", "overhours"):
        tags.add_synonym(actor=mona, tag=tag("night shifts"), name=name)
    assert offered(visitor, "overt") == [{"name": "night shifts", "uses": 1, "synonym": "overtime"}]
    assert offered(visitor, "over") == [{"name": "night shifts", "uses": 1, "synonym": "overhours"}]
    assert offered(visitor, "night") == [{"name": "night shifts", "uses": 1, "synonym": ""}]


def test_not_too_many_and_in_few_queries(visitor: Client) -> None:
    for number in range(MOST_OFFERED + 4):
        tagged(f"night {number}")
    with CaptureQueriesContext(connection) as captured:
        assert len(offered(visitor, "night")) == MOST_OFFERED
    assert len(captured) <= 2


def test_only_tags_of_published_warnings(visitor: Client) -> None:
    hidden = WarningFactory(status=Status.PENDING)
    set_tags(warning=hidden, names=["secret name"])
    assert names(visitor, "secret") == []


@pytest.mark.parametrize(
    "typed", ["", " ", "!?,", "\x00", "\ud800", "%", "_", '"', "' OR 1=1 --", "\u202e", "x" * 100_000]
)
def test_nothing_is_offered_for_nothing(typed: str, visitor: Client) -> None:
    tagged("night shifts")
    answer = visitor.get("/tags/suggestions/", {"q": typed.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 200
    assert answer.json()["suggestions"] == []
    # However much was sent, little comes back.
    assert len(answer.content) < 1_000


def test_without_a_question_there_is_nothing(visitor: Client) -> None:
    tagged("night shifts")
    assert visitor.get("/tags/suggestions/").json() == {"query": "", "suggestions": []}


def test_a_hostile_name_is_data(visitor: Client) -> None:
    tagged("<img src=x onerror=alert(1)>")
    answer = visitor.get("/tags/suggestions/", {"q": "img"})
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["suggestions"][0]["name"] == "<img src=x onerror=alert(1)>"
    for page in ("/tags/", f"/tags/{Tag.objects.get().slug}/", "/report/"):
        assert "<img src=x" not in visitor.get(page).content.decode()


def test_it_sets_no_cookie_and_a_second_look_is_short(visitor: Client) -> None:
    tagged("night shifts")
    first = visitor.get("/tags/suggestions/?q=night")
    assert not first.cookies
    again = visitor.get("/tags/suggestions/?q=night", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_forms_offer_the_known_ones_without_a_script_too(visitor: Client) -> None:
    tagged("night shifts")
    html = visitor.get("/report/").content.decode()
    assert 'list="known-tags"' in html
    assert 'data-tags="/tags/suggestions/"' in html
    assert '<option value="night shifts"></option>' in html
