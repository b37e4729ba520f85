"""The forms of those who keep the desk."""

from django import forms

from accounts.choices import TrustLevel
from accounts.models import User
from common.text.cleaning import normalise_line

LEVELS = (TrustLevel.MODERATOR, TrustLevel.ADMINISTRATOR, TrustLevel.NEW)


class HandleForm(forms.Form):
    """Somebody with an account."""

    handle = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_handle(self) -> User:
        """The account."""
        found = User.objects.shown(normalise_line(self.cleaned_data["handle"]))
        if found is None:
            raise forms.ValidationError("There is no such account.", code="no-account")
        return found


class AppointForm(HandleForm):
    """Which level somebody is given."""

    level = forms.ChoiceField(
        label="Make them",
        choices=[
            (TrustLevel.MODERATOR, "Moderator"),
            (TrustLevel.ADMINISTRATOR, "Administrator"),
            (TrustLevel.NEW, "What their record says"),
        ],
    )
