"""The cast: Heron is new, Tess and Theo are trusted, Mona moderates; and a warning to edit."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.choices import TrustLevel
from accounts.models import User
from reports.actions.warnings import rendered, set_tags
from reports.models import Warning
from tests.factories import ToolFactory, UserFactory, WarningFactory

BODY = "They asked for an app.\n\nI refused at first.\n\nThen they left a bad review."


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
def mona() -> User:
    """A moderator with a second factor."""
    user: User = UserFactory(handle="Mona", trust_level=TrustLevel.MODERATOR)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return user


def browser_of(user: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def warning() -> Warning:
    """A published warning about a tool, as it comes out of a report: without a stored version."""
    row: Warning = WarningFactory(
        title="Made to install an app", summary="A buyer insists.", **rendered(BODY, Warning)
    )
    row.tools.add(ToolFactory(slug="madechat", name="Madechat"))
    set_tags(warning=row, names=["monitoring"])
    return row


Filled = Callable[..., dict[str, Any]]


@pytest.fixture
def filled() -> Filled:
    """The edit form of a warning with some fields changed."""

    def fill(warning: Warning, **changed: Any) -> dict[str, Any]:
        fields = {
            "title": warning.title,
            "summary": warning.summary,
            "body": warning.body,
            "what_to_do": "\n".join(warning.what_to_do),
            "tools": ", ".join(warning.tools.values_list("name", flat=True)),
            "tags": ", ".join(warning.tags.values_list("name", flat=True)),
            "comment": "Said it better",
            "based_on": warning.version,
            "key": str(uuid.uuid4()),
            "act": "send",
        }
        return fields | changed

    return fill
