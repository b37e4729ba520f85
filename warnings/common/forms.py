"""Form fields, widgets and filters that several apps use."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Chip:
    """One active filter: its words, and the address of the list without it."""

    label: str
    without: str


class FilterForm(forms.Form):
    """A GET form whose state is the address. Unknown values are reported and let everything through."""

    def chosen(self) -> dict[str, str]:
        """The valid values by field, empty where nothing (valid) was chosen."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    def chips(self) -> list[Chip]:
        """The active filters in the order of the fields; how the list is sorted is none."""
        chosen = self.chosen()
        return [
            Chip(self._words(name, value), self._without(name))
            for name, value in chosen.items()
            if value and name != "sort"
        ]

    def _words(self, name: str, value: str) -> str:
        field = self.fields[name]
        choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
        return f"{field.label}: {dict(choices).get(value, value)}"

    def _without(self, name: str) -> str:
        """The address without one filter; the page number goes too, since the list becomes another."""
        query = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        for gone in (name, "page"):
            query.pop(gone, None)
        return f"?{query.urlencode()}"


class LongSelect(forms.Select):
    """A select for many options: Django renders three templates for each option, which costs more than the page."""

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
