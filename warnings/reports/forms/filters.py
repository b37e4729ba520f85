"""The filters of the list of warnings."""

from functools import partial
from typing import Any

from django import forms

from common.forms import FilterForm, KnownChoiceField
from directory.models import Marketplace, Tactic, Tool
from reports.models import Tag

_ANY = ("", "Any")


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
        published = {"warnings__status": "published"}
        for name, rows in (
            ("tool", Tool.objects.filter(**published)),
            ("tactic", Tactic.objects.filter(**published)),
            ("marketplace", Marketplace.objects.filter(**published)),
            ("tag", Tag.objects.in_use()),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [_ANY, *rows.order_by("name").distinct().values_list("slug", "name")]
