"""Mails about accounts: they name the site as its host does, whatever address a request came in by."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from django.core import mail
from django.test import Client, RequestFactory

from accounts.adapter import AccountAdapter
from accounts.models import User
from common import worker

pytestmark = pytest.mark.django_db

PASSWORD, NEW_PASSWORD = "correct horse battery", "another good long one"
SITE = "https://forewarned.example"
ADDRESS = re.compile(r"https?://[^/\s]+")


@pytest.fixture
def heron(settings: Any) -> User:
    """Someone with a confirmed address, on a site with a public address."""
    settings.PUBLIC_URL = SITE
    user = User.objects.create_user("Heron", PASSWORD, email="heron@example.org")
    EmailAddress.objects.create(user=user, email="heron@example.org", verified=True, primary=True)
    return user


def sign_up_with(email: str) -> Callable[[Client], Any]:
    return lambda client: client.post(
        "/accounts/signup/", {"username": "Ibis", "password1": PASSWORD, "email": email}
    )


def reset(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "heron@example.org"})


def add_address(client: Client) -> None:
    confirm(client)
    client.post("/accounts/email/", {"email": "second@example.org", "action_add": "1"})


def change_password(client: Client) -> None:
    confirm(client)
    change = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post("/accounts/password/change/", change)


def confirm(client: Client) -> None:
    client.post("/accounts/login/", {"login": "Heron", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.mark.parametrize("host", ["127.0.0.1:9999", "localhost", "[::1]:7"])
@pytest.mark.parametrize(
    "act", [sign_up_with("ibis@example.org"), sign_up_with("heron@example.org"), reset, add_address, change_password]
)
def test_a_mail_leads_to_the_public_address(act: Callable[[Client], Any], host: str, heron: User) -> None:
    act(Client(HTTP_HOST=host))
    worker.run_pending()
    assert mail.outbox
    for message in mail.outbox:
        text = f"{message.subject} {message.body} {message.extra_headers}"
        assert set(ADDRESS.findall(text)) == {SITE}
        assert "Forewarned" in text
        assert host not in text
        assert "example.com" not in text


def test_the_links_in_mails_work(heron: User) -> None:
    sign_up_with("ibis@example.org")(Client())
    reset(Client())
    worker.run_pending()
    for message in mail.outbox:
        [link] = re.findall(rf"{SITE}(/accounts/\S+)", str(message.body))
        page = Client().get(link, follow=True)
        assert page.status_code == 200
        assert [one for one in page.context["messages"] if one.level_tag == "error"] == []
        assert page.context.get("token_fail") is not True


def test_a_notice_of_a_change_says_when_and_keeps_network_and_browser_to_itself(heron: User) -> None:
    change_password(Client(REMOTE_ADDR="203.0.113.77", headers={"User-Agent": "Marker/7.7"}))
    worker.run_pending()
    [message] = mail.outbox
    assert re.search(r"\d{1,2} \w+ \d{4} at \d\d:\d\d UTC", str(message.body))
    assert not re.search(r"203\.0\.113|Marker|Browser|IP address|[0-9a-f]{16}", str(message.body))


@pytest.mark.parametrize(
    "template",
    [
        *("account/email/email_changed", "account/email/email_confirm", "account/email/email_deleted"),
        *("account/email/password_reset", "account/email/password_set"),
        *("mfa/email/recovery_codes_generated", "mfa/email/totp_activated", "mfa/email/totp_deactivated"),
        *("mfa/email/webauthn_added", "mfa/email/webauthn_removed"),
    ],
)
def test_every_notice_names_the_public_address_alone(template: str, heron: User) -> None:
    request = RequestFactory(HTTP_HOST="127.0.0.1:9999").get("/")
    request.user, request.session = heron, {}  # type: ignore[assignment]
    with context.request_context(request):
        AccountAdapter(request).send_notification_mail(template, heron)
    worker.run_pending()
    [message] = mail.outbox
    assert set(ADDRESS.findall(str(message.body))) == {SITE}
    assert "UTC" in message.body
    assert "IP address" not in message.body
