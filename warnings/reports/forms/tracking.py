"""The forms of a report's tracking page."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.text.cleaning import normalise_text
from reports.forms.report import LONGEST_BODY, ReportFieldsForm
from reports.models import Report

# Warnings may have longer titles than the form for a report takes: moderators edit them.
LONGEST_TITLE = 200
# What belongs to the warning, not to one person's report on it.
_OF_WARNING = ("title", "tags")


class CorrectionForm(ReportFieldsForm):
    """A report that waits, or for which moderators asked for changes.

    Only the report that its warning began with has the warning's title and tags, and needs a text.
    """

    title = forms.CharField(label="In one line", max_length=LONGEST_TITLE)
    answer = forms.CharField(
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
        """Plain text."""
        return normalise_text(self.cleaned_data["answer"]).strip()

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in their groups, and the word to the moderators."""
        return [*super().groups, ("Anything else?", [self["answer"]])]


class AnswerForm(forms.Form):
    """An answer to what moderators ask."""

    words = forms.CharField(
        label="Your answer",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only moderators read it.",
    )

    def clean_words(self) -> str:
        """Plain text."""
        words = normalise_text(self.cleaned_data["words"]).strip()
        if not words:
            raise forms.ValidationError("Please write something.", code="empty")
        return words


def fields_of(report: Report) -> dict[str, Any]:
    """What the form of a correction begins with: the report as it is."""
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
    """What stands in the form of a correction, unchecked: who adds a picture has not finished yet."""
    return {
        name: data.getlist(name) if name == "tactics" else data.get(name, "") for name in CorrectionForm.base_fields
    }
