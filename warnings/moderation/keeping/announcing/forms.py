"""The form of an announcement."""

from typing import Any

from django import forms
from django.utils import timezone

from common.text.cleaning import normalise_line
from common.urls import MAX_ADDRESS, validate_web_url
from moderation.words import AnnouncementLevel

LONGEST_TEXT, LONGEST_WORDS = 300, 80
_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def _moment(label: str, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=_FORMATS, **options)


class AnnouncementForm(forms.Form):
    """What is said, with a link if there is one, and from when until when."""

    text = forms.CharField(
        label="What everybody reads",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Plain text, one or two sentences.",
    )
    level = forms.ChoiceField(label="It is", choices=AnnouncementLevel, initial=AnnouncementLevel.INFO)
    link = forms.CharField(
        label="Link", max_length=MAX_ADDRESS, required=False, help_text="Such as /about/ or https://status.example."
    )
    link_words = forms.CharField(label="Words of the link", max_length=LONGEST_WORDS, required=False)
    begins_at = _moment("From (UTC)", required=False, help_text="Empty: at once.")
    ends_at = _moment("Until (UTC)", required=False, help_text="Empty: until somebody ends it.")

    def clean_text(self) -> str:
        """One line."""
        return normalise_line(self.cleaned_data["text"])

    def clean_link_words(self) -> str:
        """One line."""
        return normalise_line(self.cleaned_data["link_words"])

    def clean_link(self) -> str:
        """A path of this site, a web address, or nothing."""
        link: str = self.cleaned_data["link"].strip()
        if not link or (link.startswith("/") and not link.startswith(("//", "/\\"))):
            return link
        try:
            return validate_web_url(link)
        except ValueError as problem:
            raise forms.ValidationError(f"{problem}.", code="address") from None

    def clean(self) -> dict[str, Any]:
        """A link has words, and the end comes after the beginning and after now."""
        fields = super().clean() or {}
        if fields.get("link") and not fields.get("link_words"):
            self.add_error("link_words", forms.ValidationError("Say where the link leads.", code="words-missing"))
        fields["begins_at"] = fields.get("begins_at") or timezone.now()
        ends_at = fields.get("ends_at")
        if ends_at and ends_at <= max(fields["begins_at"], timezone.now()):
            self.add_error("ends_at", forms.ValidationError("It would be over before anybody reads it.", code="over"))
        return fields
