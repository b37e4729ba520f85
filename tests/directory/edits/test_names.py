"""Editing the names and domains of a tool: each name gets its kind, is found at once, and the loader keeps it."""

import html

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from directory.catalogue.loader import load
from directory.models import EntryRevision, Tool
from tests.directory.edits.conftest import browser_of, filled
from tests.pages_under_test import codes
from tests.prepared import TODAY

pytestmark = pytest.mark.django_db


def test_names_and_domains_are_edited_found_at_once_and_restored(tess: User, tool: Tool, visitor: Client) -> None:
    client, at = browser_of(tess), f"/tools/{tool.slug}/edit/"
    before = [*tool.names.values_list("text", "kind")]
    typed = {"names": "Made Chat\nM4dechat\n造聊\nMADE-CHAT", "domains": "Madechat.example\nm.example/join"}
    assert client.post(at, filled(client, at, **typed)).status_code == 302
    kinds = dict(tool.names.values_list("text", "kind"))
    assert (kinds["Madechat"], kinds["M4dechat"], kinds["造聊"]) == ("official", "disguise", "native")
    assert [*tool.domains.values_list("domain", flat=True)] == ["madechat.example", "m.example/join"]
    for words in ("造聊", "https://madechat.example/x"):
        assert "Madechat" in visitor.get("/search/", {"q": words}).content.decode()
    client.post(at, filled(client, at, names="", domains=""))
    assert [*tool.names.values_list("text", "kind")] == before
    first = EntryRevision.objects.get(number=1)
    assert client.post(f"/directory-edits/{first.pk}/restore/").status_code == 302
    assert dict(tool.names.values_list("text", "kind")) == kinds


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"names": "!!!"}, {"names": ["no-letter"]}),
        ({"names": "x" * 121}, {"names": ["too-much"]}),
        ({"names": "\n".join(f"Name {number}" for number in range(101))}, {"names": ["too-much"]}),
        ({"names": "Ding Talk"}, {"__all__": ["name-taken"]}),
        ({"domains": "not one"}, {"domains": ["address"]}),
        ({"domains": "javascript:alert(1)"}, {"domains": ["address"]}),
    ],
)
def test_names_and_domains_that_cannot_be_are_refused(
    typed: dict[str, str], wrong: dict[str, list[str]], tess: User, tool: Tool
) -> None:
    client, at = browser_of(tess), f"/tools/{tool.slug}/edit/"
    answer = client.post(at, filled(client, at, **typed))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert codes(form) == wrong
    [[error]] = form.errors.values()
    assert html.escape(error) in answer.content.decode()
    assert tool.names.count() == 1


def test_names_that_two_people_add_are_both_there(tess: User, theo: User, tool: Tool) -> None:
    one, two = browser_of(tess), browser_of(theo)
    at = f"/tools/{tool.slug}/edit/"
    first, second = filled(one, at, names="Chatmade"), filled(two, at, domains="made.example")
    assert one.post(at, first).status_code == 302
    assert two.post(at, second).status_code == 302
    assert tool.names.filter(text="Chatmade").exists()
    assert tool.domains.get().domain == "made.example"


def test_the_loader_keeps_names_that_people_added(tess: User) -> None:
    client, at = browser_of(tess), "/tools/dingtalk/edit/"
    form = filled(client, at)
    form["names"] += "\nDingeling Chat"
    assert client.post(at, form).status_code == 302
    load(settings.CATALOGUE_DIR, today=TODAY, progress=lambda *_: None)
    assert Tool.objects.get(slug="dingtalk").names.filter(text="Dingeling Chat").exists()
