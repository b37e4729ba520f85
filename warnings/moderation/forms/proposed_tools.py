"""The forms of proposed tools."""

from typing import Any

from django import forms

from common.forms import TextField
from common.text.cleaning import normalise_line
from common.text.folding import fold
from directory.choices import ToolKind
from directory.entries import Content
from directory.forms.edits import ToolForm
from directory.models import Tool, ToolName

LONGEST_NAME = 120


class ProposedForm(forms.Form):
    """The tool that a proposed name means."""

    name = TextField(max_length=LONGEST_NAME, widget=forms.HiddenInput)
    tool = TextField(label="It is this tool", max_length=LONGEST_NAME, required=False)
    remember = forms.BooleanField(label="Find it by this name from now on", required=False)

    def clean_name(self) -> str:
        """Normalise to one line and require a name that does not fold to nothing."""
        name = normalise_line(self.cleaned_data["name"])
        if not fold(name):
            raise forms.ValidationError("There is nothing to look for in this name.", code="nothing-to-look-for")
        return name

    def clean_tool(self) -> Tool | None:
        """Return the tool with this name, or None."""
        typed = normalise_line(self.cleaned_data["tool"])
        if not typed:
            return None
        known = ToolName.objects.select_related("tool").filter(folded=fold(typed)).first() if fold(typed) else None
        if known is None:
            raise forms.ValidationError(f"There is no tool called “{typed}” in the directory.", code="no-tool")
        return known.tool


class AddToolForm(ToolForm):
    """A new tool: its basic data, before any facts are recorded."""

    base = None  # type: ignore[assignment]
    key = None  # type: ignore[assignment]
    comment = None  # type: ignore[assignment]
    ambiguous = None  # type: ignore[assignment]
    app_schemes = None  # type: ignore[assignment]
    recognised_by = None  # type: ignore[assignment]
    searched_as = None  # type: ignore[assignment]
    safer_use = None  # type: ignore[assignment]
    common_where = None  # type: ignore[assignment]
    status_note = None  # type: ignore[assignment]

    name = TextField(label="Name", max_length=LONGEST_NAME, help_text="As its maker writes it.")
    kind = forms.ChoiceField(label="Kind", choices=ToolKind.choices)
    proposed = TextField(required=False, max_length=LONGEST_NAME, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].help_text = "What it is and what it is for, in a sentence or two. No judgement yet."
        self.order_fields(["name", "kind", "summary", "website", "names", "domains", "proposed"])

    def clean_name(self) -> str:
        """Normalise to one line and require a name that does not fold to nothing."""
        name = normalise_line(self.cleaned_data["name"])
        if not fold(name):
            raise forms.ValidationError("There is nothing to look for in this name.", code="nothing-to-look-for")
        return name

    def content(self) -> Content:
        """Return the content as an edit of the tool would have it."""
        return {name: self.cleaned_data[name] for name in ("summary", "website", "names", "domains")}
