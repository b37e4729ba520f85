"""docs/permissions.yml is the truth: every route, with every method, as every role."""

from contextlib import nullcontext
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
import yaml
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from tests.factories import UserFactory
from tests.pages_under_test import unrendered
from tests.sitemap_of_tests import Route, routes

pytestmark = pytest.mark.django_db

RULES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "docs/permissions.yml").read_text(encoding="utf-8")
)
METHODS = ("GET", "POST")
# What answers to HEAD and refuses the rest knows no levels of trust: one role stands for all that have the same door.
OTHER_METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "TRACE")
DOORS = {"anonymous", "member", "administrator", "unprotected"}
# Who may see a page is decided before it is rendered: it is rendered for a reader, for one of those who have an
# account, and for one who sees all that a page can hold; for the others nothing is put in its place.
RENDERED = {"anonymous", "member", "administrator"}
# Staff whose second factor is set up, but for the one role that shows what happens without.
TRUST = {
    "member": TrustLevel.MEMBER,
    "trusted": TrustLevel.TRUSTED,
    "moderator": TrustLevel.MODERATOR,
    "administrator": TrustLevel.ADMINISTRATOR,
    "unprotected": TrustLevel.ADMINISTRATOR,
    "suspended": TrustLevel.MEMBER,
    "closed": TrustLevel.MEMBER,
}


@pytest.fixture
def as_role() -> dict[str, Client]:
    """A browser for each role."""
    clients = {"anonymous": Client()}
    for role, trust in TRUST.items():
        until = timezone.now() + timedelta(days=1) if role == "suspended" else None
        user: User = UserFactory(handle=role, trust_level=trust, is_active=role != "closed", suspended_until=until)
        if trust in {TrustLevel.MODERATOR, TrustLevel.ADMINISTRATOR} and role != "unprotected":
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
        clients[role] = Client()
        clients[role].force_login(user)
    return clients


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    assert {route.pattern for route in routes()} == set(RULES["routes"])


def test_the_roles_are_those_that_are_tested() -> None:
    assert set(RULES["roles"]) == {"anonymous", *TRUST}


def parts() -> dict[str, list[Route]]:
    """The routes by the first part of their address."""
    found: dict[str, list[Route]] = {}
    for route in routes():
        found.setdefault(route.pattern.partition("/")[0] or "home", []).append(route)
    return found


@pytest.mark.parametrize("part", parts())
def test_it_answers_as_the_table_says(part: str, as_role: dict[str, Client], settings: Any) -> None:
    """Every route, method and role: some parts of the site have so many that it takes many seconds."""
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = settings.RATE_LIMITS = False
    for route in parts()[part]:
        group = RULES["groups"][RULES["routes"][route.pattern]]
        for role, client in as_role.items():
            rule = group | group.get("as", {}).get(role, {})
            if role == "unprotected" and not route.pattern.startswith("accounts/"):
                rule = {"any": 302}
            for method in [*METHODS, *(OTHER_METHODS if role in DOORS else ())]:
                allowed = rule.get("loose") if method not in {"GET", "HEAD"} else None
                expected = allowed or [rule.get("any") or rule.get("GET" if method == "HEAD" else method, 405)]
                with nullcontext() if role in RENDERED and method in METHODS else unrendered():
                    got = status_of(client, method, route.address)
                assert got in expected, f"{method} {route.address} as {role}: {got}"


def status_of(client: Client, method: str, address: str) -> int:
    """How a request is answered; nothing that it does outlives it, signing out for one."""
    cookies = client.cookies.output()
    before = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        status = client.generic(method, address).status_code
        transaction.set_rollback(True)
    if client.cookies.output() != cookies:
        client.cookies = before
    return status
