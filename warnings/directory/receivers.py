"""Remove an erased account from the directory's history."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_erased
from directory.choices import RevisionState
from directory.models import Connection, EntryRevision


@receiver(account_erased)
def erase_person(user: User, **_: Any) -> None:
    """Delete the account's declared connections and unpublished suggestions."""
    Connection.objects.filter(user=user).delete()
    EntryRevision.objects.filter(author=user).exclude(state=RevisionState.APPLIED).delete()
    EntryRevision.objects.filter(author=user).update(connection="")
