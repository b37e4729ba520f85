"""The forms of administrators: staff, announcements, limits and reasons."""

from typing import Any

from django import forms
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from common.forms import TextField
from common.http.rate_limits import REGISTER
from common.text.cleaning import normalise_line, normalise_text
from common.urls import MAX_ADDRESS, validate_web_url
from moderation.choices import Act, AnnouncementLevel, CaseKind
from moderation.decisions.available import WORDED
from moderation.models import Reason
from moderation.policies.reasons import digest_of

LEVELS = (TrustLevel.MODERATOR, TrustLevel.ADMINISTRATOR, TrustLevel.NEW)


class HandleForm(forms.Form):
    """An account, by its handle."""

    handle = TextField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_handle(self) -> User:
        """Return the account."""
        found = User.objects.shown(normalise_line(self.cleaned_data["handle"]))
        if found is None:
            raise forms.ValidationError("There is no such account.", code="no-account")
        return found


class AppointForm(HandleForm):
    """The new trust level of an account."""

    level = forms.ChoiceField(
        label="Make them",
        choices=[
            (TrustLevel.MODERATOR, "Moderator"),
            (TrustLevel.ADMINISTRATOR, "Administrator"),
            (TrustLevel.NEW, "What their record says"),
        ],
    )


LONGEST_TEXT, LONGEST_WORDS = 300, 80
_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def _moment(label: str, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=_FORMATS, **options)


class AnnouncementForm(forms.Form):
    """An announcement: text, optional link, and period."""

    text = TextField(
        label="What everybody reads",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Plain text, one or two sentences.",
    )
    level = forms.ChoiceField(label="It is", choices=AnnouncementLevel, initial=AnnouncementLevel.INFO)
    link = TextField(
        label="Link", max_length=MAX_ADDRESS, required=False, help_text="Such as /about/ or https://status.example."
    )
    link_words = TextField(label="Words of the link", max_length=LONGEST_WORDS, required=False)
    begins_at = _moment("From (UTC)", required=False, help_text="Empty: at once.")
    ends_at = _moment("Until (UTC)", required=False, help_text="Empty: until somebody ends it.")

    def clean_text(self) -> str:
        """Normalise to one line."""
        return normalise_line(self.cleaned_data["text"])

    def clean_link_words(self) -> str:
        """Normalise to one line."""
        return normalise_line(self.cleaned_data["link_words"])

    def clean_link(self) -> str:
        """Return a path of this site, a web address, or an empty string."""
        link: str = self.cleaned_data["link"].strip()
        if not link or (link.startswith("/") and not link.startswith(("//", "/\\"))):
            return link
        try:
            return validate_web_url(link)
        except ValueError as problem:
            raise forms.ValidationError(f"{problem}.", code="address") from None

    def clean(self) -> dict[str, Any]:
        """Require link text for a link, and an end after the beginning and after now."""
        fields = super().clean() or {}
        if fields.get("link") and not fields.get("link_words"):
            self.add_error("link_words", forms.ValidationError("Say where the link leads.", code="words-missing"))
        fields["begins_at"] = fields.get("begins_at") or timezone.now()
        ends_at = fields.get("ends_at")
        if ends_at and ends_at <= max(fields["begins_at"], timezone.now()):
            self.add_error("ends_at", forms.ValidationError("It would be over before anybody reads it.", code="over"))
        return fields


MOST = 10_000


class LimitForm(forms.Form):
    """The override of a rate limit."""

    name = TextField(widget=forms.HiddenInput)
    most = forms.IntegerField(min_value=0, max_value=MOST)

    def clean(self) -> dict[str, Any]:
        """Require at least the limit's minimum: only the limit of the flag rule can be zero."""
        given = super().clean() or {}
        limit = REGISTER.get(given.get("name", ""))
        if limit is not None and given.get("most", limit.least) < limit.least:
            self.add_error("most", forms.ValidationError(f"This is {limit.least} or more.", code="too-few"))
        return given


SHORTEST_TEXT, LONGEST_REASON, LONGEST_LINE, LAST_PLACE = 20, 1_000, 120, 9_999


class ReasonForm(forms.Form):
    """A reason: its texts and the acts that it applies to."""

    label = TextField(label="Reason", max_length=LONGEST_LINE, help_text="As moderators see it in the list.")
    text = TextField(
        label="What the person concerned reads",
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say what is wrong and what they can do. It also goes by mail.",
    )
    rule = TextField(
        label="Rule", max_length=LONGEST_LINE, required=False, help_text="The part of the guidelines, or the law."
    )
    acts = forms.MultipleChoiceField(
        label="It can be a reason to",
        choices=[(act.value, act.label) for act in Act if act in WORDED],
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label="Only for these cases",
        choices=CaseKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose none if it fits all of them.",
    )
    position = forms.IntegerField(
        label="Place in the list", min_value=0, max_value=LAST_PLACE, initial=100, help_text="Small numbers first."
    )
    seen = TextField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, reason: Reason) -> "ReasonForm":
        """Return the form with the current values of a reason."""
        fields = {name: getattr(reason, name) for name in ("label", "text", "rule", "acts", "kinds", "position")}
        return cls(initial=fields | {"seen": digest_of(reason)})

    def clean_label(self) -> str:
        """Normalise to one line."""
        return normalise_line(self.cleaned_data["label"])

    def clean_text(self) -> str:
        """Normalise the plain text."""
        return normalise_text(self.cleaned_data["text"]).strip()

    def clean_rule(self) -> str:
        """Normalise to one line."""
        return normalise_line(self.cleaned_data["rule"])

    def fields_of_reason(self) -> dict[str, Any]:
        """Return the `fields` argument of the actions from a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}
