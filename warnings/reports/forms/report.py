"""The report form: five short groups of fields, with their validation."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone

from common.forms import AmountField, LongSelect, MarkdownField, TextField
from common.text.cleaning import normalise_line
from common.text.commas import split_at_commas
from common.text.folding import fold
from common.text.money import read_amount
from directory.models import Marketplace, Tactic, Tool, ToolName
from reports.choices import Outcome
from reports.forms.tag import TAGS_FIELD, tags_in
from reports.models import Warning
from reports.models.text import LONGEST_TITLE
from reports.months import first_day, first_zone_day, month_choices

CODES = tuple(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD "
    "HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL "
    "LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP "
    "PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT "
    "TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG".split()
)
# The most common currencies in freelance work come first.
COMMON = ("USD", "EUR", "GBP", "BDT", "INR", "PKR", "IDR", "PHP", "NGN", "UAH", "BRL", "CNY")


def currency_choices() -> list[tuple[str, str]]:
    """Return all currency codes as choices, the common ones first."""
    return [(code, code) for code in (*COMMON, *(code for code in CODES if code not in COMMON))]


LONGEST_UNKNOWN_TOOLS, SHORTEST_BODY, LONGEST_BODY = 120, 40, 10_000
MOST_TOOLS = 3
MOST_MONEY = 1_000_000_000
GROUPS = (
    ("What was it about?", ("tools", "tactics")),
    ("Where and when?", ("marketplace", "happened_in")),
    ("What happened?", ("title", "body")),
    ("How did it end?", ("outcome", "amount", "currency")),
    ("Anything that shows it?", ("pictures", "tags")),
)


class FilesWidget(forms.ClearableFileInput):
    """A file input that accepts several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A field that returns a list of files."""

    widget = FilesWidget

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Clean each file separately."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        clean_one = super().clean
        return [clean_one(file, initial) for file in files]


class WhoseField(forms.ChoiceField):
    """Whether a report leaves its author's handle out: `yes`, `no`, or nothing chosen."""

    def to_python(self, value: Any) -> str:
        """Return the choice; a ticked box of an earlier version of the form is `yes`."""
        return "yes" if value in ("on", True) else super().to_python(value)


