"""The cast: Alice wrote, Bob reads and votes, Mona moderates."""

import pytest
from django.test import Client

from accounts.choices import TrustLevel
from accounts.models import User
from reports.models import Warning
from tests.factories import UserFactory, WarningFactory


@pytest.fixture
def alice(db: None) -> User:
    """A member, who began a warning."""
    user: User = UserFactory(handle="Alice", trust_level=TrustLevel.MEMBER)
    return user


@pytest.fixture
def bob(db: None) -> User:
    """A member, who reads."""
    user: User = UserFactory(handle="Bob", trust_level=TrustLevel.MEMBER)
    return user


@pytest.fixture
def nina(db: None) -> User:
    """Somebody new."""
    user: User = UserFactory(handle="Nina")
    return user


@pytest.fixture
def warning(alice: User) -> Warning:
    """Alice's."""
    made: Warning = WarningFactory(author=alice, title="A warning by Alice")
    return made


def signed_in(user: User) -> Client:
    """The browser of somebody."""
    client = Client()
    client.force_login(user)
    return client
