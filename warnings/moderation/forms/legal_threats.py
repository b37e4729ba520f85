"""The form for a legal threat."""

from datetime import date

from django import forms
from django.utils import timezone

from common.forms import TextField
from common.text.cleaning import normalise_line, normalise_text
from moderation.choices import LegalThreatKind


class LegalThreatForm(forms.Form):
    """A record of a legal threat."""

    kind = forms.ChoiceField(label="What came", choices=LegalThreatKind.choices)
    received_on = forms.DateField(label="When", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    sender = TextField(label="From whom", max_length=200, required=False)
    about = TextField(
        label="About what",
        max_length=300,
        required=False,
        help_text="The address of the page here, if it is about one.",
    )
    words = TextField(
        label="What they say, and what was answered",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Only moderators read it. It is erased after three years; that there was a threat stays.",
    )

    def clean_sender(self) -> str:
        """Normalise to one line."""
        return normalise_line(self.cleaned_data["sender"])

    def clean_about(self) -> str:
        """Normalise to one line."""
        return normalise_line(self.cleaned_data["about"])

    def clean_words(self) -> str:
        """Normalise the plain text and require some."""
        words = normalise_text(self.cleaned_data["words"]).strip()
        if not words:
            raise forms.ValidationError("Say what they say.", code="words-missing")
        return words

    def clean_received_on(self) -> date:
        """Reject dates in the future."""
        found: date = self.cleaned_data["received_on"]
        if found > timezone.localdate():
            raise forms.ValidationError("This is in the future.", code="future")
        return found