class ReportFieldsForm(forms.Form):
    """One person's account: what happened, with which tools, where, when, and the outcome."""

    tools = TextField(
        label="Which app or tool",
        required=False,
        max_length=300,
        help_text="Up to three, with commas between. One that we do not know yet is fine.",
        widget=forms.TextInput(attrs={"list": "known-tools", "autocomplete": "off"}),
    )
    tactics = forms.ModelMultipleChoiceField(
        Tactic.objects.order_by("name"),
        label="Which tricks",
        required=False,
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
    )
    pictures = FilesField(
        label="Screenshots",
        required=False,
        help_text="Up to five PNG, JPEG or WebP pictures or PDF pages, 10 MB each. Only the pixels are kept: no"
        " place, no device, no time; QR codes are covered. Only moderators see them before they are published.",
        widget=FilesWidget(attrs={"accept": "image/png,image/jpeg,image/webp,application/pdf"}),
    )
    tags = TextField(
        required=False,
        max_length=400,
        help_text="Up to eight, with commas between.",
        widget=forms.TextInput(attrs=TAGS_FIELD),
    )
    marketplace = forms.ModelChoiceField(
        Marketplace.objects.order_by("name"),
        required=False,
        to_field_name="slug",
        empty_label="Choose ...",
        help_text="Leave it if it was somewhere else, or if you would rather not say.",
    )
    happened_in = forms.ChoiceField(
        label="When", required=False, widget=LongSelect, help_text="Leave it if you do not remember the month."
    )
    title = TextField(
        label="In one line",
        max_length=LONGEST_TITLE,
        help_text="What a colleague would search for. No names of people.",
    )
    body = MarkdownField(
        label="What happened",
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text="In your own words: what was asked, what you did, how it went on. Markdown works. Leave out names."
        f" At least {SHORTEST_BODY} characters.",
    )
    outcome = forms.ChoiceField(
        label="How it ended for you",
        choices=Outcome,
        initial=Outcome.NOT_STATED,
        widget=forms.RadioSelect,
        required=False,
    )
    amount = AmountField(
        label="Money lost",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        validators=[MaxValueValidator(MOST_MONEY)],
    )
    currency = forms.ChoiceField(required=False, choices=[("", "Currency"), *currency_choices()], widget=LongSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = self.fields["happened_in"]
        if isinstance(months, forms.ChoiceField):
            months.choices = [("", "Choose ..."), *month_choices(first_zone_day(timezone.now()))]

    def clean_title(self) -> str:
        """Return the title on a single line."""
        return normalise_line(self.cleaned_data["title"])

    def clean_happened_in(self) -> Any:
        """Return the first day of the month."""
        return first_day(self.cleaned_data["happened_in"])

    def clean_outcome(self) -> str:
        """Return the outcome, or `Outcome.NOT_STATED`."""
        return self.cleaned_data["outcome"] or Outcome.NOT_STATED

    def clean_tools(self) -> tuple[list[Tool], str]:
        """Return the known tools, and the names of tools that are not in the directory."""
        known, unknown = tools_in(self.cleaned_data["tools"])
        if len(known) + len(unknown) > MOST_TOOLS:
            raise forms.ValidationError(f"Name at most {MOST_TOOLS} tools.", code="too-many-tools")
        if len(", ".join(unknown)) > LONGEST_UNKNOWN_TOOLS:
            raise forms.ValidationError("That name is too long.", code="too-long")
        return list(dict.fromkeys(tool for _, tool in known)), ", ".join(unknown)

    def clean_tags(self) -> list[str]:
        """Return the names of the tags, one for each folded form."""
        return tags_in(self.cleaned_data["tags"])

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in their groups, without empty groups."""
        named = [(name, [self[field] for field in fields if field in self.fields]) for name, fields in GROUPS]
        return [(name, fields) for name, fields in named if fields]

    def clean(self) -> dict[str, Any]:
        """Require a currency with an amount, and the outcome "lost money" with both."""
        fields = super().clean() or {}
        meant = read_amount(str(self.data.get("amount", ""))).currencies
        if fields.get("amount") is None:
            fields["currency"] = ""
        elif meant and not meant.intersection([fields.get("currency")] if fields.get("currency") else CODES):
            words = "The amount names another currency than the one beside it. Choose the currency that you mean."
            self.add_error("currency", forms.ValidationError(words, code="currency-differs"))
        elif len(meant) == 1 and "currency" not in self.errors:
            [fields["currency"]] = meant
        elif not fields.get("currency") and "currency" not in self.errors:
            self.add_error("currency", forms.ValidationError("Which currency?", code="currency-missing"))
        if fields.get("amount") is not None and fields.get("outcome") != Outcome.LOST_MONEY:
            self.add_error("outcome", "You name an amount: choose that you lost money, or leave the amount empty.")
        return fields


class SubmissionForm(ReportFieldsForm):
    """A new report, on an existing warning or starting a new one."""

    joins = forms.ModelChoiceField(
        Warning.objects.published().filter(locked=False),
        required=False,
        to_field_name="slug",
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "That warning is not open for reports any more. Yours becomes a new one."},
    )
    unnamed = WhoseField(
        label="Whose report is it?",
        required=False,
        choices=[("no", "It stands under my handle"), ("yes", "Leave my handle out")],
        widget=forms.RadioSelect,
        help_text="Nobody then sees whose it is, moderators included. You find it under your reports, and can change"
        " this there at any time. It holds for everything that you report on the same warning.",
    )
    notify = forms.BooleanField(label="Send me mail when something happens", required=False)
    # A honeypot: hidden from people, filled in by bots.
    website = TextField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The view clears this where the answer is known.
        self.asks_whose = True
        if self.is_bound and self.data.get("joins"):
            # A report on an existing warning needs no title and no text.
            self.fields["title"].required = self.fields["body"].required = False

    def clean_body(self) -> str:
        """Require a minimum length unless the report is on an existing warning."""
        body: str = self.cleaned_data["body"]
        if len(body) < SHORTEST_BODY and not self.data.get("joins"):
            raise forms.ValidationError(
                f"Please tell a little more, so that others can learn from it: this has {len(body)} of at least"
                f" {SHORTEST_BODY} characters.",
                code="too-short",
            )
        return body

    def clean_unnamed(self) -> bool:
        """Return whether the handle is left out. A form that asks whose report it is has no default."""
        if self.data.get("sender") and not self.cleaned_data["unnamed"] and self.asks_whose:
            raise forms.ValidationError("Choose whether your handle is shown.", code="required")
        return bool(self.cleaned_data["unnamed"] == "yes")

    def clean_website(self) -> str:
        """Reject the form if the honeypot is filled in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Please leave this empty.")
        return ""


def tools_in(text: str) -> tuple[list[tuple[str, Tool]], list[str]]:
    """Split comma-separated tool names into known ones, with their tools, and unknown ones."""
    known: list[tuple[str, Tool]] = []
    unknown: list[str] = []
    for name in split_at_commas(text):
        row = ToolName.objects.select_related("tool").filter(folded=fold(name)).first() if fold(name) else None
        if row:
            known.append((name, row.tool))
        else:
            unknown.append(name)
    return known, unknown


def known_tools() -> list[str]:
    """Return tool names for suggestions, the riskiest first."""
    return list(Tool.objects.order_by("-risk", "name").values_list("name", flat=True)[:200])
