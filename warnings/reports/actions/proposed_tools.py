"""Link reports to the tool whose name they propose, and undo it. Each action is one transaction."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from audit import log
from common.text.commas import split_at_commas
from common.text.folding import fold
from directory.models import Tool
from reports.actions import warnings as warning_actions
from reports.actions.revisions import edit
from reports.choices import Status
from reports.models import Report, Warning
from reports.signals import posts_changed
from reports.version_text import fields_now

# Only this many of the newest reports are scanned.
LOOKED_THROUGH = 2_000


@dataclass
class Proposed:
    """A proposed name as first typed, its folded form, and the reports that propose it, newest first."""

    name: str
    folded: str
    reports: list[Report] = field(default_factory=list)


def names_in(proposed_tool: str) -> list[str]:
    """Return the tool names in a report's `proposed_tool`."""
    return split_at_commas(proposed_tool)


def proposed() -> list[Proposed]:
    """Return every proposed name once per folded form, the most frequently proposed first."""
    found: dict[str, Proposed] = {}
    named: dict[str, list[str]] = defaultdict(list)
    for report in Report.objects.proposing().select_related("warning").order_by("-pk")[:LOOKED_THROUGH]:
        for name in names_in(report.proposed_tool):
            folded = fold(name)
            if folded:
                found.setdefault(folded, Proposed(name, folded)).reports.append(report)
                named[folded].append(name)
    for folded, row in found.items():
        row.name = named[folded][-1]
    return sorted(found.values(), key=lambda row: (-len(row.reports), row.folded))


@dataclass
class Adopted:
    """The primary keys of the reports and warnings that were linked to a tool."""

    reports: list[int] = field(default_factory=list)
    warnings: list[int] = field(default_factory=list)


@transaction.atomic
def adopt(*, actor: User, name: str, tool: Tool) -> Adopted:
    """Link a tool to the reports that propose its name, and to the warnings started by them.

    A published warning gets a new revision by `actor`. Returns the changed primary keys, for `give_up`.
    """
    done, folded = Adopted(), fold(name)
    named = Report.objects.proposing().values_list("pk", "proposed_tool")
    keys = [key for key, typed in named if folded in {fold(each) for each in names_in(typed)}]
    for report in Report.objects.proposing().filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk"):
        left = [each for each in names_in(report.proposed_tool) if fold(each) != folded]
        if len(left) == len(names_in(report.proposed_tool)):
            continue
        report.proposed_tool = ", ".join(left)
        report.save(update_fields=["proposed_tool", "updated_at"])
        report.tools.add(tool)
        done.reports.append(report.pk)
        warning = report.warning
        if report.began_its_warning and _link(actor, warning, tool, there=True):
            done.warnings.append(warning.pk)
    posts_changed.send(sender=Report, keys=done.reports)
    log.record(actor=actor.handle, verb="report.adopt", target=f"tool {tool.slug}", after={"reports": done.reports})
    return done


@transaction.atomic
def give_up(*, actor: User, name: str, tool: Tool, keys: Iterable[int], warnings: Iterable[int]) -> None:
    """Undo an adoption: the reports propose the name again, and the warnings lose their link to the tool."""
    given = list(keys)
    for report in Report.objects.filter(pk__in=given).select_for_update(of=("self",)).order_by("pk"):
        report.tools.remove(tool)
        report.proposed_tool = ", ".join([*names_in(report.proposed_tool), name])[:120]
        report.save(update_fields=["proposed_tool", "updated_at"])
    for warning in Warning.objects.filter(pk__in=warnings):
        _link(actor, warning, tool, there=False)
    posts_changed.send(sender=Report, keys=given)
    log.record(actor=actor.handle, verb="report.give-up", target=f"tool {tool.slug}", after={"reports": given})


def _link(actor: User, warning: Warning, tool: Tool, *, there: bool) -> bool:
    """Add or remove the link between a warning and a tool; return whether anything changed."""
    warning = Warning.objects.select_for_update(of=("self",)).get(pk=warning.pk)
    fields = fields_now(warning)
    if (tool.slug in fields["tools"]) is there:
        return False
    fields["tools"] = sorted({*fields["tools"], tool.slug} if there else {*fields["tools"]} - {tool.slug})
    if warning.status != Status.PUBLISHED:
        about = {name: fields[name] for name in ("tools", "tactics", "marketplaces")}
        warning_actions.set_links(warning=warning, **about)
        return True
    comment = f"{'It is about' if there else 'It is not about'} {tool.name}"
    edit(actor=actor, warning=warning, fields=fields, based_on=warning.version, comment=comment)
    return True
