"""Adapters of allauth: no stored network addresses, folded handles, optional e-mail."""

import hashlib
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts import policies
from accounts.actions.accounts import HandleTakenError, store_new_account
from accounts.hashers import normalised
from accounts.viewers import address_of
from common import proof_of_work
from common.encryption import decrypt_text, encrypt_text
from common.errors import code_of
from common.http.rate_limits import Limit, RateLimitedError, is_reached, source, use
from common.text.folding import fold
from common.urls import absolute_url

# The page itself says this; a queued message would appear only after the next sign-in.
SILENT = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


# The number of wrong passwords for one account, from any network, after which each guess requires a proof of work.
GUESSES_AT_ACCOUNT = Limit(
    "guesses-at-account",
    50,
    3_600,
    "Wrong passwords for one account, before each guess costs computing",
)
PROOF_WANTED = "proof-wanted"
_SECOND_FACTORS = "second factors"
_BY_SECURITY_KEY = "mfa_reauthenticate:webauthn"


class AccountAdapter(DefaultAccountAdapter):
    """Adapter for sign-in, sign-up and mail."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the key for rate limits: a daily hash of the network, never an address."""
        return source(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse too many guesses: from one network at one account, or at one account from everywhere.

        The second limit would also lock out the owner, so a browser that solves a proof of work may continue.
        """
        super().pre_authenticate(request, **credentials)
        if not is_reached(GUESSES_AT_ACCOUNT, _login(credentials)):
            return
        if not proof_of_work.is_solved(request.POST.get("proof", "")):
            raise ValidationError(
                "Somebody tried many passwords here. Please type yours once more; your browser then computes for a"
                " second to show that you are not a program.",
                code=PROOF_WANTED,
            )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the failure for the account, whether or not it exists."""
        with suppress(RateLimitedError):
            use(GUESSES_AT_ACCOUNT, _login(credentials))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{_login(credentials)}:{source(request)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail. allauth would name the host of the request in it, which a visitor can make up."""
        self.render_mail(template_prefix, email, {"email": email, **context}).send()

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the link that confirms an address, below PUBLIC_URL."""
        return absolute_url(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link that resets a password, below PUBLIC_URL."""
        uidb36, _, token = key.partition("-")
        return absolute_url(reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token}))

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of an address that someone tried to sign up with it."""
        context = {"password_reset_url": absolute_url(reverse("account_reset_password"))}
        self.send_mail("account/email/account_already_exists", email, context)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """Return an empty string: browser names are neither stored nor mailed."""
        return ""

    def format_email_subject(self, subject: str) -> str:
        """Return the subject on one line, prefixed with the site's name."""
        return f"[{settings.SITE_NAME}] {' '.join(str(subject).split())}"

    def clean_password(self, password: str, user: Any = None) -> str:
        """Return a password that follows the rules, both as it is typed and as it is hashed."""
        for form in {password, normalised(password)}:
            super().clean_password(form, user)
        return password

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Return a valid handle that does not speak for the site and looks like no other."""
        if problem := policies.handle_problem(username):
            raise ValidationError(problem, code=code_of(problem))
        if not shallow and policies.handle_is_taken(username):
            taken = HandleTakenError.sentence
            raise ValidationError(taken, code=taken.code)
        return username

    def is_safe_url(self, url: Any) -> bool:
        """Return whether `?next=` may lead to a URL; to a malformed one it may not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to confirm access, without security keys where browsers refuse them."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if address_of(self.request).passkey_problem:
            return [method for method in methods if method["id"] != _BY_SECURITY_KEY] or methods
        return methods

    def post_login(self, request: HttpRequest, user: Any, *, signup: bool, **kwargs: Any) -> HttpResponse:
        """Finish signing in or up, which counts as confirming access: nobody types a password twice in a row."""
        steps = get_authentication_records(request, user)
        if steps or signup:
            method = steps[-1]["method"] if steps else "password"
            record_authentication(request, user, method=method, reauthenticated=True)
        response: HttpResponse = super().post_login(request, user, signup=signup, **kwargs)
        return response

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Save a new account with what its handle is compared by; store a missing address as None."""
        saved = super().save_user(request, user, form, commit=False)
        saved.set_handle(saved.handle)
        saved.email = saved.email or None
        if commit:
            store_new_account(user=saved)
        return saved

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Add a message unless the next page says the same."""
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)


class MFAAdapter(DefaultMFAAdapter):
    """Adapter for second factors."""

    def get_totp_issuer(self) -> str:
        """Return the name under which an authenticator app lists this site."""
        return settings.SITE_NAME

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code's dark squares as the path of an SVG that is 1,000 units wide.

        allauth's own image is a data URL, which the content security policy forbids.
        """
        code = qrcode.QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        size = 1_000 / len(rows)
        return "".join(
            f"M{x * size:.1f} {y * size:.1f}h{size:.1f}v{size:.1f}h-{size:.1f}z"
            for y, row in enumerate(rows)
            for x, dark in enumerate(row)
            if dark
        )

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the site's identity for passkeys, with the public host name as its ID."""
        return {"id": urlsplit(settings.PUBLIC_URL).hostname or "", "name": settings.SITE_NAME}

    def encrypt(self, text: str) -> str:
        """Encrypt a secret, so that the database alone does not reveal it."""
        return encrypt_text(text, purpose=_SECOND_FACTORS)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret. Fallback keys are tried as well."""
        return decrypt_text(encrypted_text, purpose=_SECOND_FACTORS)


def _login(credentials: dict[str, Any]) -> str:
    """Return the login that was typed as a hash. Handles that fold alike have the same hash."""
    typed = fold(str(credentials.get("email") or credentials.get("username") or ""))
    return hashlib.sha256(typed.encode()).hexdigest()[:32]
