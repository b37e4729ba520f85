"""Form fields, widgets and filters that several apps use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.text.cleaning import normalise_line_ends, normalise_text, shows_something, without_unstorable
from common.text.markdown import MarkdownError, render
from common.text.money import read_amount
from common.text.numbers import plain_number
from common.text.plain_text import shows_words


@dataclass(frozen=True)
class ActiveFilter:
    """A filter with a valid value, and how both are shown."""

    name: str
    value: str
    label: str


@dataclass(frozen=True)
class Chip:
    """The label of an active filter, and the URL of the list without it."""

    label: str
    without: str


class KnownChoiceField(forms.ChoiceField):
    """A choice that is understood by any of its names; `find` returns the value and label of what somebody means.

    It is selected from a list, or typed if the list would be long.
    """

    typed = False
    default_error_messages = {"invalid_choice": "We do not know “%(value)s”. Check the spelling."}

    def __init__(self, *, find: Callable[[str], tuple[str, str] | None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.find = find

    def let_type(self) -> None:
        """Ask for the name in a text field instead of listing all choices."""
        self.typed, self.choices = True, [("", "")]
        self.widget = forms.TextInput(attrs=self.widget.attrs | {"placeholder": "Any"})

    def to_python(self, value: Any) -> str:
        """Return the value that is meant, or what was given if nothing is."""
        return str(self._meant(super().to_python(value)))

    def prepare_value(self, value: Any) -> Any:
        """Return the value to select, or the name to show in a text field."""
        meant = self._meant(value)
        return dict(self.choices).get(meant, meant) if self.typed else meant  # type: ignore[arg-type]  # no groups

    def _meant(self, value: Any) -> Any:
        """Return the value that is meant. What is known but not listed gets a choice."""
        if not value or self.valid_value(value):
            return value
        found = self.find(without_unstorable(str(value)))
        if found is None:
            return value
        if not self.valid_value(found[0]):
            self.choices = [*self.choices, found]  # type: ignore[misc]
        return found[0]


class FilterForm(forms.Form):
    """A GET form whose state is in the URL. A list that is filtered by something unknown has nothing to show."""

    @property
    def unknown(self) -> bool:
        """Whether a filter has a value that is not known. Sorting is not a filter."""
        return any(name != "sort" for name in self.errors)

    def chosen(self) -> dict[str, str]:
        """Return the valid values by field name, with an empty string for missing or invalid ones."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    def active(self) -> list[ActiveFilter]:
        """Return the active filters in the order of the fields. Sorting is not a filter."""
        return [
            ActiveFilter(name, value, self._words(name, value))
            for name, value in self.chosen().items()
            if value and name != "sort"
        ]

    def chips(self) -> list[Chip]:
        """Return the active filters with links that remove them."""
        return [Chip(filter_.label, self._without(filter_.name)) for filter_ in self.active()]

    def _words(self, name: str, value: str) -> str:
        field = self.fields[name]
        choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
        return f"{field.label}: {dict(choices).get(value, value)}"

    def _without(self, name: str) -> str:
        """Return the URL without a filter and without the page number, as the list changes."""
        kept = {other: value for other, value in self.chosen().items() if value and other != name}
        return f"?{urlencode(kept)}"


class TextField(forms.CharField):
    """Typed text as its author sees it: a line end is one character, and what shows nothing is empty."""

    def to_python(self, value: Any) -> str | None:
        """Return the text before its length is checked."""
        text = "" if value in self.empty_values else normalise_line_ends(str(value))
        # A text with NUL is refused by a validator, whatever else it holds.
        return super().to_python(text if "\x00" in text or shows_something(text) else "")


class MarkdownField(TextField):
    """Markdown that is rendered for readers: what shows nothing then, such as an empty quote, is empty."""

    def clean(self, value: Any) -> str:
        """Return the normalized text. Raises ValidationError if it cannot be rendered, or is required and empty."""
        text = normalise_text(super().clean(value)).strip()
        try:
            html = render(text)
        except MarkdownError as refused:
            raise forms.ValidationError(refused.sentence, code=refused.code) from None
        if shows_words(html):
            return text
        if self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return ""


class AmountField(forms.DecimalField):
    """An amount of money, with the separators and the sign that people type. A number input would take none.

    The form checks the currency, which is a field of its own: see `common.text.money`.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        """Return the amount as a Decimal. Raises ValidationError for a number that has two meanings."""
        if not isinstance(value, str):
            return super().to_python(value)
        amount = read_amount(value)
        number = plain_number(amount.number)
        if amount.is_unclear:
            small = amount.number[: amount.number.index(".") + 3]
            words = f"“{amount.number}” has two meanings. Write {number} or {small}."
            raise forms.ValidationError(words, code="unclear")
        return super().to_python(number)


class LongSelect(forms.Select):
    """A select for many options. Django renders three templates per option, which is slow."""

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Render the same HTML as Django's select, for options without groups."""
        widget = self.get_context(name, value, dict(attrs or {}))["widget"]
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                (option["value"], flatatt(option["attrs"]), option["label"])
                for _, group, _ in widget["optgroups"]
                for option in group
            ),
        )
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(widget["attrs"]), options)


class DirectedInputs(TemplatesSetting):
    """Renders forms as Django does; fields for text take the direction of what is typed."""

    _WIDGETS = frozenset(f"django/forms/widgets/{name}.html" for name in ("text", "search", "textarea"))

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Render a template of a form, field or widget."""
        if template_name in self._WIDGETS:
            context["widget"]["attrs"].setdefault("dir", "auto")
        return super().render(template_name, context, request)
