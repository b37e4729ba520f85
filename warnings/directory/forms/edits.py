"""Edit forms of the directory, one for each kind of entry, with its sources."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.forms import formset_factory
from django.utils import timezone

from common.forms import TextField
from common.text.cleaning import normalise_line, normalise_text
from common.text.folding import fold
from common.urls import MAX_ADDRESS, validate_app_scheme, validate_link_prefix, validate_web_url
from directory.choices import CanDisable, Control, EntryKind
from directory.entries import SOURCED, Content, Entry
from directory.entry_text import LABELS
from directory.languages import LANGUAGES
from directory.line_tags import split_tags
from directory.models import Marketplace, Tool
from directory.replies import trigger_words_in
from directory.tool_names import name_of_line

LONGEST_TEXT, LONGEST_LINE, MOST_LINES, LONGEST_COMMENT, LONGEST_WORDS = 5_000, 500, 40, 300, 200
MOST_SOURCES, MOST_NAMES, LONGEST_NAME = 30, 100, 120
MOST_DESCRIPTIONS, LONGEST_DESCRIPTION = 200, 200
# Tags such as ` [zh, ambiguous]` at the end of a line.
LONGEST_TAGS = 30
_SALT = "directory.revising"


def _text(**options: Any) -> TextField:
    return TextField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **options)


def _yes_or_no(**options: Any) -> forms.TypedChoiceField:
    choices = [("yes", "Yes"), ("no", "No")]
    return forms.TypedChoiceField(choices=choices, coerce=lambda value: value == "yes", **options)


class LinesField(TextField):
    """A list with one item per line."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(
        self, *, most: int = MOST_LINES, longest: int = LONGEST_LINE, hint: str = "One in each line.", **options: Any
    ) -> None:
        super().__init__(required=False, help_text=hint, **options)
        self.most, self.longest = most, longest

    def clean(self, value: Any) -> list[str]:
        """Return the non-empty lines."""
        typed = super().clean(value)
        lines = [line for part in normalise_text(typed).split("\n") if (line := normalise_line(part))]
        if len(lines) > self.most or any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(f"At most {self.most} lines of {self.longest} characters.", code="too-much")
        return lines


class EntryForm(forms.Form):
    """Base class of edit forms, with the content that the edit is based on, an idempotency key and a comment."""

    KIND: EntryKind

    comment = TextField(
        label="What you changed, and why", max_length=LONGEST_COMMENT, help_text="Everybody sees it in the history."
    )
    base = TextField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS[self.KIND].items():
            if name in self.fields:
                self.fields[name].label = label
        self.order_fields([*LABELS[self.KIND], "comment"])

    def clean_base(self) -> Content:
        """Return the content that the edit is based on. Raises ValidationError if its signature is invalid."""
        try:
            found: Content = signing.loads(self.cleaned_data["base"], salt=_SALT)
        except signing.BadSignature:
            raise forms.ValidationError(
                "This form is not one of ours. Please open it again.", code="not-ours"
            ) from None
        return found

    def clean(self) -> dict[str, Any]:
        """Normalize plain texts."""
        fields = super().clean() or {}
        for name, value in fields.items():
            if isinstance(value, str) and name not in {"base", "key"}:
                fields[name] = normalise_text(value).strip()
        return fields

    def clean_checked_on(self) -> str:
        """Return the date. Raises ValidationError if it is in the future."""
        day: date = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("That day is still to come.", code="future")
        return day.isoformat()

    def content(self) -> Content:
        """Return the content in the form that actions expect, without sources."""
        return {name: self.cleaned_data[name] for name in LABELS[self.KIND] if name in self.cleaned_data}


