"""The filter of the public log."""

from django import forms

from common.forms import FilterForm
from moderation.choices import Act, Basis, CaseKind


class LogFilterForm(FilterForm):
    """The filter of the public log of decisions."""

    act = forms.ChoiceField(label="Decision", required=False, choices=[("", "All"), *Act.choices])
    kind = forms.ChoiceField(label="About", required=False, choices=[("", "Everything"), *CaseKind.choices])
    basis = forms.ChoiceField(label="Because of", required=False, choices=[("", "Anything"), *Basis.choices])
