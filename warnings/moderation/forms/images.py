"""The form for redacting areas of an image."""

from django import forms

from common.forms import TextField
from common.images.limits import Area
from reports.image_areas import AreasError, areas_in


class RedactionForm(forms.Form):
    """Areas in percent, one per line, written by the page's script."""

    areas = TextField(
        label="Areas to cover",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="One in each line: left, top, right and bottom edge in percent, such as 10 20 45 30.",
    )
    seen = TextField(widget=forms.HiddenInput)

    def clean_areas(self) -> list[Area]:
        """Return the areas as fractions of the image."""
        try:
            return areas_in(self.cleaned_data["areas"])
        except AreasError as problem:
            raise forms.ValidationError(problem.sentence, code=problem.code) from None
