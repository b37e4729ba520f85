"""The cast at the desk: Mona and Max moderate, Ada administers; Alice and Bob write, Nina is new."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.choices import TrustLevel
from accounts.models import User
from tests.factories import UserFactory
from tests.letters import letters
from tests.reports.conftest import alice, bob, nina, signed_in, warning

__all__ = ["alice", "bob", "letters", "nina", "warning"]


@pytest.fixture
def mona(db: None) -> User:
    """A moderator."""
    user: User = UserFactory(handle="Mona", trust_level=TrustLevel.MODERATOR)
    return user


@pytest.fixture
def max_(db: None) -> User:
    """Another moderator."""
    user: User = UserFactory(handle="Max", trust_level=TrustLevel.MODERATOR)
    return user


@pytest.fixture
def ada(db: None) -> User:
    """An administrator."""
    user: User = UserFactory(handle="Ada", trust_level=TrustLevel.ADMINISTRATOR)
    return user


@pytest.fixture
def desk(mona: User) -> Client:
    """Mona's browser, with her second factor."""
    Authenticator.objects.create(user=mona, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return signed_in(mona)
