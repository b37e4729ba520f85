"""Making reports be about the tool that they name, and back; each action is one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from audit import actions as audit
from common.text.folding import fold
from directory.models import Tool
from reports import actions as reports
from reports.models import Report, Warning
from reports.proposing.reading import names_in
from reports.revising.actions import edit
from reports.revising.texts import fields_now
from reports.signals import posts_changed
from reports.words import Status


@dataclass
class Adopted:
    """The keys of the reports and warnings that are about a tool since."""

    reports: list[int] = field(default_factory=list)
    warnings: list[int] = field(default_factory=list)


@transaction.atomic
def adopt(*, actor: User, name: str, tool: Tool) -> Adopted:
    """Make the reports that propose a name be about a tool, and the warnings that began with one of them.

    A published warning gets a new version, with `actor` as its author. Returns what it takes to go back.
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
    audit.record(actor=actor.handle, verb="report.adopt", target=f"tool {tool.slug}", after={"reports": done.reports})
    return done


@transaction.atomic
def give_up(*, actor: User, name: str, tool: Tool, keys: Iterable[int], warnings: Iterable[int]) -> None:
    """Undo an adoption: the reports propose the name again, and the warnings (by keys) are not about the tool."""
    given = list(keys)
    for report in Report.objects.filter(pk__in=given).select_for_update(of=("self",)).order_by("pk"):
        report.tools.remove(tool)
        report.proposed_tool = ", ".join([*names_in(report.proposed_tool), name])[:120]
        report.save(update_fields=["proposed_tool", "updated_at"])
    for warning in Warning.objects.filter(pk__in=warnings):
        _link(actor, warning, tool, there=False)
    posts_changed.send(sender=Report, keys=given)
    audit.record(actor=actor.handle, verb="report.give-up", target=f"tool {tool.slug}", after={"reports": given})


def _link(actor: User, warning: Warning, tool: Tool, *, there: bool) -> bool:
    """Make a warning be about a tool, or not; return whether that is new."""
    warning = Warning.objects.select_for_update(of=("self",)).get(pk=warning.pk)
    fields = fields_now(warning)
    if (tool.slug in fields["tools"]) is there:
        return False
    fields["tools"] = sorted({*fields["tools"], tool.slug} if there else {*fields["tools"]} - {tool.slug})
    if warning.status != Status.PUBLISHED:
        about = {name: fields[name] for name in ("tools", "tactics", "marketplaces")}
        reports.set_links(warning=warning, **about)
        return True
    comment = f"{'It is about' if there else 'It is not about'} {tool.name}"
    edit(actor=actor, warning=warning, fields=fields, based_on=warning.version, comment=comment)
    return True
