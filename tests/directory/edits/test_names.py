"""Editing the names and domains of a tool: each name gets its kind, is found at once, and the loader keeps it."""

import html

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from directory.actions import edits
from directory.catalogue.loader import load
from directory.choices import EntryKind
from directory.entries import find
from directory.forms.edits import content_of, forms_for, posted_forms
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
        ({"app_schemes": "made/chat"}, {"app_schemes": ["scheme"]}),
        ({"app_schemes": "javascript:"}, {"app_schemes": ["scheme"]}),
        ({"recognised_by": "?! [de]"}, {"recognised_by": ["no-letter"]}),
        ({"searched_as": "x" * 201}, {"searched_as": ["too-much"]}),
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


def test_links_descriptions_and_ambiguous_names_are_edited_found_at_once_and_restored(
    tess: User, tool: Tool, visitor: Client
) -> None:
    client, at = browser_of(tess), f"/tools/{tool.slug}/edit/"
    typed = {
        "names": "造聊 [zh, ambiguous]\nChatmade [de]",
        "ambiguous": "yes",
        "app_schemes": "Madechat://\nmade-chat:",
        "recognised_by": "Beige icon with a walrus\nbeiges Walross [de]",
        "searched_as": "they hum the national anthem at me",
    }
    assert client.post(at, filled(client, at, **typed)).status_code == 302
    assert [*tool.names.values_list("text", "lang", "ambiguous")] == [
        ("Madechat", "", True), ("造聊", "zh", True), ("Chatmade", "de", False),
    ]  # fmt: skip
    assert [*tool.app_schemes.values_list("scheme", flat=True)] == ["madechat", "made-chat"]
    described = [
        ("Beige icon with a walrus", "en", True), ("beiges Walross", "de", True),
        ("they hum the national anthem at me", "en", False),
    ]  # fmt: skip
    assert [*tool.descriptions.values_list("text", "lang", "neutral")] == described
    for words in ("made-chat:x?y=1", "beige walrus icon", "beiges Walross", "somebody hums the national anthem"):
        assert "Madechat" in visitor.get("/search/", {"q": words}).content.decode()
    assert client.post(at, filled(client, at)).context["form"] is not None
    emptied = dict.fromkeys(typed, "") | {"ambiguous": "no"}
    assert client.post(at, filled(client, at, **emptied)).status_code == 302
    assert not tool.descriptions.exists()
    first = EntryRevision.objects.get(number=1)
    assert client.post(f"/directory-edits/{first.pk}/restore/").status_code == 302
    assert [*tool.descriptions.values_list("text", "lang", "neutral")] == described
    assert tool.names.filter(text="造聊", lang="zh", ambiguous=True).exists()


def test_the_form_of_no_tool_loses_anything() -> None:
    for tool in Tool.objects.all():
        entry = find(EntryKind.TOOL, tool.slug)
        assert entry is not None
        opened, _ = forms_for(entry)
        sent, _ = posted_forms(entry, {**opened.initial, "comment": "Nothing"})
        assert sent.is_valid(), (tool.slug, sent.errors)
        assert {**entry.content, **content_of(sent, None)} == entry.content, tool.slug


def test_an_edit_from_before_there_were_descriptions_leaves_them(tess: User, tool: Tool) -> None:
    tool.descriptions.create(text="Beige icon", neutral=True)
    tool.app_schemes.create(scheme="madechat")
    entry = find(EntryKind.TOOL, tool.slug)
    assert entry is not None
    new = {"app_schemes", "recognised_by", "searched_as", "ambiguous"}
    older = {name: value for name, value in entry.content.items() if name not in new}
    edits.edit(
        actor=tess, entry=entry, base=older, content=older | {"summary": "Another."}, comment="Shorter", today=TODAY
    )
    assert (tool.descriptions.get().text, tool.app_schemes.get().scheme) == ("Beige icon", "madechat")


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
