"""The form of a reason."""

from typing import Any

from django import forms

from common.text.cleaning import normalise_line, normalise_text
from moderation.deciding.offers import WORDED
from moderation.keeping.reasons.policies import digest_of
from moderation.models import Reason
from moderation.words import Act

SHORTEST_TEXT, LONGEST_TEXT, LONGEST_LINE, LAST_PLACE = 20, 1_000, 120, 9_999


class ReasonForm(forms.Form):
    """What a reason says and what it is a reason for."""

    label = forms.CharField(label="Reason", max_length=LONGEST_LINE, help_text="As moderators see it in the list.")
    text = forms.CharField(
        label="What the person concerned reads",
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say what is wrong and what they can do. It also goes by mail.",
    )
    rule = forms.CharField(
        label="Rule", max_length=LONGEST_LINE, required=False, help_text="The part of the guidelines, or the law."
    )
    acts = forms.MultipleChoiceField(
        label="It can be a reason to",
        choices=[(act.value, act.label) for act in Act if act in WORDED],
        widget=forms.CheckboxSelectMultiple,
    )
    position = forms.IntegerField(
        label="Place in the list", min_value=0, max_value=LAST_PLACE, initial=100, help_text="Small numbers first."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, reason: Reason) -> "ReasonForm":
        """The form with what a reason says now."""
        fields = {name: getattr(reason, name) for name in ("label", "text", "rule", "acts", "position")}
        return cls(initial=fields | {"seen": digest_of(reason)})

    def clean_label(self) -> str:
        """One line."""
        return normalise_line(self.cleaned_data["label"])

    def clean_text(self) -> str:
        """Plain text."""
        return normalise_text(self.cleaned_data["text"]).strip()

    def clean_rule(self) -> str:
        """One line."""
        return normalise_line(self.cleaned_data["rule"])

    def fields_of_reason(self) -> dict[str, Any]:
        """What a valid form says, as the actions take it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}
