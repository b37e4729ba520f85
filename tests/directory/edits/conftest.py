"""The cast: Heron is new, Tess and Theo are trusted; and a tool with a fact to edit."""

from typing import Any

import pytest
from django.test import Client

from accounts.choices import TrustLevel
from accounts.models import User
from directory.models import Tool, ToolFeature
from tests.factories import FactFactory, ToolFactory, UserFactory


@pytest.fixture
def heron() -> User:
    """Somebody with a new account."""
    user: User = UserFactory(handle="Heron")
    return user


@pytest.fixture
def tess() -> User:
    """Somebody trusted."""
    user: User = UserFactory(handle="Tess", trust_level=TrustLevel.TRUSTED)
    return user


@pytest.fixture
def theo() -> User:
    """Somebody else who is trusted."""
    user: User = UserFactory(handle="Theo", trust_level=TrustLevel.TRUSTED)
    return user


@pytest.fixture
def tool() -> Tool:
    """A tool."""
    row: Tool = ToolFactory(slug="madechat", name="Madechat")
    return row


@pytest.fixture
def fact(tool: Tool) -> ToolFeature:
    """What it can do."""
    row: ToolFeature = FactFactory(tool=tool)
    return row


def browser_of(user: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def filled(client: Client, address: str, **changed: Any) -> dict[str, Any]:
    """The form of an entry as it is opened, with a reason and some fields changed; `passage` is the first source's."""
    context = client.get(address).context
    fields = {name: "" if value is None else value for name, value in context["form"].initial.items()}
    if context["sources"]:
        fields |= {"sources-TOTAL_FORMS": len(context["sources"]), "sources-INITIAL_FORMS": 0}
        for number, form in enumerate(context["sources"]):
            fields |= {f"sources-{number}-{name}": value for name, value in form.initial.items()}
    fields |= {"comment": "Looked again", "checked_on": fields.get("checked_on") or "2026-11-20"}
    passage = changed.pop("passage", "It says so.")
    if context["sources"]:
        fields |= {"sources-0-url": fields.get("sources-0-url") or "https://vendor.example/help"}
        fields |= {"sources-0-title": fields.get("sources-0-title") or "Help", "sources-0-passage": passage}
    return fields | changed
