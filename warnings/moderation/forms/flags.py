"""The form of a flag."""

from typing import Any

from django import forms

from common.forms import TextField
from common.text.cleaning import normalise_text
from directory.models import Source
from moderation.choices import FlagReason

LONGEST_DETAIL = 1_000
OF_SOURCES = (FlagReason.CHANGED, FlagReason.GONE, FlagReason.OTHER)
OF_POSTS = tuple(reason for reason in FlagReason if reason not in (FlagReason.CHANGED, FlagReason.GONE))


class FlagForm(forms.Form):
    """A flag on a post or source."""

    reason = forms.ChoiceField(label="What is wrong?", widget=forms.RadioSelect)
    detail = TextField(
        label="Which part, and why",
        required=False,
        max_length=LONGEST_DETAIL,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only moderators read it. Do not repeat personal data here: say where it stands.",
    )
    website = TextField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, target: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_source = isinstance(target, Source)
        field: Any = self.fields["reason"]
        field.choices = [(one.value, one.label) for one in (OF_SOURCES if is_source else OF_POSTS)]
        if is_source:
            self.fields["detail"].label = "What it says now, and a better page if you know one"

    def clean_detail(self) -> str:
        """Normalise the plain text."""
        return normalise_text(self.cleaned_data["detail"]).strip()

    def clean_website(self) -> str:
        """Reject bots, which fill in the hidden field."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Leave this field empty.")
        return ""
