"""The forms of a report's tracking page."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.forms import TextField
from common.text.cleaning import normalise_text
from reports.forms.report import LONGEST_BODY, ReportFieldsForm
from reports.models import Report

# Fields of the warning rather than of the report.
_OF_WARNING = ("title", "tags")


class CorrectionForm(ReportFieldsForm):
    """Correct a report that is pending or was sent back for changes.

    Only the report that started its warning has the warning's title and tags, and requires a text.
    """

    answer = TextField(
        label="A word to the moderators",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only they read it.",
    )

    def __init__(self, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not report.carries_its_warning:
            self.fields["body"].required = False
            for name in _OF_WARNING:
                del self.fields[name]

    def clean_answer(self) -> str:
        """Return normalized plain text."""
        return normalise_text(self.cleaned_data["answer"]).strip()

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in their groups, followed by the message to the moderators."""
        return [*super().groups, ("Anything else?", [self["answer"]])]


class AnswerForm(forms.Form):
    """An answer to the moderators' question."""

    words = TextField(
        label="Your answer",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only moderators read it.",
    )

    def clean_words(self) -> str:
        """Return normalized plain text. Raises ValidationError if it is empty."""
        words = normalise_text(self.cleaned_data["words"]).strip()
        if not words:
            raise forms.ValidationError("Please write something.", code="empty")
        return words


def fields_of(report: Report) -> dict[str, Any]:
    """Return the initial data of a correction form from a report."""
    fields = {
        "tools": ", ".join([*(tool.name for tool in report.tools.all()), *filter(None, [report.proposed_tool])]),
        "tactics": [tactic.slug for tactic in report.tactics.all()],
        "marketplace": report.marketplace.slug if report.marketplace else "",
        "happened_in": f"{report.happened_in:%Y-%m}" if report.happened_in else "",
        "body": report.body[:LONGEST_BODY],
        "outcome": report.outcome,
        "amount": report.amount,
        "currency": report.currency,
    }
    if report.carries_its_warning:
        tags = report.warning.tagged.select_related("tag")
        fields |= {"title": report.warning.title, "tags": ", ".join(tagged.tag.name for tagged in tags)}
    return fields


def typed(data: QueryDict) -> dict[str, Any]:
    """Return the submitted data of a correction form without validation, for redisplay after an image upload."""
    return {
        name: data.getlist(name) if name == "tactics" else data.get(name, "") for name in CorrectionForm.base_fields
    }
