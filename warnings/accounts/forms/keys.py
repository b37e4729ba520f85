"""What a browser sends of a passkey or security key."""

from typing import Any

from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms


class CredentialField(forms.JSONField):
    """A credential as JSON. Python cannot read deeply nested JSON, which a browser never sends."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return the credential. Raises ValidationError for anything else than an object."""
        try:
            credential = super().to_python(value)
        except RecursionError:
            credential = None
        if not isinstance(credential, dict):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid", params={"value": "JSON"})
        return credential


class AddWebAuthnForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth types it as Any
    """A new key."""

    credential = CredentialField()


class AuthenticateWebAuthnForm(webauthn_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth types it as Any
    """A key as second factor."""

    credential = CredentialField()


class ReauthenticateWebAuthnForm(webauthn_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth types it as Any
    """A key to confirm access."""

    credential = CredentialField()


class LoginWebAuthnForm(webauthn_forms.LoginWebAuthnForm):  # type: ignore[misc]  # allauth types it as Any
    """A passkey to sign in with."""

    credential = CredentialField()
