"""The form for a comment."""

import uuid

from django import forms

from common.text.cleaning import normalise_text
from common.text.markdown import render
from common.text.markdown_limits import MarkdownError
from reports.choices import Stance

LONGEST = 5_000


class CommentForm(forms.Form):
    """What somebody says, how it stands to the warning, and to which comment it is an answer."""

    body = forms.CharField(
        label="Your comment",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Markdown works. Name no private person.",
    )
    stance = forms.ChoiceField(label="It is", choices=Stance, required=False)
    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # Made with the form: sent twice, it is one comment.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        """Text that can be shown."""
        body = normalise_text(self.cleaned_data["body"]).strip()
        if not body:
            raise forms.ValidationError("Please write something.", code="empty")
        try:
            render(body)
        except MarkdownError as refused:
            raise forms.ValidationError(refused.sentence, code=refused.code) from None
        return body

    def clean_key(self) -> uuid.UUID:
        """The key, or a new one."""
        key: uuid.UUID | None = self.cleaned_data["key"]
        return key or uuid.uuid4()


def quoted(text: str) -> str:
    """A text as a quotation to answer below."""
    return "".join(f"> {line}".rstrip() + "\n" for line in text.strip().splitlines()[:20]) + "\n"
