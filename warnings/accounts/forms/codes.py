"""Codes of authenticator apps and recovery codes, however a keyboard types their digits."""

import unicodedata
from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms


def plain_code(typed: str) -> str:
    """Return a code with the digits 0 to 9, without blanks and signs: `١٢٣ ٤٥٦` -> `123456`."""
    # By character: a fraction or a ligature is not the digits that it is made of.
    digits = (unicodedata.digit(char, None) for char in typed)
    plain = (char if digit is None else str(digit) for char, digit in zip(typed, digits, strict=True))
    return "".join(char for char in plain if char.isalnum())


class CodeField(forms.CharField):
    """A code in digits of any script, with blanks and signs anywhere."""

    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})

    def to_python(self, value: Any) -> str:
        """Return the code in plain digits."""
        return plain_code(str(super().to_python(value)))


class AuthenticateForm(base_forms.AuthenticateForm):  # type: ignore[misc]  # allauth types it as Any
    """The second factor, when signing in."""

    code = CodeField(label="Code")


class ReauthenticateForm(base_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth types it as Any
    """The second factor, when confirming access."""

    code = CodeField(label="Code")


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]  # allauth types it as Any
    """The first code of a new authenticator app."""

    code = CodeField(label="Six digits")
