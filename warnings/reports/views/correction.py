"""One POST of a report's tracking page: what was typed, what the checks found and the result."""

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
    finished: bool = True

    @cached_property
    def form(self) -> CorrectionForm:
        """The form as it was filled in; only a correction that is sent is told what is wrong with it."""
        return CorrectionForm(self.report, self.data if self.finished else None, initial=typed(self.data))

    @cached_property
    def look(self) -> privacy_check.PersonalDataCheck:
        """What looks personal in the correction."""
        texts = texts_of(self.data, self.report) | {"answer": self.data.get("answer", "")}
        if "title" not in self.form.fields:
            del texts["title"]
        return privacy_check.check_personal_data(texts)

    def masked(self) -> "CorrectionInput":
        """The same with a word in brackets for everything that looks personal."""
        return replace(self, data=with_texts(self.data, self.look.masked), finished=False)

    def pictures(self) -> list[tuple[Any, str]]:
        """The pictures of the report with what they show."""
        return evidence.shown(self.report, evidence.words_in(self.data))

    def take_pictures(self, files: list[Any], *, replaces: str = "") -> None:
        """Put uploaded files to the report at once. Raises ReportClosedError."""
        if files:
            self.problems += evidence.take(self.report, files, replaces=replaces)
            self.report.refresh_from_db()

    def remove_picture(self, act: str) -> None:
        """Take a picture away at once. Raises ReportClosedError."""
        evidence.remove(self.report, act)
        self.report.refresh_from_db()

    def send(self) -> None:
        """Store it, with what moderators are told about it. Raises ReportClosedError."""
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
        """The form as it was filled in."""
        return AnswerForm(self.data, auto_id="answer_%s")

    @cached_property
    def look(self) -> privacy_check.PersonalDataCheck:
        """What looks personal in it."""
        return privacy_check.check_personal_data({"words": self.data.get("words", "")})

    def masked(self) -> AnswerForm:
        """The form with a word in brackets for everything that looks personal."""
        words = self.look.masked.get("words", self.data.get("words", ""))
        return AnswerForm(initial={"words": words}, auto_id="answer_%s")

    def send(self) -> None:
        """Store it. Raises ReportClosedError."""
        hints = self.look.hints(report_hints.IN_ANSWER)
        submissions.answer_moderators(report=self.report, body=self.form.cleaned_data["words"], hints=hints)
