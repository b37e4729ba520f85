"""The forms of legal notices and vendors' statements."""

import uuid
from typing import Any

from django import forms

from common.forms import MarkdownField, TextField
from common.templatetags.site import host
from common.text.cleaning import normalise_line, normalise_text
from common.urls import mailbox_at
from directory.models import Tool
from moderation.choices import NoticeGround
from moderation.subjects import own_address, own_parts

SHORTEST_EXPLANATION, LONGEST_EXPLANATION, LONGEST_STATEMENT = 40, 5_000, 3_000
LONGEST_ADDRESS = 500


class _Trap(forms.Form):
    """A form with a hidden field that only bots fill in."""

    website = TextField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def clean_website(self) -> str:
        """Reject bots, which fill in the hidden field."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Leave this field empty.")
        return ""


class NoticeForm(_Trap):
    """A legal notice: what is illegal, at which URL, why, and the sender."""

    url = TextField(
        label="The exact address on this site",
        max_length=LONGEST_ADDRESS,
        help_text="Copy it from the address bar. For a comment or a report, copy the link of its date.",
    )
    ground = forms.ChoiceField(label="Why is it illegal?", choices=NoticeGround, widget=forms.RadioSelect)
    law = TextField(label="Which law, if you know", required=False, max_length=200)
    explanation = TextField(
        label="What is illegal about it, and why",
        min_length=SHORTEST_EXPLANATION,
        max_length=LONGEST_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Name the passages. What would show that they are wrong?",
    )
    name = TextField(
        label="Your name", required=False, max_length=120, help_text="The law asks for it. Only moderators see it."
    )
    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        max_length=254,
        help_text="For the receipt. Both are erased half a year after the decision.",
    )
    good_faith = forms.BooleanField(
        label="I believe in good faith that what I write here is accurate and complete",
        error_messages={"required": "We can only take a notice that you believe to be right."},
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_url(self) -> str:
        """Return the absolute address of the page of this site that is meant, in whatever spelling."""
        parts = own_parts(normalise_line(self.cleaned_data["url"]))
        if parts is None:
            raise forms.ValidationError(
                "This is not an address of this site. Copy the one of the page from the address bar.", code="not-here"
            )
        address = own_address(parts)
        if not address or len(address) > LONGEST_ADDRESS:
            raise forms.ValidationError(
                "There is no public page of this site at this address. Open the page, and copy its address from the"
                " address bar.",
                code="no-page",
            )
        return address

    def clean_explanation(self) -> str:
        """Normalise the plain text."""
        return normalise_text(self.cleaned_data["explanation"]).strip()

    def clean_key(self) -> uuid.UUID:
        """Return the key that makes submission idempotent."""
        return self.cleaned_data["key"] or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """Require name and email address, except for notices of sexual abuse (DSA article 16(2)(c))."""
        fields = super().clean() or {}
        if fields.get("ground") != NoticeGround.ABUSE:
            for name in ("name", "email"):
                if name in fields and not fields[name]:
                    self.add_error(
                        name,
                        forms.ValidationError(
                            "The law asks for this, but for notices of sexual abuse.", code="required"
                        ),
                    )
        return fields


class StatementForm(_Trap):
    """A vendor's statement on its tool."""

    speaker = TextField(
        label="Who speaks", max_length=120, help_text="As it is shown, for example: the security team of Example Ltd."
    )
    domain = forms.ChoiceField(label="A domain of the vendor")
    email = forms.EmailField(
        label="An address at that domain",
        required=False,
        max_length=254,
        help_text="We send a link there. It has to be at exactly that domain, such as press@example.org for"
        " example.org; one at a subdomain does not count. Leave it empty to prove the domain by a file instead.",
    )
    body = MarkdownField(
        label="Your statement",
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Answer what is said about the tool; no advertising, no attacks. Markdown works.",
    )

    def __init__(self, tool: Tool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["domain"]
        field.choices = [(domain, domain) for domain in domains_of(tool)]

    def clean_speaker(self) -> str:
        """Normalise to one line."""
        return normalise_line(self.cleaned_data["speaker"])

    def clean(self) -> dict[str, Any]:
        """Check that the email address belongs to the domain."""
        fields = super().clean() or {}
        email, domain = fields.get("email", ""), fields.get("domain", "")
        if email and domain:
            fields["email"] = mailbox_at(email, domain)
            if not fields["email"]:
                words = f"This is not an address at {domain}, such as press@{domain}."
                self.add_error("email", forms.ValidationError(words, code="other-domain"))
        return fields


def domains_of(tool: Tool) -> list[str]:
    """Return the domains of a tool's vendor: those of its links, and its website."""
    found = [domain.lower() for domain in tool.domains.values_list("domain", flat=True)]
    if tool.website:
        found.append(host(tool.website))
    return sorted({domain.removeprefix("www.") for domain in found if domain})
