"""The design page: every component in every state, rendered with the templates of the real pages."""

from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.http.public_pages import public_page
from common.pagination import Listing, PageLink
from directory.choices import Grade, SwitchOff
from directory.models import ReadyReply, Tool
from directory.verdict import GRADE_WORDS

COLOURS = (
    ("paper", "the page"),
    ("sheet", "cards and fields"),
    ("sunken", "quiet areas"),
    ("tint", "callouts"),
    ("warn-tint", "cautions"),
    ("ink", "text"),
    ("muted", "lesser text"),
    ("line", "lines"),
    ("accent", "links and buttons"),
    ("accent-strong", "links under the pointer"),
    ("yes", "you can, success"),
    ("partly", "partly, doubt"),
    ("no", "you cannot, error"),
)
TYPE_SCALE = (
    ("step-3", "Page title"),
    ("step-2", "Section"),
    ("step-1", "Lede"),
    ("step-0", "Text"),
    ("step--1", "Notes"),
)
# Name and size in hundredths of the root size.
SPACES = (("1", 25), ("2", 50), ("3", 75), ("4", 100), ("5", 150), ("6", 225), ("7", 350))
ICONS = (
    *("answer", "arrow", "bell", "camera", "check", "close", "copy", "device", "done", "error", "evidence", "flag"),
    *("history", "identity", "info", "key", "money", "people", "rules", "search", "switch", "upvote", "warning"),
)
# A risk in the middle of each grade's range.
RISKS = {Grade.A: 10.0, Grade.B: 30.0, Grade.C: 50.0, Grade.D: 70.0, Grade.E: 92.7}


@dataclass(frozen=True)
class Specimens:
    """The examples in one colour scheme. `name` keeps element IDs unique."""

    name: str
    title: str
    form: "SpecimenForm"
    wrong_form: "SpecimenForm"


@dataclass(frozen=True)
class SpecimenMessage:
    """A message like one of Django's."""

    level_tag: str
    text: str

    def __str__(self) -> str:
        return self.text


class SpecimenForm(forms.Form):
    """A form with one field of each type."""

    title = forms.CharField(label="Title", max_length=80, help_text="In a few words, as you would tell a friend.")
    email = forms.EmailField(label="E-mail", required=False, help_text="Optional. Never shown.")
    marketplace = forms.ChoiceField(label="Marketplace", choices=[("", "Choose one"), ("fiverr", "Fiverr")])
    happened = forms.DateField(label="When", widget=forms.DateInput(attrs={"type": "date"}))
    story = forms.CharField(label="What happened", widget=forms.Textarea(attrs={"rows": 4}))
    settled = forms.CharField(label="Version", initial="3", disabled=True)


@public_page()
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Render the design page."""
    context = {
        "schemes": [_specimens("light", "Light"), _specimens("dark", "Dark")],
        "colours": COLOURS,
        "type_scale": TYPE_SCALE,
        "spaces": SPACES,
        "grades": [(grade.value, GRADE_WORDS[grade], RISKS[grade]) for grade in Grade],
        "switches": list(SwitchOff),
        "tool": Tool.objects.assessed().for_list().worst_first().first(),
        "reply": ReadyReply(text="Thank you. I keep our talk here, so that we both have a record of it."),
        "listing": _listing(),
        "examples": _messages(),
        "icons": ICONS,
        "people": ("Ada Byron", "mona", "Grace Hopper", "钉钉", "former member"),
    }
    return render(request, "pages/design.html", context)


def _specimens(name: str, title: str) -> Specimens:
    empty = SpecimenForm(auto_id=f"{name}_%s")
    wrong = SpecimenForm({"email": "nobody"}, auto_id=f"{name}_wrong_%s")
    return Specimens(name, title, empty, wrong)


def _listing() -> Listing:
    """Return the second of three pages, without real links."""
    here = "#main"
    pages = [PageLink(str(number), here, current=number == 2) for number in (1, 2, 3)]
    page = Paginator(range(90), 30).page(2)
    return Listing(page, 90, PageLink("Previous", here), PageLink("Next", here), pages)


def _messages() -> list[SpecimenMessage]:
    return [
        SpecimenMessage("success", "Saved. A moderator looks at it next."),
        SpecimenMessage("info", "You have read this warning before; three reports are new."),
        SpecimenMessage("warning", "There may be a phone number in your text."),
        SpecimenMessage("error", "That was not saved. Your text is still in the form."),
    ]
