"""One POST of a report's tracking page: the input, its checks and the result."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict

from reports import hints as report_hints
from reports import privacy_check
from reports.actions import submissions
from reports.forms.tracking import AnswerForm, CorrectionForm, typed
from reports.models import Report
from reports.views import evidence
from reports.views.report_input import texts_of, with_texts


@dataclass
class CorrectionInput:
    """A correction of a report."""

    report: Report
    data: QueryDict
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    finished: bool = True

    @cached_property
    def form(self) -> CorrectionForm:
        """The form as filled in; errors are shown only when the correction is submitted."""
        return CorrectionForm(self.report, self.data if self.finished else None, initial=typed(self.data))

    @cached_property
    def look(self) -> privacy_check.PersonalDataCheck:
        """The personal data found in the correction."""
        texts = texts_of(self.data, self.report) | {"answer": self.data.get("answer", "")}
        if "title" not in self.form.fields:
            del texts["title"]
        return privacy_check.check_personal_data(texts)

    def masked(self) -> "CorrectionInput":
        """Return the correction with placeholders for personal data."""
        return replace(self, data=with_texts(self.data, self.look.masked), finished=False)

    def pictures(self) -> list[tuple[Any, str]]:
        """Return the images of the report with their alternative texts."""
        return evidence.shown(self.report, evidence.words_in(self.data))

    def attach_pictures(self, files: list[Any], *, source: str, replaces: str = "", full: bool = False) -> None:
        """Save uploaded files at once, unless the site is `full` of them.

        `source` is the network that they come from. Raises RateLimitedError or ReportClosedError.
        """
        self.problems += evidence.too_long(self.data)
        if files:
            evidence.count_files(len(files), user=self.report.author, source=source, proven=False)
            taken = evidence.take(self.report, files, replaces=replaces, full=full)
            self.problems += taken.problems
            self.notes += taken.notes
            self.report.refresh_from_db()

    def remove_picture(self, act: str) -> None:
        """Remove an image at once. Raises ReportClosedError."""
        evidence.remove(self.report, act)
        self.report.refresh_from_db()

    def send(self) -> None:
        """Save the correction with its hints for moderators. Raises ReportClosedError."""
        fields = dict(self.form.cleaned_data)
        answer = fields.pop("answer")
        submissions.correct(
            report=self.report,
            fields=fields,
            answer=answer,
            descriptions=evidence.words_in(self.data),
            hints=[
                *self.look.hints(but={"answer"}),
                *self.look.hints(report_hints.IN_ANSWER, but=self.look.texts.keys() - {"answer"}),
                *report_hints.about_pictures(self.report),
            ],
        )


@dataclass
class AnswerInput:
    """An answer to the moderators."""

    report: Report
    data: QueryDict

    @cached_property
    def form(self) -> AnswerForm:
        """The form as filled in."""
        return AnswerForm(self.data, auto_id="answer_%s")

    @cached_property
    def look(self) -> privacy_check.PersonalDataCheck:
        """The personal data found in the answer."""
        return privacy_check.check_personal_data({"words": self.data.get("words", "")})

    def masked(self) -> AnswerForm:
        """Return the form with placeholders for personal data."""
        words = self.look.masked.get("words", self.data.get("words", ""))
        return AnswerForm(initial={"words": words}, auto_id="answer_%s")

    def send(self) -> None:
        """Save the answer. Raises ReportClosedError."""
        hints = self.look.hints(report_hints.IN_ANSWER)
        submissions.answer_moderators(report=self.report, body=self.form.cleaned_data["words"], hints=hints)
