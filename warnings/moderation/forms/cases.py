"""The forms of the review queue: filters, saved filters, decisions on one case and on several."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q

from common.errors import code_of
from common.forms import FilterForm, MarkdownField, TextField
from common.text.cleaning import normalise_line, normalise_text
from moderation.choices import Act, CaseKind
from moderation.decisions.available import available_acts, closes, person_of_case
from moderation.decisions.effects.posts import seen
from moderation.decisions.input import DecisionInput
from moderation.models import Case, Reason
from moderation.policies.reasons import suits, why_not_fitting, why_not_reasoned
from reports.forms.tracking import CorrectionForm
from reports.models import Report, Warning
from reports.models.text import LONGEST_TITLE
from reports.passage_patterns import size_of
from reports.passages import SHORTEST, passages_in

LONGEST_TOLD, LONGEST_NOTE, LONGEST_BODY = 2_000, 2_000, 10_000
MOST_AT_ONCE = 50
# Remarks belong to a field of the report form. These fields have none: one belongs to the field before it, the other
# is the author's.
REMARK, _NOT_REMARKED = "remark_", frozenset({"currency", "answer"})
# Decisions that can be made in bulk, because they need at most a reason.
AT_ONCE = {
    CaseKind.REPORT: (Act.PUBLISH, Act.DECLINE),
    CaseKind.COMMENT: (Act.PUBLISH, Act.DECLINE),
    CaseKind.AFTERWARDS: (Act.NO_ACTION,),
    CaseKind.FLAGS: (Act.NO_ACTION, Act.UNPUBLISH),
    CaseKind.FACT: (Act.NO_ACTION,),
    CaseKind.ALARM: (Act.NO_ACTION,),
}
SHOWN = (
    ("", "All open"),
    ("free", "Free for me"),
    ("mine", "Mine"),
    ("late", "Overdue"),
    ("spam", "Looks like spam"),
)


class QueueFilterForm(FilterForm):
    """The filter of the queue."""

    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All"), *CaseKind.choices])
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "All open"),
            ("free", "Free for me"),
            ("mine", "Mine"),
            ("late", "Overdue"),
            ("spam", "Looks like spam"),
        ],
    )
    q = TextField(label="Words in the title", required=False, max_length=100)


class SaveViewForm(forms.Form):
    """The name of a saved filter."""

    name = TextField(label="Save this selection as", max_length=60)
    query = TextField(required=False, max_length=500, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        """Normalise to one line."""
        return normalise_line(self.cleaned_data["name"])


class DecisionForm(forms.Form):
    """A decision on one case: the act, its reason, the text for the person concerned, and what the act needs."""

    act = forms.ChoiceField(
        label="Decision",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a decision.",
            "invalid_choice": "This decision does not go with this case. Choose another one.",
        },
    )
    reason = forms.ModelChoiceField(
        Reason.objects.none(), required=False, to_field_name="slug", empty_label="Choose a reason"
    )
    public_reason = TextField(
        label="In your own words, instead of the reason's text",
        required=False,
        max_length=LONGEST_TOLD,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Goes to the person concerned and into the statement of reasons.",
    )
    note = TextField(
        label="Note for colleagues",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only moderators see it.",
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, acts = case, available_acts(case)
        labels = {act: label_on(act, case.kind) for act in acts}
        self._field("act").choices = [(act.value, label) for act, label in labels.items()]
        _offer_reasons(self._field("reason"), labels, case.kind)
        subject = case.subject
        if Act.PUBLISH in acts and isinstance(subject, Report):
            self._add_edit(subject)
        elif case.kind == CaseKind.AFTERWARDS and isinstance(subject, Report):
            # The report was published without its pictures, which need a moderator's approval.
            self._add_pictures(subject)
        if Act.REQUEST_CHANGES in acts:
            self._add_remarks(subject)
        if Act.MERGE in acts:
            self.fields["into"] = TextField(
                label="Merge into",
                required=False,
                max_length=300,
                help_text="The address of a published warning, or the last part of it.",
            )
        if Act.REDACT in acts:
            self.fields["passages"] = TextField(
                label="Passages to remove",
                required=False,
                max_length=5_000,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="One a line, exactly as they stand. They go from the warning, its reports, comments, all"
                " versions, the search and the feeds. For seven days that can be undone.",
            )
        if Act.PAUSE_NOTIFIER in acts or (Act.SUSPEND in acts and person_of_case(case)):
            self.fields["days"] = forms.IntegerField(
                label="For how many days", required=False, min_value=1, max_value=3_650
            )

    def clean_public_reason(self) -> str:
        """Normalise the plain text."""
        return normalise_text(self.cleaned_data["public_reason"]).strip()

    def clean_note(self) -> str:
        """Normalise the plain text."""
        return normalise_text(self.cleaned_data["note"]).strip()

    def clean_passages(self) -> tuple[str, ...]:
        """Return the passages, the longest first."""
        passages = passages_in(normalise_text(self.cleaned_data["passages"]))
        if any(size_of(passage) < SHORTEST for passage in passages):
            raise forms.ValidationError(
                "A passage has at least two letters or digits: one would be found everywhere.",
                code="too-short",
            )
        return tuple(passages)

    def clean_into(self) -> Warning | None:
        """Return the published warning at the URL."""
        typed = self.cleaned_data["into"].strip().rstrip("/").rpartition("/")[2]
        if not typed:
            return None
        found = Warning.objects.published().filter(Q(slug=typed)).first()
        if found is None:
            raise forms.ValidationError("There is no published warning with this address.", code="no-warning")
        return found

    def clean(self) -> dict[str, Any]:
        """Require a reason where the person concerned is told why."""
        given = super().clean() or {}
        if "act" in given and "reason" in given and "public_reason" in given:
            refusal = why_not_reasoned(self.case, Act(given["act"]), given["reason"], given["public_reason"])
            if refusal:
                self.add_error("reason", forms.ValidationError(refusal, code=code_of(refusal)))
        return given

    def choice(self) -> DecisionInput:
        """Return the decision input of a valid form."""
        given = self.cleaned_data
        remarks = {name.removeprefix(REMARK): text for name in self._remarks() if (text := given[name])}
        pictures = given.get("pictures")
        return DecisionInput(
            act=Act(given["act"]),
            reason=given["reason"],
            public_reason=given["public_reason"],
            note=given["note"],
            into=given.get("into"),
            title=normalise_line(given.get("title", "")),
            body=given.get("body", ""),
            remarks=remarks,
            question=given.get("question", ""),
            labels={name: str(self.fields[f"{REMARK}{name}"].label) for name in remarks},
            pictures=tuple(int(key) for key in pictures) if pictures is not None else None,
            passages=given.get("passages", ()),
            days=given.get("days") or 0,
            seen=given.get("seen", ""),
        )

    def groups(self) -> list[tuple[str, str, list[Any]]]:
        """Return the fields that acts need, as (acts, heading, fields)."""
        names = set(self.fields)
        edited = "title" in names
        parts = (
            ("publish", "Edit before it is published", ("title", "body", "pictures") if edited else ()),
            ("keep", "Its pictures", () if edited else ("pictures",)),
            ("ask", "What the author is asked", (*self._remarks(), "question")),
            ("merge", "Where it goes", ("into",)),
            ("redact", "What is removed", ("passages",)),
            ("suspend pause-notifier", "How long", ("days",)),
        )
        return [
            (act, heading, [self[name] for name in fields if name in names])
            for act, heading, fields in parts
            if names.intersection(fields)
        ]

    def _remarks(self) -> list[str]:
        return [name for name in self.fields if name.startswith(REMARK)]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def on(self, case: Case) -> "DecisionForm":
        """Return the form for the current state of a case; if its text has changed, with the new text."""
        fresh = DecisionForm(case)
        if "seen" not in fresh.fields or fresh["seen"].value() == self.data.get("seen", fresh["seen"].value()):
            return self
        return DecisionForm(
            case, initial={name: self.data.get(name, "") for name in ("act", "reason", "public_reason", "note")}
        )

    def _add_edit(self, report: Report) -> None:
        self.fields["seen"] = TextField(required=False, max_length=64, widget=forms.HiddenInput, initial=seen(report))
        self.fields["title"] = TextField(required=False, max_length=LONGEST_TITLE, initial=report.warning.title)
        self.fields["body"] = MarkdownField(
            label="What happened",
            required=False,
            max_length=LONGEST_BODY,
            widget=forms.Textarea(attrs={"rows": 9}),
            initial=report.body,
        )
        self._add_pictures(report)

    def _add_pictures(self, report: Report) -> None:
        pictures = list(report.evidence.all())
        if pictures:
            self.fields["pictures"] = forms.MultipleChoiceField(
                label="Pictures that everybody may see",
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(row.pk), row.alt_text or f"Picture {row.position + 1}") for row in pictures],
                initial=[str(row.pk) for row in pictures],
                error_messages={"invalid_choice": "One of the pictures is gone. Look at the others again."},
            )

    def _add_remarks(self, report: Report) -> None:
        correction = CorrectionForm(report)
        for _, fields in correction.groups:
            for field in fields:
                if field.name not in _NOT_REMARKED:
                    label = f"About “{field.label}”"
                    self.fields[f"{REMARK}{field.name}"] = TextField(label=label, required=False, max_length=500)
        self.fields["question"] = TextField(
            required=False, max_length=1_000, widget=forms.Textarea(attrs={"rows": 2})
        )


class BulkForm(forms.Form):
    """One decision on several cases of a kind."""

    kind = forms.ChoiceField(choices=CaseKind.choices, widget=forms.HiddenInput)
    # On the page the fields stand outside the form, which is above the list.
    act = forms.ChoiceField(
        label="With those chosen", choices=Act.choices, widget=forms.Select(attrs={"form": "bulk"})
    )
    reason = forms.ModelChoiceField(
        Reason.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label="Reason, where one is needed",
        widget=forms.Select(attrs={"form": "bulk"}),
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = AT_ONCE.get(CaseKind(kind), ()) if kind in CaseKind.values else ()
        field: Any = self.fields["act"]
        field.choices = [(act.value, act.label) for act in acts]
        self.fields["kind"].initial = kind
        _offer_reasons(self.fields["reason"], {act: str(act.label) for act in acts}, kind)

    def clean(self) -> dict[str, Any]:
        """Require that the reason, if there is one, fits the decision."""
        given = super().clean() or {}
        if "act" not in given or "kind" not in given:
            return given
        if refusal := why_not_fitting(given["kind"], Act(given["act"]), given.get("reason")):
            self.add_error("reason", forms.ValidationError(refusal, code=code_of(refusal)))
        return given


class UndoForm(forms.Form):
    """The note on why a decision is undone."""

    note = TextField(
        label="Why it is undone",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only moderators see it; the person concerned is told that it was undone.",
    )

    def clean_note(self) -> str:
        """Normalise the plain text."""
        return normalise_text(self.cleaned_data["note"]).strip()


def label_on(act: Act, kind: str) -> str:
    """Return the label of a decision, which says if the case stays open after it."""
    return str(act.label) if closes(act, kind) else f"{act.label} (the case stays open)"


def _offer_reasons(field: Any, labels: Mapping[Act, str], kind: str) -> None:
    """Offer the reasons that fit a kind of case and the acts, grouped by the label of an act.

    A reason for several acts is in several groups.

    `desk.js` finds the group of the chosen decision by this label.
    """
    field.error_messages["invalid_choice"] = "This is no reason for what you decide here. Choose another one."
    rows = [row for row in Reason.objects.offered().fitting(labels) if suits(row, kind)]
    field.queryset = Reason.objects.filter(pk__in=[row.pk for row in rows])
    groups = [(label, [(row.slug, row.label) for row in rows if act in row.acts]) for act, label in labels.items()]
    field.choices = [("", field.empty_label), *((label, fitting) for label, fitting in groups if fitting)]
