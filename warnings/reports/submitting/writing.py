"""One answer to the form for a report: what was typed, what the site noticed, and what came of it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db import IntegrityError
from django.http import QueryDict
from django.utils.safestring import SafeString

from common import proof_of_work
from common.http.rate_limits import Limit, use
from common.text.cleaning import without_unstorable
from common.text.markdown import MarkdownError, render
from reports import guarding, hinting
from reports.models import Draft, Report, Warning
from reports.picturing import taking
from reports.picturing.actions import Holder, describe_pictures
from reports.submitting import actions, tracking
from reports.submitting.drafts import Writer
from reports.submitting.forms import SubmissionForm, tools_in
from reports.submitting.joining import Joined, joined
from reports.submitting.offering import like_it

# Fields that a draft keeps, and the most characters of each.
KEPT = tuple(
    "tools tactics marketplace happened_in title body outcome amount currency tags joins unnamed notify".split()
)
MOST_KEPT = 20_000
# So much is looked through for names of tools; the form takes no more.
MOST_TYPED = 300
# Fields whose values are looked up in the database.
CHOICES = ("joins", "marketplace", "tactics")
# How many reports are taken: of one network without an account, of one account, and of everybody without one.
_NETWORK = "Many reports came from your network."
ANONYMOUS = (
    Limit("report-hour", 6, 3_600, "Reports without an account, of one network", _NETWORK),
    Limit("report-day", 20, 86_400, "Reports without an account, of one network", _NETWORK),
)
MEMBERS = (Limit("report-member", 20, 86_400, "Reports of one account", "You sent many reports from your account."),)
EVERYBODY = Limit(
    "report-everybody",
    300,
    3_600,
    "Reports without an account, of everybody",
    "Many reports without an account arrive just now.",
)


@dataclass
class Writing:
    """Somebody's work on a report during one request."""

    writer: Writer
    source: str
    data: QueryDict
    public_id: uuid.UUID
    draft: Draft | None = None
    conflict: Mapping[str, Any] | None = None
    problems: list[str] = field(default_factory=list)
    restored: bool = False
    # The id under which the browser has kept this text, where it is not the draft's any more.
    instead_of: uuid.UUID | None = None
    joined: Joined = field(default_factory=Joined)

    @cached_property
    def form(self) -> SubmissionForm:
        """The form as it was filled in."""
        return SubmissionForm(self.data)

    @property
    def version(self) -> int:
        """The version of the draft that this form is based on."""
        return self.draft.version if self.draft else 0

    def settle(self) -> None:
        """Have the report stand on a warning that is open for it, or on none."""
        self.joined = joined(self.data.get("joins", ""), without_unstorable(self.data.get("tools", ""))[:MOST_TYPED])
        self.data["joins"] = self.joined.warning.slug if self.joined.warning else ""

    def save(self) -> None:
        """Keep what was typed; with another tab's version in the way, say so and keep both."""
        try:
            saved = self._save()
        except actions.NotTheWriters:
            # A browser that lost its cookie, or a forged id: what was typed here begins a draft of its own.
            self.instead_of, self.public_id = self.public_id, uuid.uuid4()
            saved = self._save()
        self.draft, self.conflict = saved.draft, saved.conflict

    def _save(self) -> actions.Saved:
        return actions.save_draft(
            owner=self.writer.user,
            browser_hash=self.writer.browser_hash,
            public_id=self.public_id,
            version=_number(self.data.get("version", "")),
            fields=typed_fields(self.data),
        )

    def take_pictures(self, files: list[Any], *, replaces: str = "") -> None:
        """Put uploaded files to the draft, and what pictures show, whatever else is wrong with the form.

        `replaces` is the public id of the picture that the first file is a blurred copy of.
        """
        if self.draft is None:
            return
        self.problems += taking.take(self.draft, files, replaces=replaces)
        describe_pictures(holder=self.draft, descriptions=taking.words_in(self.data))

    @cached_property
    def look(self) -> guarding.Look:
        """What looks personal in what was typed."""
        return guarding.look(texts_of(self.data, self.draft))

    def masked(self) -> "Writing":
        """The same work with a word in brackets for everything that looks personal."""
        if self.draft:
            describe_pictures(holder=self.draft, descriptions=taking.words_in(self.look.masked))
        return replace(self, data=with_texts(self.data, self.look.masked))

    def preview(self) -> SafeString | str:
        """The text as it will look."""
        try:
            return render(self.data.get("body", ""))
        except MarkdownError as refused:
            return str(refused)

    def offers(self) -> list[Warning]:
        """Warnings that this report may belong to."""
        return like_it(self.form.cleaned_data)

    def send(self) -> Report:
        """Send the report. Raises TooOften when too many came from here."""
        self._count()
        hints = self._hints()
        code = tracking.code_of(self.writer.secret.encode(), str(self.public_id)) if self.writer.secret else ""
        arguments: dict[str, Any] = {
            "author": self.writer.user,
            "submission_key": self.public_id,
            "tracking_hash": tracking.hash_of(code) if code else None,
            "fields": self.form.cleaned_data,
            "hints": hints,
            "draft": self.draft,
        }
        try:
            return actions.submit(**arguments)
        except IntegrityError:
            # The same form arrived twice at once; the other one was a moment faster.
            return actions.submit(**arguments)

    def _count(self) -> None:
        if Report.objects.filter(submission_key=str(self.public_id)).exists():
            return
        if self.writer.user:
            limits = [(limit, str(self.writer.user.pk)) for limit in MEMBERS]
        else:
            limits = [(limit, self.source) for limit in ANONYMOUS] + [(EVERYBODY, "everybody")]
        for limit, who in limits:
            use(limit, who)

    def _hints(self) -> list[dict[str, Any]]:
        hints = [*self.look.hints(), *hinting.about_pictures(self.draft)]
        if not self.writer.user and not proof_of_work.is_solved(self.data.get("proof", "")):
            hints.append(hinting.hint(hinting.NO_PROOF))
        return hints


def texts_of(data: QueryDict, holder: Holder | None) -> dict[str, str]:
    """What of a form for a report everybody may read one day: its texts, names of tools that are not known yet, and
    what its pictures show."""
    texts = {name: data.get(name, "") for name in ("title", "body")}
    _, unknown = tools_in(without_unstorable(data.get("tools", ""))[:MOST_TYPED])
    words = taking.words_in(data)
    pictures = {f"{taking.WORDS}{row.public_id}": shown for row, shown in taking.shown(holder, words)}
    return texts | {"tools": ", ".join(unknown)} | pictures


def with_texts(data: QueryDict, texts: Mapping[str, str]) -> QueryDict:
    """The same form with other texts."""
    changed = data.copy()
    for name, text in texts.items():
        known, _ = tools_in(without_unstorable(data.get(name, ""))[:MOST_TYPED]) if name == "tools" else ([], [])
        changed[name] = ", ".join([*(typed for typed, _ in known), text])
    return changed


def typed_fields(data: QueryDict) -> dict[str, list[str]]:
    """What a draft keeps of a form: each field's values as typed, up to a length, but for what no database takes."""
    typed = {name: [without_unstorable(value[:MOST_KEPT]) for value in data.getlist(name)] for name in KEPT}
    return {name: values for name, values in typed.items() if values}


def posted(data: QueryDict) -> QueryDict:
    """A posted form whose choices can be looked up in the database, whatever was sent."""
    clean = data.copy()
    for name in CHOICES:
        clean.setlist(name, [without_unstorable(value) for value in data.getlist(name)])
    return clean


def as_data(fields: Mapping[str, Any]) -> QueryDict:
    """Fields of a draft as the form takes them."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
