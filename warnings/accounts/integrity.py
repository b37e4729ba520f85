"""Check what accounts store twice: how handles are compared, roles, addresses, and whose a session is."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY

from accounts.choices import TrustLevel
from accounts.models import Session, User
from common.db.row_checks import Rows, check_of_rows, differences, name_of, shown
from common.text.folding import fold
from common.text.skeletons import skeleton


def _handles(users: Rows) -> Iterator[str]:
    looks = {user.pk: skeleton(user.handle) for user in users}
    taken = set(User.objects.filter(handle_skeleton__in=looks.values()).values_list("handle_skeleton", flat=True))
    for user in users:
        yield from differences(user, {"handle_folded": fold(user.handle)})
        look = looks[user.pk]
        # The look of a handle belongs to one account only: the others that had it already have none.
        if user.handle_skeleton != (look or None) and not (user.handle_skeleton is None and look in taken):
            yield f"{name_of(user)}: handle_skeleton is {shown(user.handle_skeleton)}; it should be {shown(look)}."


def _roles(users: Rows) -> Iterator[str]:
    for user in users:
        administers = user.trust_level == TrustLevel.ADMINISTRATOR
        yield from differences(user, {"is_staff": administers, "is_superuser": administers})


def _addresses(users: Rows) -> Iterator[str]:
    rows = EmailAddress.objects.filter(user__in=users, primary=True).values_list("user", "email")
    primary = dict(rows)
    for user in users:
        if user.pk in primary and (user.email or "").lower() != primary[user.pk].lower():
            yield f"{name_of(user)}: email is not the primary address of the account."


def _sessions(sessions: Rows) -> Iterator[str]:
    for session in sessions:
        data = session.get_decoded()
        # After a change of the site's key nothing can be read, and everyone is signed out.
        if data and str(data.get(SESSION_KEY, "")) != str(session.user_id or ""):
            yield f"accounts.Session {session.public_id}: user is not the one who is signed in with it."


CHECKS = (
    check_of_rows(
        "accounts: handles",
        *("accounts.User.handle_folded", "accounts.User.handle_skeleton"),
        rows=User.objects.all,
        find=_handles,
    ),
    check_of_rows(
        "accounts: roles",
        *("accounts.User.is_staff", "accounts.User.is_superuser"),
        rows=User.objects.all,
        find=_roles,
    ),
    check_of_rows("accounts: addresses", "accounts.User.email", rows=User.objects.all, find=_addresses),
    check_of_rows("accounts: sessions", "accounts.Session.user", rows=Session.objects.all, find=_sessions),
)