class ToolForm(EntryForm):
    """Edit the texts, names and domains of a tool."""

    KIND = EntryKind.TOOL

    summary = _text()
    names = LinesField(
        most=MOST_NAMES,
        longest=LONGEST_NAME + LONGEST_TAGS,
        hint="Other names, native scripts, misspellings and disguises, one in each line. Readers see the real ones. "
        "Its language may follow, and whether it is also an ordinary word: 叮叮 [zh, ambiguous].",
    )
    ambiguous = _yes_or_no(initial="no")
    domains = LinesField(longest=253, hint="One in each line, such as dingtalk.com or g.co/meet.")
    app_schemes = LinesField(longest=60, hint="One in each line, such as dingtalk for links like dingtalk://chat.")
    recognised_by = LinesField(
        most=MOST_DESCRIPTIONS,
        longest=LONGEST_DESCRIPTION + LONGEST_TAGS,
        hint="Its icon, its maker, former names, where it is used: one in each line. Readers see the first few. "
        "Another language than English follows in brackets: blaues Symbol mit Blitz [de].",
    )
    searched_as = LinesField(
        most=MOST_DESCRIPTIONS,
        longest=LONGEST_DESCRIPTION + LONGEST_TAGS,
        hint="What people say who do not know its name, such as what others do to them with it: one in each line. "
        "It is only searched, never shown on the page.",
    )
    safer_use = LinesField()
    common_where = LinesField()
    website = TextField(required=False, max_length=MAX_ADDRESS)
    status_note = _text(required=False)

    def clean_names(self) -> list[str]:
        """Return the names. Raises ValidationError if one is too long, or empty when folded."""
        names: list[str] = self.cleaned_data["names"]
        for text in (name_of_line(name).text for name in names):
            if not fold(text):
                raise forms.ValidationError(f"“{text}” has no letter or digit to look for.", code="no-letter")
            if len(text) > LONGEST_NAME:
                raise forms.ValidationError(f"At most {LONGEST_NAME} characters in a name.", code="too-much")
        return names

    def clean_recognised_by(self) -> list[str]:
        """Return unique descriptions. Raises ValidationError if one is too long, or empty when folded."""
        return _descriptions(self.cleaned_data["recognised_by"])

    def clean_searched_as(self) -> list[str]:
        """Return unique descriptions. Raises ValidationError if one is too long, or empty when folded."""
        return _descriptions(self.cleaned_data["searched_as"])

    def clean_app_schemes(self) -> list[str]:
        """Return unique schemes, without the signs that follow them in a link."""
        schemes = [line.lower().removesuffix("//").removesuffix(":") for line in self.cleaned_data["app_schemes"]]
        for scheme in schemes:
            try:
                validate_app_scheme(scheme)
            except ValueError as problem:
                raise forms.ValidationError(f"{problem}.", code="scheme") from None
        return list(dict.fromkeys(schemes))

    def clean_domains(self) -> list[str]:
        """Return unique domains, each optionally with a first path segment."""
        domains = list(dict.fromkeys(line.lower() for line in self.cleaned_data["domains"]))
        for domain in domains:
            try:
                validate_link_prefix(domain)
            except ValueError as problem:
                raise forms.ValidationError(f"{problem}.", code="address") from None
        return domains

    def clean_website(self) -> str:
        """Return a valid web address or an empty string."""
        return _address(self.cleaned_data["website"])


def _descriptions(lines: list[str]) -> list[str]:
    for line in lines:
        text = split_tags(line, LANGUAGES)[0]
        if not fold(text):
            raise forms.ValidationError(f"“{text}” has no letter or digit to look for.", code="no-letter")
        if len(text) > LONGEST_DESCRIPTION:
            raise forms.ValidationError(f"At most {LONGEST_DESCRIPTION} characters in a line.", code="too-much")
    return list(dict.fromkeys(lines))


def _checked_on() -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, help_text="The day on which you opened the sources and found this in them.")


class FactForm(EntryForm):
    """Edit a fact: whether a tool has a feature, who controls it, and its scope."""

    KIND = EntryKind.FACT

    present = _yes_or_no()
    control = forms.ChoiceField(choices=[("", "It does not do this"), *Control.choices], required=False)
    can_disable = forms.ChoiceField(choices=[("", "It does not do this"), *CanDisable.choices], required=False)
    detail = _text()
    platform = TextField(required=False, max_length=80, help_text="Empty: on all.")
    plan = TextField(required=False, max_length=80, help_text="Empty: on all.")
    role = TextField(required=False, max_length=80, help_text="Empty: for all.")
    region = TextField(required=False, max_length=80, help_text="Empty: everywhere.")
    checked_on = _checked_on()

    def clean(self) -> dict[str, Any]:
        """Require control and disableability if the feature is present, and clear them otherwise."""
        fields = super().clean()
        for name in ("control", "can_disable"):
            if fields.get("present") and not fields.get(name):
                self.add_error(name, forms.ValidationError("Say this of a feature that is there.", code="absent"))
            if fields.get("present") is False:
                fields[name] = ""
        return fields


