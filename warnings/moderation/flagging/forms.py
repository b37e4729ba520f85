"""The form of a flag."""

from django import forms

from common.people_text import tidied
from moderation.words import FlagReason

LONGEST_DETAIL = 1_000


class FlagForm(forms.Form):
    """What is wrong."""

    reason = forms.ChoiceField(label="What is wrong?", choices=FlagReason, widget=forms.RadioSelect)
    detail = forms.CharField(
        label="Which part, and why",
        required=False,
        max_length=LONGEST_DETAIL,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only moderators read it. Do not repeat personal data here: say where it stands.",
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def clean_detail(self) -> str:
        """Plain text."""
        return tidied(self.cleaned_data["detail"]).strip()

    def clean_website(self) -> str:
        """Empty, or this was no person."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Leave this field empty.")
        return ""
