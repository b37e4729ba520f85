"""One copy of the form of an entry, sent more than once: the same text is one edit, and other text is another."""

import pytest

from accounts.models import User
from directory.actions import edits
from directory.choices import RevisionState
from directory.models import EntryRevision, Tool
from tests.directory.edits.conftest import browser_of, filled

pytestmark = pytest.mark.django_db
ADDRESS = "/tools/madechat/edit/"


@pytest.mark.parametrize(
    ("name", "value"),
    [("summary", "Another <b>one</b>."), ("names", "Maidchat\nМадечат"), ("safer_use", "Do not.\nLeave 😀.")],
)
def test_another_text_is_another_version(tess: User, tool: Tool, name: str, value: str) -> None:
    client = browser_of(tess)
    sent = filled(client, ADDRESS, summary="The first one.")
    for form in (sent, sent, sent | {name: value}, sent | {name: value}):
        assert client.post(ADDRESS, form).status_code == 302
    last = EntryRevision.objects.of_entry("tool", "madechat")[0]
    assert last.number == 2
    stored = last.after[name]
    assert stored == value if isinstance(stored, str) else set(value.split("\n")) <= set(stored)


def test_another_text_is_another_suggestion(heron: User, tool: Tool) -> None:
    client = browser_of(heron)
    sent = filled(client, ADDRESS, summary="The first one.")
    for form in (sent, sent, sent | {"summary": "The second one."}):
        client.post(ADDRESS, form)
    rows = EntryRevision.objects.filter(author=heron, state=RevisionState.SUGGESTED).order_by("pk")
    assert [row.after["summary"] for row in rows] == ["The first one.", "The second one."]
    edits.withdraw(actor=heron, revision=rows[0])
    client.post(ADDRESS, sent)
    assert EntryRevision.objects.filter(author=heron, state=RevisionState.SUGGESTED).count() == 2
