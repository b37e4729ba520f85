"""The edit form: the full text of a warning, with a comment on the edit."""

import uuid
from typing import Any

from django import forms

from common.forms import MarkdownField, TextField
from common.text.cleaning import normalise_line, normalise_text
from common.text.commas import has_comma, split_at_commas
from common.text.folding import fold
from common.text.markdown_limits import MAX_CHARACTERS
from directory.models import Marketplace, Tactic, Tool, ToolName
from reports.forms.tag import TAGS_FIELD, tags_in
from reports.models import Tag, TagSynonym, Warning
from reports.models.text import LONGEST_TITLE
from reports.tag_names import fold_tag
from reports.version_text import LABELS, Fields, fields_now

LONGEST_SUMMARY, LONGEST_STEP, LONGEST_COMMENT, LONGEST_REASON = 1_000, 400, 300, 500
MOST_STEPS, MOST_TOOLS = 20, 12
_LINES = forms.Textarea(attrs={"rows": 5})


class EditForm(forms.Form):
    """The editable fields of a warning."""

    title = TextField(max_length=LONGEST_TITLE)
    summary = TextField(label="In short", max_length=LONGEST_SUMMARY, widget=forms.Textarea(attrs={"rows": 3}))
    body = MarkdownField(
        label="What happened",
        max_length=MAX_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Markdown works. Name no private person.",
    )
    what_to_do = TextField(
        label="What to do", required=False, widget=_LINES, help_text="One step in each line, in their order."
    )
    tools = TextField(
        required=False,
        max_length=600,
        help_text="Names of tools in the directory, with commas between.",
        widget=forms.TextInput(attrs={"list": "known-tools", "autocomplete": "off"}),
    )
    tactics = forms.ModelMultipleChoiceField(
        Tactic.objects.order_by("name"), required=False, to_field_name="slug", widget=forms.CheckboxSelectMultiple
    )
    marketplaces = forms.ModelMultipleChoiceField(
        Marketplace.objects.order_by("name"),
        required=False,
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
    )
    tags = TextField(
        required=False,
        max_length=700,
        help_text="Up to eight, with commas between.",
        widget=forms.TextInput(attrs=TAGS_FIELD),
    )
    comment = TextField(
        label="What you changed, and why",
        max_length=LONGEST_COMMENT,
        help_text="Everybody sees it in the history.",
    )
    based_on = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_title(self) -> str:
        """Return the title on a single line."""
        return normalise_line(self.cleaned_data["title"])

    def clean_comment(self) -> str:
        """Return the comment on a single line."""
        return normalise_line(self.cleaned_data["comment"])

    def clean_summary(self) -> str:
        """Return normalized plain text."""
        return normalise_text(self.cleaned_data["summary"]).strip()

    def clean_what_to_do(self) -> list[str]:
        """Return the steps, one per line of the input."""
        steps = [
            step
            for line in normalise_text(self.cleaned_data["what_to_do"]).split("\n")
            if (step := normalise_line(line))
        ]
        if len(steps) > MOST_STEPS or any(len(step) > LONGEST_STEP for step in steps):
            raise forms.ValidationError(f"At most {MOST_STEPS} steps of {LONGEST_STEP} characters.")
        return steps

    def clean_tools(self) -> list[str]:
        """Return the slugs of the tools. Raises ValidationError for tools that are not in the directory."""
        slugs: set[str] = set()
        for name in split_at_commas(self.cleaned_data["tools"]):
            tool = _tool(name)
            if tool is None:
                raise forms.ValidationError(f"There is no tool “{name}” in the directory.", code="no-tool")
            slugs.add(tool.slug)
        if len(slugs) > MOST_TOOLS:
            raise forms.ValidationError(f"Name at most {MOST_TOOLS} tools.", code="too-many-tools")
        return sorted(slugs)

    def clean_tactics(self) -> list[str]:
        """Return the slugs of the tactics."""
        return sorted(row.slug for row in self.cleaned_data["tactics"])

    def clean_marketplaces(self) -> list[str]:
        """Return the slugs of the marketplaces."""
        return sorted(row.slug for row in self.cleaned_data["marketplaces"])

    def clean_tags(self) -> list[str]:
        """Return the names of the tags, using the current name for existing tags and synonyms."""
        names = {fold_tag(name): name for name in tags_in(self.cleaned_data["tags"])}
        names |= dict(TagSynonym.objects.filter(folded__in=names).values_list("folded", "tag__name"))
        names |= dict(Tag.objects.filter(folded__in=names).values_list("folded", "name"))
        return sorted(set(names.values()))

    def fields_of_text(self) -> Fields:
        """Return the fields in the form that actions expect."""
        return {name: self.cleaned_data[name] for name in LABELS}


class DeclineForm(forms.Form):
    """The reason for declining a suggestion."""

    reason = TextField(
        label="Why not", max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Its author reads this.",
    )  # fmt: skip

    def clean_reason(self) -> str:
        """Return normalized plain text."""
        return normalise_text(self.cleaned_data["reason"]).strip()


def form_for(
    warning: Warning, fields: Fields | None = None, *, comment: str = "", key: Any = None, based_on: int | None = None
) -> EditForm:
    """Return an unbound form with the warning's text, or with the given fields."""
    shown = fields or fields_now(warning)
    names = dict(Tool.objects.filter(slug__in=shown["tools"]).values_list("slug", "name"))
    initial = {
        **shown,
        "what_to_do": "\n".join(shown["what_to_do"]),
        "tools": ", ".join(_typed(names.get(slug, slug), slug) for slug in shown["tools"]),
        "tags": ", ".join(shown["tags"]),
        "comment": comment,
        "based_on": warning.version if based_on is None else based_on,
        "key": key or uuid.uuid4(),
    }
    return EditForm(initial=initial)


def _typed(name: str, slug: str) -> str:
    return slug if has_comma(name) else name


def _tool(name: str) -> Tool | None:
    """Return the tool with exactly this name or slug, or else the first one with a matching name."""
    rows = ToolName.objects.select_related("tool").filter(folded=fold(name)).order_by("pk") if fold(name) else ()
    found = [row.tool for row in rows]
    own = next((tool for tool in found if tool.name == name), None)
    return own or Tool.objects.filter(slug=name).first() or next(iter(found), None)
