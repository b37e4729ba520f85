"""The forms for signing up, signing in and managing an account."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest

from accounts.adapter import PROOF_WANTED
from accounts.policies import HANDLE_RULE
from accounts.tasks import send_password_reset
from common import proof_of_work


class SignupForm(allauth_forms.SignupForm):
    """Handle, password and optional address."""

    # A honeypot: people do not see this field, but bots fill it in.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            "username",
            "Handle",
            f"How others see you. It need not be your name. {HANDLE_RULE}",
        )
        _say(self, "password1", "Password", "At least 12 characters. Four words you can remember are a good one.")
        _say(self, "email", "E-mail address (optional)", "Never shown. Only to reset the password and for notices.")
        self.order_fields(["username", "password1", "email"])

    def clean_website(self) -> str:
        """Reject bots, which fill in the hidden field."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Please leave this empty.")
        return ""


class LoginForm(allauth_forms.LoginForm):
    """Handle or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", "Handle or e-mail address", "")
        _say(self, "password", "Password", "")
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"

    def challenge(self) -> dict[str, Any] | None:
        """Return a proof-of-work challenge if the last attempt required one."""
        return proof_of_work.challenge() if self.has_error(NON_FIELD_ERRORS, PROOF_WANTED) else None


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """An address. It is looked up in the background, so that the response time reveals nothing."""

    def clean_email(self) -> str:
        """Validate the address without looking it up."""
        return str(get_adapter().clean_email(self.cleaned_data["email"].lower()))

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Queue the mail with the link."""
        email = str(self.cleaned_data["email"])
        send_password_reset.enqueue(email)
        return email


class DeletionForm(forms.Form):
    """Confirmation that an account is to be erased."""

    handle = forms.CharField(label="Your handle", help_text="Type it to say that you mean it.", max_length=40)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_handle(self) -> str:
        """Require the user's own handle."""
        if self.cleaned_data["handle"] != self.user.handle:
            raise forms.ValidationError("That is not your handle.", code="not-yours")
        return str(self.cleaned_data["handle"])


def _say(form: forms.Form, name: str, label: str, help_text: str) -> None:
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class FirstAdministratorForm(forms.Form):
    """The first administrator's handle and password."""

    handle = forms.CharField(
        label="Handle",
        max_length=40,
        help_text=HANDLE_RULE,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters.",
        strip=False,
    )

    def clean_handle(self) -> str:
        """Apply the usual rules for handles."""
        return str(get_adapter().clean_username(self.cleaned_data["handle"]))

    def clean_password(self) -> str:
        """Apply the usual rules for passwords."""
        return str(get_adapter().clean_password(self.cleaned_data["password"]))
