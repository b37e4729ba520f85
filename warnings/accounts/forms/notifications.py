"""The form for notification settings."""

from typing import Any

from django import forms

from accounts.choices import ALWAYS_SENT, Digest, NotificationKind


class NotificationSettingsForm(forms.Form):
    """Which notifications a user wants, and how often they are mailed."""

    wanted = forms.MultipleChoiceField(
        label="Tell me when", choices=NotificationKind, required=False, widget=forms.CheckboxSelectMultiple
    )
    digest = forms.ChoiceField(label="Collected by mail", choices=Digest, widget=forms.RadioSelect)
    mailed = forms.MultipleChoiceField(
        label="What goes into the mail", choices=NotificationKind, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("wanted", "mailed"):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                fixed = ALWAYS_SENT if name == "wanted" else frozenset()
                shown = [
                    kind
                    for kind in NotificationKind
                    if kind not in fixed and (staff or kind != NotificationKind.CASE)
                ]
                field.choices = [(kind.value, kind.label) for kind in shown]

    def unwanted(self, name: str) -> list[str]:
        """Return the kinds not selected in a field. These are stored, so that a new kind is wanted by default."""
        chosen: list[Any] = self.cleaned_data[name]
        return [
            kind
            for kind in NotificationKind.values
            if kind not in chosen and (name != "wanted" or kind not in ALWAYS_SENT)
        ]
