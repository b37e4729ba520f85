"""The forms of the tag pages: the filter of the index, and the moderators' forms."""

from typing import Any

from django import forms
from django.urls import reverse_lazy

from common.forms import TextField
from common.text.cleaning import normalise_line, normalise_text
from common.text.commas import has_comma
from reports.models import Tag, TagSynonym
from reports.tag_names import LONGEST_DESCRIPTION, LONGEST_TAG, MOST_TAGS, fold_tag, names_in, refused_names

# Attributes of a tag field: the datalist used without JavaScript, and the URL of the suggestions.
TAGS_FIELD = {"list": "known-tags", "autocomplete": "off", "data-tags": reverse_lazy("tag_suggestions")}
_ONE_TAG = TAGS_FIELD | {"data-one": ""}


def tags_in(text: str) -> list[str]:
    """Return the tag names in a text, one for each folded form. Raises ValidationError for what can be no tag."""
    if refused := refused_names(text):
        listed = ", ".join(f"“{name}”" for name in refused)
        raise forms.ValidationError(f"A tag needs a letter or a digit. Remove {listed}.", code="no-tag-name")
    names = names_in(text)
    if len(names) > MOST_TAGS:
        raise forms.ValidationError(f"Use at most {MOST_TAGS} tags.", code="too-many-tags")
    if any(len(name) > LONGEST_TAG for name in names):
        raise forms.ValidationError(f"A tag has at most {LONGEST_TAG} characters.", code="too-long")
    return names


class TagFilterForm(forms.Form):
    """The filter of the tag index."""

    q = TextField(label="Tags with these letters", required=False, max_length=100)

    def chosen(self) -> str:
        """Return the folded search text, or an empty string if it is invalid."""
        return fold_tag(self.cleaned_data.get("q", "")) if self.is_valid() else ""


class TagForm(forms.Form):
    """A form for an existing tag."""

    def __init__(self, tag: Tag, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tag = tag


class _NameField(TextField):
    """The name of a tag: a single line with at least one letter or digit and no comma."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_TAG, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the normalized name."""
        name = normalise_line(super().clean(value))
        if not fold_tag(name) or has_comma(name):
            raise forms.ValidationError("A tag needs a letter or a digit, and holds no comma.", code="no-tag-name")
        return name


class MergeForm(TagForm):
    """Merge the tag into another."""

    into = _NameField(
        label="Into which tag",
        help_text="Its name, or an older name of it.",
        widget=forms.TextInput(attrs=_ONE_TAG),
    )

    def clean_into(self) -> Tag:
        """Return the target tag. Raises ValidationError if it does not exist or is the same tag."""
        folded = fold_tag(self.cleaned_data["into"])
        known = Tag.objects.filter(folded=folded).first()
        synonym = TagSynonym.objects.select_related("tag").filter(folded=folded).first()
        tag: Tag | None = known or (synonym.tag if synonym else None)
        if tag is None:
            raise forms.ValidationError(
                "There is no such tag. To give this one another name, rename it.", code="no-tag"
            )
        if tag == self.tag:
            raise forms.ValidationError("That is this tag.", code="same-tag")
        return tag


class RenameForm(TagForm):
    """Rename the tag."""

    name = _NameField(label="New name", help_text="The old name becomes a synonym, and its address leads here.")


class DescriptionForm(TagForm):
    """Edit the description of the tag."""

    description = TextField(
        label="What it is for",
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Plain text, up to {LONGEST_DESCRIPTION} characters. Shown on the page of the tag.",
    )

    def clean_description(self) -> str:
        """Return normalized plain text."""
        return normalise_text(self.cleaned_data["description"]).strip()


class SynonymForm(TagForm):
    """Add a synonym to the tag."""

    synonym = _NameField(label="Another name", help_text="Whoever types it gets this tag.")
