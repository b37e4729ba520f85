"""Which warning a report being written will stand on: one that is open for reports and about what it names."""

from dataclasses import dataclass

from common.errors import Sentence
from common.text.cleaning import without_unstorable
from reports.models import Warning
from reports.submitting.forms import tools_in
from reports.words import Status

CLOSED = Sentence(
    "That warning is not open for reports any more. Yours becomes a new one: please look at it once more.", "closed"
)
APART = (
    "You name other tools than “{}” is about, so yours becomes a new one. To add it there, name its tool, or none."
)


@dataclass(frozen=True)
class Joined:
    """The warning, or none with the reason why not, as a sentence; no reason when none was asked for."""

    warning: Warning | None = None
    why_not: str = ""


def joined(slug: str, tools: str) -> Joined:
    """The warning that a report with these names of tools joins; a merged one leads on to where it went."""
    if not slug:
        return Joined()
    found = Warning.objects.select_related("merged_into").filter(slug=without_unstorable(slug)).first()
    target = found.merged_into if found and found.merged_into else found
    if target is None or target.status != Status.PUBLISHED or target.locked:
        return Joined(why_not=CLOSED)
    if _apart(target, tools):
        return Joined(why_not=Sentence(APART.format(target.title), "apart"))
    return Joined(target)


def _apart(warning: Warning, tools: str) -> bool:
    """Whether a report names tools, and the warning is about others only."""
    known, unknown = tools_in(tools)
    about = set(warning.tools.values_list("pk", flat=True))
    return bool(about and (known or unknown)) and not about.intersection(tool.pk for _, tool in known)
