"""Accounts: a handle is one person's, an address is nobody's business."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.display_names import FORMER
from accounts.models import User
from config import settings as config_settings

pytestmark = pytest.mark.django_db


def test_a_new_user_has_the_lowest_trust_and_no_address(settings: Any) -> None:
    settings.PASSWORD_HASHERS = list(config_settings.PASSWORD_HASHERS)
    user = User.objects.create_user("Alice", "correct horse battery")
    assert (user.trust_level, user.email, str(user)) == (TrustLevel.NEW, None, "Alice")
    assert user.check_password("correct horse battery")
    assert user.password.startswith("argon2$argon2id$")


def test_a_handle_is_found_in_any_spelling() -> None:
    alice = User.objects.create_user("Alice B")
    assert User.objects.get_by_natural_key("alice-b") == alice


@pytest.mark.parametrize("handle", ["ALICE", "a l i c e", "Álice", "alice"])
def test_a_handle_that_folds_like_another_is_taken(handle: str) -> None:
    User.objects.create_user("Alice")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(handle)


def test_a_handle_needs_a_letter_or_digit() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("!!!")


def test_an_erased_user_keeps_no_address_and_is_shown_without_a_name() -> None:
    user = User.objects.create_user("Alice", email="alice@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(erased_at=timezone.now())
    User.objects.filter(pk=user.pk).update(erased_at=timezone.now(), email=None)
    user.refresh_from_db()
    assert user.shown_name == FORMER
