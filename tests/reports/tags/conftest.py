"""The cast: Mona and Max moderate, Bob reads and watches; and warnings with tags."""

import pytest
from allauth.mfa.models import Authenticator

from accounts.choices import TrustLevel
from accounts.models import User
from reports.actions.warnings import set_tags
from reports.models import Tag, Warning
from tests.factories import UserFactory, WarningFactory


def moderator(handle: str) -> User:
    """Somebody of the staff with a second factor."""
    user: User = UserFactory(handle=handle, trust_level=TrustLevel.MODERATOR)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return user


@pytest.fixture
def mona(db: None) -> User:
    """A moderator with a second factor."""
    return moderator("Mona")


def tagged(*names: str) -> Warning:
    """A published warning with these tags."""
    warning: Warning = WarningFactory()
    set_tags(warning=warning, names=names)
    return warning


def tag(name: str) -> Tag:
    """The tag with exactly this name."""
    found: Tag = Tag.objects.get(name=name)
    return found


def tags_of(warning: Warning) -> set[str]:
    """The names of the tags that a warning has now."""
    return {tagged.tag.name for tagged in warning.tagged.select_related("tag")}
