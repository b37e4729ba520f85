"""What happens here when an account is erased."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_erased
from directory.models import Connection


@receiver(account_erased)
def forget_person(user: User, **_: Any) -> None:
    """What somebody declared goes with the account."""
    Connection.objects.filter(user=user).delete()
