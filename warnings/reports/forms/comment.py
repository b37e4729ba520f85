"""The form for a comment."""

import uuid

from django import forms

from common.forms import MarkdownField
from reports.choices import Stance

LONGEST = 5_000


class CommentForm(forms.Form):
    """A comment's text, its stance on the warning and its parent."""

    body = MarkdownField(
        label="Your comment",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Markdown works. Name no private person.",
    )
    stance = forms.ChoiceField(label="It is", choices=Stance, required=False)
    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # Generated with the form, so that submitting it twice creates one comment.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_key(self) -> uuid.UUID:
        """Return the submitted key, or a new one."""
        key: uuid.UUID | None = self.cleaned_data["key"]
        return key or uuid.uuid4()


def quoted(text: str) -> str:
    """Return a text as a Markdown quotation of at most 20 lines."""
    return "".join(f"> {line}".rstrip() + "\n" for line in text.strip().splitlines()[:20]) + "\n"
