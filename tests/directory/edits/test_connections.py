"""What people declare to have to do with tools."""

import pytest
from django.test import Client

from accounts.actions.accounts import erase_account
from accounts.display_names import FORMER
from accounts.models import User
from audit.models import Entry
from directory.models import Connection, EntryRevision, Tool
from tests.directory.edits.conftest import browser_of, filled
from tests.pages_under_test import part, parts

pytestmark = pytest.mark.django_db
AT = "/accounts/connections/"


def test_it_is_declared_shown_changed_and_ended(tess: User, visitor: Client) -> None:
    client = browser_of(tess)
    assert AT in client.get("/accounts/").content.decode()
    for words in ("I sell them", "I sold them"):
        assert client.post(AT, {"tool": "dingtalk", "words": words}).status_code == 302
    assert "I sold them" in client.get(AT).content.decode()
    assert "I sold them" in part(visitor.get("/u/Tess/"), "connections")
    row = Connection.objects.get()
    assert browser_of(User.objects.create_user("Charlie")).post(f"{AT}{row.pk}/end/").status_code == 404
    assert client.post(f"{AT}{row.pk}/end/").status_code == 302
    assert not Connection.objects.exists()
    assert "connections" not in parts(visitor.get("/u/Tess/"))
    assert Entry.objects.filter(verb__startswith="connection.").count() == 3


@pytest.mark.parametrize("fields", [{}, {"tool": "nothing", "words": "x"}, {"tool": "dingtalk", "words": " "}])
def test_it_needs_a_tool_and_words(fields: dict[str, str], tess: User) -> None:
    assert browser_of(tess).post(AT, fields).status_code == 422


def test_it_goes_with_the_account_and_so_do_suggestions(heron: User, tess: User, tool: Tool) -> None:
    client, at = browser_of(heron), f"/tools/{tool.slug}/edit/"
    client.post(at, filled(client, at, summary="Suggested."))
    client.post(AT, {"tool": "dingtalk", "words": "Seller"})
    trusted = browser_of(tess)
    trusted.post(at, filled(trusted, at, summary="Edited."))
    erase_account(actor=heron)
    erase_account(actor=tess)
    assert not Connection.objects.exists()
    assert [row.after["summary"] for row in EntryRevision.objects.all()] == ["Edited."]
    assert FORMER in Client().get(f"/tools/{tool.slug}/history/").content.decode()
