"""The form of a limit."""

from typing import Any

from django import forms

from common.http.rate_limits import REGISTER

MOST = 10_000


class LimitForm(forms.Form):
    """How often at most."""

    name = forms.CharField(widget=forms.HiddenInput)
    most = forms.IntegerField(min_value=0, max_value=MOST)

    def clean(self) -> dict[str, Any]:
        """No less than the limit allows: nothing but the automatic rule can be stopped by a limit."""
        given = super().clean() or {}
        limit = REGISTER.get(given.get("name", ""))
        if limit is not None and given.get("most", limit.least) < limit.least:
            self.add_error("most", forms.ValidationError(f"This is {limit.least} or more.", code="too-few"))
        return given
