"""Filters of the directory's lists: plain GET forms whose state is in the URL."""

from typing import Any

from django import forms

from common.forms import FilterForm, KnownChoiceField, TextField
from directory.choices import FeatureFamily, Grade, TacticFamily, ToolKind
from directory.models import Feature

_ANY = ("", "Any")


def _feature(text: str) -> tuple[str, str] | None:
    found = Feature.objects.named(text)
    return (found.slug, found.name) if found else None


class ToolFilterForm(FilterForm):
    """The filters and order of the tool list. Unknown values are reported as errors."""

    name = TextField(label="Name contains", required=False, max_length=80)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[_ANY, *ToolKind.choices])
    feature = KnownChoiceField(label="Can do", required=False, find=_feature)
    grade = forms.ChoiceField(label="Grade", required=False, choices=[_ANY, *Grade.choices, ("none", "Not assessed")])
    sort = forms.ChoiceField(label="Sort by", required=False, choices=[("", "Risk, highest first"), ("name", "Name")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        features = Feature.objects.current().order_by("name").values_list("slug", "name")
        field = self.fields["feature"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [_ANY, *features]


class FeatureFilterForm(FilterForm):
    """The filters of the feature list."""

    family = forms.ChoiceField(label="Family", required=False, choices=[_ANY, *FeatureFamily.choices])


class TacticFilterForm(FilterForm):
    """The filters of the tactic list."""

    family = forms.ChoiceField(label="Family", required=False, choices=[_ANY, *TacticFamily.choices])


class MatrixFilterForm(FilterForm):
    """The filters and order of the matrix."""

    kind = forms.ChoiceField(label="Kind of tool", required=False, choices=[_ANY, *ToolKind.choices])
    family = forms.ChoiceField(label="Features on", required=False, choices=[_ANY, *FeatureFamily.choices])
    sort = forms.ChoiceField(label="Sort by", required=False, choices=[("", "Risk, highest first"), ("name", "Name")])
