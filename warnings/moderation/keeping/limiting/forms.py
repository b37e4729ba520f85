"""The form of a limit."""

from django import forms

MOST = 10_000


class LimitForm(forms.Form):
    """How often at most."""

    name = forms.CharField(widget=forms.HiddenInput)
    most = forms.IntegerField(min_value=1, max_value=MOST)
