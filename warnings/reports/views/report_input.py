"""One POST of the report form: the input, its checks and the result."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db import IntegrityError
from django.http import QueryDict
from django.utils.safestring import SafeString

from common import proof_of_work
from common.errors import Sentence
from common.http import sent_before
from common.http.rate_limits import Limit, use
from common.text.cleaning import without_unstorable
from common.text.markdown import MarkdownError, render
from reports import hints as report_hints
from reports import privacy_check, tracking_codes
from reports.actions.drafts import NotDraftOwnerError, Saved, save_draft
from reports.actions.evidence import Holder, describe_pictures
from reports.actions.submissions import SentAlreadyError, submit
from reports.choices import Status
from reports.draft_cookie import Writer
from reports.forms.report import SHORTEST_BODY, SubmissionForm, tools_in
from reports.models import Draft, Report, Warning
from reports.policies.access import unnamed_already
from reports.report_digest import digest_of_report
from reports.similar_warnings import similar_warnings
from reports.views import evidence

TARGET_CLOSED = Sentence(
    "That warning is not open for reports any more. Yours becomes a new one: please look at it once more.", "closed"
)
TARGET_DIFFERS = (
    "You name other tools than “{}” is about, so yours becomes a new one. To add it there, name its tool, or none."
)


@dataclass(frozen=True)
class TargetWarning:
    """The target warning of a report; or None, with the reason if a target was requested."""

    warning: Warning | None = None
    why_not: str = ""


def target_warning(slug: str, tools: str) -> TargetWarning:
    """Return the warning that a report about these tools joins, following a merge."""
    if not slug:
        return TargetWarning()
    found = Warning.objects.select_related("merged_into").filter(slug=without_unstorable(slug)).first()
    target = found.merged_into if found and found.merged_into else found
    if target is None or target.status != Status.PUBLISHED or target.locked:
        return TargetWarning(why_not=TARGET_CLOSED)
    if _apart(target, tools):
        return TargetWarning(why_not=Sentence(TARGET_DIFFERS.format(target.title), "apart"))
    return TargetWarning(target)


def _apart(warning: Warning, tools: str) -> bool:
    """Return whether the report names tools and the warning is about none of them."""
    known, unknown = tools_in(tools)
    about = set(warning.tools.values_list("pk", flat=True))
    return bool(about and (known or unknown)) and not about.intersection(tool.pk for _, tool in known)


# Fields saved in a draft, and the maximum number of characters of each.
KEPT = tuple(
    "tools tactics marketplace happened_in title body outcome amount currency tags joins unnamed notify".split()
)
MOST_KEPT = 200_000
# Fields in which two reports with the same content may differ.
NOT_CONTENT = frozenset({"unnamed", "notify"})
# The form accepts no longer text, so no more is searched for tool names.
MOST_TYPED = 300
# Fields whose values are looked up in the database.
CHOICES = ("joins", "marketplace", "tactics")
# Rate limits per network without an account, per account, and for everyone without an account.
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
NEW_DRAFTS = Limit(
    "new-drafts",
    120,
    3_600,
    "New drafts without an account, of one network",
    "Many reports were begun from your network.",
)


@dataclass
class ReportInput:
    """The input of one request to the report form."""

    writer: Writer
    source: str
    data: QueryDict
    public_id: uuid.UUID
    draft: Draft | None = None
    conflict: Mapping[str, Any] | None = None
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    restored: bool = False
    # The ID of the browser's local copy if it differs from that of the draft.
    instead_of: uuid.UUID | None = None
    joined: TargetWarning = field(default_factory=TargetWarning)
    # Hashes of the files that came with this request.
    files: list[str] = field(default_factory=list)

    @cached_property
    def form(self) -> SubmissionForm:
        """The form as filled in."""
        form = SubmissionForm(self.data)
        form.asks_whose = self.writer.user is not None and not unnamed_already(self.writer.user, self.joined.warning)
        return form

    @property
    def version(self) -> int:
        """The draft version that this form is based on."""
        return self.draft.version if self.draft else 0

    def settle(self) -> None:
        """Validate the target warning, and clear it if it is not open for the report."""
        self.joined = target_warning(
            self.data.get("joins", ""), without_unstorable(self.data.get("tools", ""))[:MOST_TYPED]
        )
        self.data["joins"] = self.joined.warning.slug if self.joined.warning else ""

    def save(self, *, for_pictures: bool = False) -> None:
        """Save the draft unless it is empty; on a conflict with another tab, keep both versions.

        Raises DraftTooLongError, TooManyDraftsError or RateLimitedError.
        """
        try:
            saved = self._save(for_pictures=for_pictures)
        except NotDraftOwnerError:
            # The browser lost its cookie, or the ID is forged: save the input as a new draft.
            self.instead_of, self.public_id = self.public_id, uuid.uuid4()
            saved = self._save(for_pictures=for_pictures)
        self.draft, self.conflict = saved.draft, saved.conflict

    def _save(self, *, for_pictures: bool) -> Saved:
        return save_draft(
            owner=self.writer.user,
            browser_hash=self.writer.browser_hash,
            public_id=self.public_id,
            version=_number(self.data.get("version", "")),
            fields=typed_fields(self.data),
            for_pictures=for_pictures,
            before_new=self._count_draft,
        )

    def _count_draft(self) -> None:
        if not self.writer.user:
            use(NEW_DRAFTS, self.source)

    @cached_property
    def proven(self) -> bool:
        """Whether the browser did the work that is asked of strangers. A proof is valid once."""
        return self.writer.user is not None or proof_of_work.is_solved(self.data.get("proof", ""))

    def attach_pictures(self, files: list[Any], *, replaces: str = "", full: bool = False) -> None:
        """Save uploaded files and alternative texts in the draft, even if the form has errors.

        `replaces` is the public ID of the image that the first file is a blurred copy of. No file is read if the site
        is `full` of them. Raises RateLimitedError.
        """
        if self.draft is None:
            return
        if files:
            evidence.count_files(len(files), user=self.writer.user, source=self.source, proven=self.proven)
        taken = evidence.take(self.draft, files, replaces=replaces, full=full)
        self.problems += taken.problems
        self.notes += taken.notes
        self.problems += evidence.too_long(self.data)
        describe_pictures(holder=self.draft, descriptions=evidence.words_in(self.data))

    @cached_property
    def look(self) -> privacy_check.PersonalDataCheck:
        """The personal data found in the input."""
        return privacy_check.check_personal_data(texts_of(self.data, self.draft))

    def masked(self) -> "ReportInput":
        """Return the input with placeholders for personal data."""
        if self.draft:
            describe_pictures(holder=self.draft, descriptions=evidence.words_in(self.look.masked))
        masked = with_texts(self.data, self.look.masked)
        # What was typed was saved just before, as another version than the form is based on.
        masked["version"] = str(self.version)
        return replace(self, data=masked)

    @property
    def too_short(self) -> int:
        """The shortest text that can be sent if this one is shorter, and 0 otherwise."""
        written = self.data.get("body", "").strip()
        return SHORTEST_BODY if written and len(written) < SHORTEST_BODY and not self.data.get("joins") else 0

    def preview(self) -> SafeString | str:
        """Return the rendered text, or the error as a sentence."""
        try:
            return render(self.data.get("body", ""))
        except MarkdownError as refused:
            return str(refused)

    def offers(self) -> list[Warning]:
        """Return warnings that this report may belong to."""
        return similar_warnings(self.form.cleaned_data)

    @property
    def _sender(self) -> str:
        return f"user:{self.writer.user.pk}" if self.writer.user else f"browser:{self.writer.browser_hash}"

    @property
    def _content(self) -> list[str]:
        """Everything that makes this report another one than those that its author sent before."""
        fields = {name: values for name, values in typed_fields(self.data).items() if name not in NOT_CONTENT}
        return [
            "report",
            *(f"{name}={value}" for name, values in sorted(fields.items()) for value in values if value),
        ]

    @property
    def _enclosed(self) -> dict[str, Any]:
        return {"files": self.files, "words": evidence.words_in(self.data)}

    def sent(self) -> Report | None:
        """Return the report that was sent under this key, whatever it says."""
        return Report.objects.filter(submission_key=str(self.public_id)).first()

    def repeats(self, sent: Report) -> bool:
        """Return whether this is a report once more that was sent under this key, and nothing else."""
        valid = self.form.is_valid()
        return valid and sent.sent_as == digest_of_report(self.form.cleaned_data, self._enclosed)

    def start_another(self) -> None:
        """Go on with this input as a draft of its own, because another report was sent under its key.

        Raises what `save` raises.
        """
        own = self.draft
        if own is not None and own.public_id != self.public_id and Draft.objects.filter(pk=own.pk).exists():
            # The key was taken over from an equal report, and the draft is there.
            self.public_id, self.instead_of = own.public_id, None
            return
        self.instead_of, self.public_id, self.draft = self.public_id, uuid.uuid4(), None
        self.data["version"] = "0"
        self.save()

    def sent_before(self) -> Report | None:
        """Return the report that its author has sent with the same content, for example before the Back button.

        Pictures may have been added since, so that a report with some is never the same.
        """
        if self.draft is not None and self.draft.evidence.exists():
            return None
        return self._report_under(sent_before.known_key(sender=self._sender, content=self._content))

    def sent_alike(self) -> Report | None:
        """Return a report that its author has sent with the same line or the same text today."""
        keys = [sent_before.known_key(sender=self._sender, content=content) for content in self._parts()]
        return next(filter(None, map(self._report_under, keys)), None)

    def _parts(self) -> list[list[str]]:
        named = [(name, self.data.get(name, "").casefold()) for name in ("title", "body")]
        return [[name, text] for name, text in named if text.strip()]

    def _report_under(self, key: str) -> Report | None:
        """Return the report with a submission key, unless that is this one or was withdrawn."""
        if not key or key == str(self.public_id):
            return None
        return Report.objects.filter(submission_key=key).exclude(status=Status.WITHDRAWN).first()

    def _claim_key(self) -> None:
        """Use one submission key for the same content, so that two concurrent requests make one report."""
        if self.draft is not None and self.draft.evidence.exists():
            return
        if "again" in self.data:
            # Its author has seen the other one, and means another.
            sent_before.remember_key(str(self.public_id), sender=self._sender, content=self._content)
            return
        key = sent_before.first_key(str(self.public_id), sender=self._sender, content=self._content)
        if Report.objects.filter(submission_key=key, status=Status.WITHDRAWN).exists():
            key = str(self.public_id)
            sent_before.remember_key(key, sender=self._sender, content=self._content)
        if key != str(self.public_id):
            self.instead_of, self.public_id = self.instead_of or self.public_id, uuid.UUID(key)

    def send(self) -> Report:
        """Submit the report. Raises RateLimitedError, or SentAlreadyError if its key has another report."""
        self._claim_key()
        self._count()
        hints = self._hints()
        code = tracking_codes.code_of(self.writer.secret.encode(), str(self.public_id)) if self.writer.secret else ""
        arguments: dict[str, Any] = {
            "author": self.writer.user,
            "submission_key": self.public_id,
            "tracking_hash": tracking_codes.hash_of(code) if code else None,
            "fields": self.form.cleaned_data,
            "hints": hints,
            "draft": self.draft,
            "enclosed": self._enclosed,
        }
        try:
            report = self._submit(arguments)
        except SentAlreadyError:
            sent_before.forget_key(str(self.public_id), sender=self._sender, content=self._content)
            raise
        for content in self._parts():
            sent_before.remember_key(str(self.public_id), sender=self._sender, content=content)
        return report

    def _submit(self, arguments: dict[str, Any]) -> Report:
        try:
            return submit(**arguments)
        except IntegrityError:
            # The same form was submitted twice concurrently, and the other request won.
            return submit(**arguments)

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
        hints = [*self.look.hints(), *report_hints.about_pictures(self.draft)]
        if not self.proven:
            hints.append(report_hints.hint(report_hints.NO_PROOF))
        return hints


def texts_of(data: QueryDict, holder: Holder | None) -> dict[str, str]:
    """Return the texts of a report form that may become public.

    These are its title and body, the names of unknown tools, and the alternative texts of its images.
    """
    texts = {name: data.get(name, "") for name in ("title", "body")}
    _, unknown = tools_in(without_unstorable(data.get("tools", ""))[:MOST_TYPED])
    words = evidence.words_in(data)
    pictures = {f"{evidence.WORDS}{row.public_id}": shown for row, shown in evidence.shown(holder, words)}
    return texts | {"tools": ", ".join(unknown)} | pictures


def with_texts(data: QueryDict, texts: Mapping[str, str]) -> QueryDict:
    """Return a copy of the form data with other texts."""
    changed = data.copy()
    for name, text in texts.items():
        known, _ = tools_in(without_unstorable(data.get(name, ""))[:MOST_TYPED]) if name == "tools" else ([], [])
        changed[name] = ", ".join([*(typed for typed, _ in known), text])
    return changed


def typed_fields(data: QueryDict) -> dict[str, list[str]]:
    """Return the fields that a draft stores, truncated and without characters that databases reject."""
    typed = {name: [without_unstorable(value[:MOST_KEPT]) for value in data.getlist(name)] for name in KEPT}
    return {name: values for name, values in typed.items() if values}


def posted(data: QueryDict) -> QueryDict:
    """Return the form data with values that are safe to look up in the database."""
    clean = data.copy()
    for name in CHOICES:
        clean.setlist(name, [without_unstorable(value) for value in data.getlist(name)])
    return clean


def as_data(fields: Mapping[str, Any]) -> QueryDict:
    """Return the fields of a draft as form data."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
