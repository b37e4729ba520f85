"""The filters of the list of warnings."""

from typing import Any

from django import forms

from common.forms import FilterForm
from directory.models import Marketplace, Tactic, Tool
from reports.models import Tag

_ANY = ("", "Any")


class WarningFilterForm(FilterForm):
    """The filters and order of the warnings list. Unknown values are reported as errors and filter nothing."""

    tool = forms.ChoiceField(label="Tool", required=False)
    tactic = forms.ChoiceField(label="Tactic", required=False)
    marketplace = forms.ChoiceField(label="Marketplace", required=False)
    tag = forms.ChoiceField(label="Tag", required=False)
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