class TacticForm(EntryForm):
    """Edit a tactic: how it works, its signs, what to do and the reply."""

    KIND = EntryKind.TACTIC

    summary = _text()
    what_to_do = LinesField()
    reply = _text()
    signs = LinesField()
    how_it_works = LinesField()
    phrases = LinesField()
    severity = forms.IntegerField(min_value=1, max_value=5)
    severity_reason = _text()
    checked_on = _checked_on()

    def clean_reply(self) -> str:
        """Return the reply. Raises ValidationError if a marketplace's message filter would block it."""
        reply = normalise_text(self.cleaned_data["reply"]).strip()
        for name, words in Marketplace.objects.values_list("name", "trigger_words"):
            if held := trigger_words_in(reply, words):
                raise forms.ValidationError(
                    f"{name}'s message filter holds back “{held[0]}”. Please say it otherwise.", code="held-back"
                )
        return reply


class RuleForm(EntryForm):
    """Edit a marketplace's rule on one topic."""

    KIND = EntryKind.RULE

    rule = _text()
    exceptions = _text(required=False)
    consequence = _text(required=False)
    checked_on = _checked_on()


class SourceForm(forms.Form):
    """A source of an entry."""

    url = TextField(label="Address", required=False, max_length=MAX_ADDRESS)
    title = TextField(required=False, max_length=300)
    passage = TextField(label="What it says on this, in a few words", required=False, max_length=500)

    def clean_url(self) -> str:
        """Return a valid web address, or an empty string if the source is to be left out."""
        return _address(self.cleaned_data["url"])

    def clean(self) -> dict[str, Any]:
        """Require a title and a URL for each source."""
        fields = {name: normalise_line(value) for name, value in (super().clean() or {}).items()}
        if fields.get("url") and not fields.get("title"):
            self.add_error("title", forms.ValidationError("What is the page called?", code="title-missing"))
        if not fields.get("url") and (fields.get("title") or fields.get("passage")) and "url" not in self.errors:
            self.add_error("url", forms.ValidationError("Where is the page?", code="address-missing"))
        return fields


SourceFormSet = formset_factory(SourceForm, extra=1, max_num=MOST_SOURCES, absolute_max=2 * MOST_SOURCES)
FORMS: dict[str, type[EntryForm]] = {form.KIND: form for form in (ToolForm, FactForm, TacticForm, RuleForm)}


class ConnectionForm(forms.Form):
    """Declare a connection to a tool or its vendor."""

    tool = forms.ModelChoiceField(Tool.objects.order_by("name"), to_field_name="slug")
    words = TextField(
        label="What you have to do with it or its vendor",
        max_length=LONGEST_WORDS,
        help_text="In a few words, such as: I work there, I sell it, I make a competing one. Everybody sees it.",
    )

    def clean_words(self) -> str:
        """Return the text on a single line."""
        return normalise_line(self.cleaned_data["words"])


class DeclineForm(forms.Form):
    """The reason for declining a suggestion."""

    reason = TextField(
        label="Why not",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Its author reads this.",
    )


def forms_for(entry: Entry, content: Content | None = None, **kept: Any) -> tuple[EntryForm, Any]:
    """Return unbound forms for an entry and its sources, with its content or the given content."""
    shown = content or entry.content
    initial: Content = {
        name: "\n".join(value) if isinstance(value, list) else value
        for name, value in shown.items()
        if name != "sources"
    }
    for name in ("present", "ambiguous"):
        if name in shown:
            initial[name] = "" if shown[name] is None else "yes" if shown[name] else "no"
    initial |= {"base": signing.dumps(entry.content, salt=_SALT, compress=True), "key": uuid.uuid4()} | kept
    sources = SourceFormSet(initial=shown["sources"], prefix="sources") if entry.kind in SOURCED else None
    return FORMS[entry.kind](initial=initial), sources


def posted_forms(entry: Entry, data: Any) -> tuple[EntryForm, Any]:
    """Return bound forms for an entry and its sources."""
    sources = SourceFormSet(data, prefix="sources") if entry.kind in SOURCED else None
    return FORMS[entry.kind](data), sources


def content_of(form: EntryForm, sources: Any) -> Content:
    """Return the content of valid forms."""
    if sources is None:
        return form.content()
    cited = {row["url"]: row for row in sources.cleaned_data if row.get("url")}
    return form.content() | {"sources": list(cited.values())}


def _address(url: str) -> str:
    try:
        return validate_web_url(url.strip()) if url.strip() else ""
    except ValueError as problem:
        raise forms.ValidationError(f"{str(problem)[:1].upper()}{str(problem)[1:]}.") from None
