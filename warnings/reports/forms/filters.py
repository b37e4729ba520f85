"""The filters of the list of warnings."""

from functools import partial
from typing import Any

from django import forms

from common.forms import FilterForm, KnownChoiceField
from directory.models import Marketplace, Tactic, Tool
from reports.choices import CountKind
from reports.models import PublishedCount, Tag

_ANY = ("", "Any")
# More are typed, not listed.
MOST_LISTED = 50
_MODELS: dict[str, Any] = {"tool": Tool, "tactic": Tactic, "marketplace": Marketplace, "tag": Tag}


def _find(model: Any, text: str) -> tuple[str, str] | None:
    found = model.objects.named(text)
    return (found.slug, found.name) if found else None


class WarningFilterForm(FilterForm):
    """The filters and order of the warnings list. Unknown values are reported as errors."""

    tool = KnownChoiceField(label="Tool", required=False, find=partial(_find, Tool))
    tactic = KnownChoiceField(label="Tactic", required=False, find=partial(_find, Tactic))
    marketplace = KnownChoiceField(label="Marketplace", required=False, find=partial(_find, Marketplace))
    tag = KnownChoiceField(label="Tag", required=False, find=partial(_find, Tag))
    sort = forms.ChoiceField(
        label="Sort by",
        required=False,
        choices=[("", "Newest"), ("helpful", "Most helpful"), ("reported", "Most reported")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in _MODELS.items():
            field = self.fields[name]
            if not isinstance(field, KnownChoiceField):
                continue
            keys = [key for key, _ in PublishedCount.objects.totals(CountKind(name))[: MOST_LISTED + 1]]
            if len(keys) > MOST_LISTED:
                field.let_type()
            else:
                rows = model._default_manager.filter(pk__in=keys).order_by("name")
                field.choices = [_ANY, *rows.values_list("slug", "name")]

    def subjects(self) -> dict[CountKind, int]:
        """Return the primary keys of the entries that the list is filtered by."""
        chosen = self.chosen()
        rows = {name: model._default_manager.filter(slug=chosen[name]) for name, model in _MODELS.items()}
        found = {name: rows[name].values_list("pk", flat=True).first() or 0 for name in _MODELS if chosen[name]}
        return {CountKind(name): key for name, key in found.items()}
