"""Link, add or dismiss tool names that reports propose. Each action is one transaction."""

from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import User
from audit import log
from common.errors import ForewarnedError
from common.text.folding import fold
from directory.actions import create_entry, edits
from directory.choices import EntryKind, ToolKind
from directory.disclosures import is_connected
from directory.entries import Content, Entry, find
from directory.models import Tool
from directory.tool_names import name_of_line
from directory.write_entry import NameTakenError
from moderation.models import Proposal, Statement
from moderation.policies.cases import require_moderator
from reports.actions import proposed_tools
from reports.models import Report


class ProposalError(ForewarnedError):
    """The action on a proposed name is refused. The message gives the reason."""


@transaction.atomic
def link(*, actor: User, name: str, tool: Tool, remember: bool, today: date) -> Proposal:
    """Link a proposed name, and the reports that propose it, to a tool.

    With `remember`, the name becomes another name of the tool. Raises ProposalError or PermissionDenied.
    """
    row = _begin(actor, name, tool)
    row.remembered = row.remembered or (remember and _remember(actor, name, tool, today))
    return _adopt(actor, row, tool)


@transaction.atomic
def add(*, actor: User, name: str, kind: ToolKind, content: Content, proposed: str, today: date) -> Proposal:
    """Add a tool to the directory for the name that reports proposed. `name` may correct its spelling.

    Raises ProposalError or PermissionDenied.
    """
    require_moderator(actor)
    try:
        with transaction.atomic():
            tool = create_entry.add_tool(
                actor=actor, name=name, kind=kind, content=content, comment="Reports name it", today=today
            )
    except NameTakenError as refused:
        raise ProposalError(refused.sentence) from None
    except IntegrityError:
        raise ProposalError("Somebody added a tool of this name at the same moment.", "tool-added") from None
    row = _begin(actor, proposed or name, tool)
    row.added = True
    _remember(actor, row.name, tool, today)
    return _adopt(actor, row, tool)


@transaction.atomic
def set_aside(*, actor: User, name: str) -> Proposal:
    """Dismiss a proposed name that is not a tool's. Raises ProposalError or PermissionDenied."""
    row = _begin(actor, name, None)
    log.record(actor=actor.handle, verb="proposal.aside", target=f"proposal {row.pk}")
    return row


@transaction.atomic
def undo_proposal(*, actor: User, proposal: Proposal, today: date) -> None:
    """Undo the decision on a proposed name: propose it again, and remove the tool if one was added for it.

    Raises ProposalError or PermissionDenied, and then changes nothing.
    """
    require_moderator(actor)
    row = Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal.pk).first()
    if row is None:
        raise ProposalError("Somebody took this back already.", "taken-back")
    tool = row.tool
    if tool is not None:
        _require_apart(actor, tool)
        proposed_tools.give_up(actor=actor, name=row.name, tool=tool, keys=row.reports, warnings=row.warnings)
        if row.added:
            _remove(actor, tool, row)
        elif row.remembered:
            _forget(actor, row.name, tool, today)
    log.record(actor=actor.handle, verb="proposal.take-back", target=f"proposal {row.pk}")
    Proposal.objects.filter(pk=row.pk).delete()


def _begin(actor: User, name: str, tool: Tool | None) -> Proposal:
    require_moderator(actor)
    if tool is not None:
        _require_apart(actor, tool)
    try:
        with transaction.atomic():
            row: Proposal = Proposal.objects.create(folded=fold(name)[:200], name=name, tool=tool, by=actor)
    except IntegrityError:
        # The name was decided before: later reports may be linked to the same tool, but not to another.
        row = Proposal.objects.select_for_update(of=("self",)).get(folded=fold(name)[:200])
        if row.tool_id != (tool.pk if tool else None):
            raise ProposalError("Somebody else said what this name means meanwhile.", "settled") from None
    return row


def _adopt(actor: User, row: Proposal, tool: Tool) -> Proposal:
    done = proposed_tools.adopt(actor=actor, name=row.name, tool=tool)
    row.reports, row.warnings = [*row.reports, *done.reports], [*row.warnings, *done.warnings]
    row.save()
    log.record(actor=actor.handle, verb="proposal.link", target=f"proposal {row.pk}", after={"tool": tool.slug})
    return row


def _remember(actor: User, name: str, tool: Tool, today: date) -> bool:
    """Add a name to a tool unless one of its names folds alike; return whether it was added."""
    entry = find(EntryKind.TOOL, tool.slug)
    if entry is None or fold(name) in {fold(tool.name), *(fold(text) for text in _texts(entry))}:
        return False
    _rename(actor, entry, [*entry.content["names"], name], "Reports call it so", today)
    return True


def _forget(actor: User, name: str, tool: Tool, today: date) -> None:
    entry = find(EntryKind.TOOL, tool.slug)
    if entry is not None and name in _texts(entry):
        left = [line for line in entry.content["names"] if name_of_line(line).text != name]
        _rename(actor, entry, left, "Reports do not call it so", today)


def _texts(entry: Entry) -> list[str]:
    return [name_of_line(line).text for line in entry.content["names"]]


def _rename(actor: User, entry: Entry, names: list[str], comment: str, today: date) -> None:
    content = entry.content | {"names": names}
    try:
        edits.edit(actor=actor, entry=entry, base=entry.content, content=content, comment=comment, today=today)
    except NameTakenError as refused:
        raise ProposalError(refused.sentence) from None


def _remove(actor: User, tool: Tool, row: Proposal) -> None:
    others = Report.objects.filter(tools=tool).exists() or Statement.objects.filter(tool=tool).exists()
    if others or tool.warnings.exists() or tool.proposals.exclude(pk=row.pk).exists():
        raise ProposalError(f"Other reports name {tool.name} by now, so it stays in the directory.", "other-reports")
    try:
        create_entry.remove_tool(actor=actor, tool=tool)
    except create_entry.ToolInUseError as refused:
        raise ProposalError(refused.sentence) from None


def _require_apart(actor: User, tool: Tool) -> None:
    if is_connected(actor, {tool.slug}):
        raise ProposalError(f"You declared a connection to {tool.name}, so somebody else does that.", "connected")
