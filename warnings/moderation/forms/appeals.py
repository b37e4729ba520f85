"""The form of an appeal."""

from django import forms

from common.forms import TextField
from common.text.cleaning import normalise_text

LONGEST_APPEAL, SHORTEST_APPEAL = 3_000, 10


class AppealForm(forms.Form):
    """The text of an appeal."""

    text = TextField(
        label="Why the decision is wrong",
        min_length=SHORTEST_APPEAL,
        max_length=LONGEST_APPEAL,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="You can appeal once. Somebody who did not decide before reads it.",
    )

    def clean_text(self) -> str:
        """Normalise the plain text."""
        return normalise_text(self.cleaned_data["text"]).strip()
