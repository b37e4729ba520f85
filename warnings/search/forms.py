"""The filters of the search page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from common.forms import FilterForm
from directory.models import Marketplace, Tactic, Tool
from reports.models import Tag
from search.kinds import POST_KINDS, SUBJECTS, Kind, label

MODELS: dict[str, Any] = {"tool": Tool, "tactic": Tactic, "marketplace": Marketplace, "tag": Tag}
LONGEST_SLUG = 120


class NarrowingForm(FilterForm):
    """The filters of posts, by slug; an unknown slug is reported as an error and filters nothing."""

    kind = forms.ChoiceField(label="Kind", required=False, choices=[(kind.value, kind.label) for kind in POST_KINDS])
    tool = forms.CharField(label="Tool", required=False, max_length=LONGEST_SLUG)
    tactic = forms.CharField(label="Tactic", required=False, max_length=LONGEST_SLUG)
    marketplace = forms.CharField(label="Marketplace", required=False, max_length=LONGEST_SLUG)
    tag = forms.CharField(label="Tag", required=False, max_length=LONGEST_SLUG)

    def narrowing(self) -> "Narrowing":
        """Return the selected filters with their objects."""
        chosen = self.chosen()
        rows = {what: MODELS[what].objects.filter(slug=chosen[what]).first() for what in SUBJECTS if chosen[what]}
        found = {what: row for what, row in rows.items() if row is not None}
        kinds = (Kind(chosen["kind"]),) if chosen["kind"] else POST_KINDS
        return Narrowing(kinds, found, [label(what, row.pk) for what, row in found.items()])

    def _words(self, name: str, value: str) -> str:
        if name == "kind":
            return super()._words(name, value)
        row = MODELS[name].objects.filter(slug=value).first()
        return f"{self.fields[name].label}: {row.name if row else value}"


@dataclass(frozen=True)
class Narrowing:
    """The kinds of posts to search, their subjects, and the index labels for these."""

    kinds: Sequence[Kind]
    subjects: dict[str, Any]
    labels: list[str]
