"""Store the names of a tool, each with its kind."""

from common.text.folding import fold
from directory.catalogue.name_kinds import script_of
from directory.catalogue.rows import sync_rows
from directory.catalogue.sections import Content
from directory.choices import NameKind
from directory.models import Tool


def write_names(tool: Tool, names: list[Content]) -> None:
    """Set the names of a tool with their kinds, the official one first."""
    official = fold(names[0]["name"])
    # At most one row may be official at any time, so demote the old one first.
    tool.names.filter(kind=NameKind.OFFICIAL).exclude(folded=official).update(kind=NameKind.ALIAS)
    wanted = [
        {"text": n["name"], "folded": fold(n["name"]), "kind": n["kind"], "script": script_of(n["name"])}
        for n in names
    ]
    sync_rows(tool.names.all(), {"tool": tool}, ("folded",), wanted)
