"""What tests of reports need: somebody with an account, somebody without, and a filled-in form."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.choices import TrustLevel
from accounts.models import User
from tests.common.images import hostile

BODY = "They asked me to install the app before anything was ordered, and then read every message that I wrote there."


@pytest.fixture(autouse=True)
def evidence_folder(tmp_path: Path, settings: Any) -> Path:
    """Pictures go into a folder of the test's own."""
    folder = tmp_path / "evidence"
    options = {"location": folder, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"evidence": {"BACKEND": backend, "OPTIONS": options}}
    return folder


@pytest.fixture
def filled() -> dict[str, Any]:
    """A form that can be sent."""
    return {
        "draft": str(uuid.uuid4()),
        "version": "0",
        "tools": "Zorblax Messenger",
        "marketplace": "fiverr",
        "happened_in": "2026-05",
        "title": "Made to install a messenger before the order",
        "body": BODY,
        "outcome": "refused",
        "act": "send",
    }


@pytest.fixture
def heron() -> User:
    """Somebody with a new account."""
    return User.objects.create_user("Heron", "correct horse battery")


@pytest.fixture
def member(heron: User) -> Client:
    """The browser of somebody with a new account."""
    client = Client()
    client.force_login(heron)
    return client


@pytest.fixture
def mona() -> User:
    """A moderator."""
    user = User.objects.create_user("Mona", "correct horse battery")
    User.objects.filter(pk=user.pk).update(trust_level=TrustLevel.MODERATOR)
    user.refresh_from_db()
    return user


@pytest.fixture
def png() -> bytes:
    """A screenshot."""
    return hostile.saved(hostile.picture(), "PNG")


Code = Callable[[Client, dict[str, Any]], str]


@pytest.fixture
def code_of() -> Code:
    """Send a form without an account and return the tracking code."""

    def send(client: Client, form: dict[str, Any]) -> str:
        response = client.post("/report/", form, follow=True)
        return str(response.context["code"])

    return send


@pytest.fixture(params=["member", "stranger"])
def browser(request: pytest.FixtureRequest, heron: User) -> Client:
    """A browser of somebody with an account, and of somebody without."""
    client = Client()
    if request.param == "member":
        client.force_login(heron)
    return client
