"""The form for a referral to law enforcement."""

from datetime import datetime

from django import forms
from django.utils import timezone

from common.forms import TextField
from common.text.cleaning import normalise_line, normalise_text


class ReferralForm(forms.Form):
    """A record of a referral: authority, time and text."""

    authority = TextField(
        label="Which authority", max_length=200, help_text="Such as the police of the country where the person is."
    )
    told_at = forms.DateTimeField(
        label="When (UTC)",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    reference = TextField(label="Their reference", max_length=120, required=False)
    words = TextField(
        label="What you told them",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Only moderators read it. It is erased after a year; that there was a record stays.",
    )

    def clean_authority(self) -> str:
        """Normalise to one line."""
        return normalise_line(self.cleaned_data["authority"])

    def clean_reference(self) -> str:
        """Normalise to one line."""
        return normalise_line(self.cleaned_data["reference"])

    def clean_words(self) -> str:
        """Normalise the plain text."""
        return normalise_text(self.cleaned_data["words"]).strip()

    def clean_told_at(self) -> datetime:
        """Reject times in the future."""
        found: datetime = self.cleaned_data["told_at"]
        if found > timezone.now():
            raise forms.ValidationError("This is in the future. Tell them first, then record it.", code="future")
        return found
