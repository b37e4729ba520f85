"""Store the names of a tool, each with its kind, its language and whether it is ambiguous."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.text.folding import fold
from directory.catalogue.name_kinds import kinds_of_names, script_of
from directory.catalogue.rows import sync_rows
from directory.catalogue.sections import Content
from directory.choices import NameKind
from directory.languages import LANGUAGES
from directory.line_tags import split_tags, with_tags
from directory.models import Tool, ToolName

AMBIGUOUS = "ambiguous"
_TAGS = frozenset({*LANGUAGES, AMBIGUOUS})


@dataclass(frozen=True)
class GivenName:
    """A name as a file or a form gives it; without a kind, the naming rules decide."""

    text: str
    kind: NameKind | None = None
    lang: str = ""
    ambiguous: bool = False

    @property
    def line(self) -> str:
        """The name as a line of a form: `叮叮 [zh, ambiguous]`."""
        return with_tags(self.text, [*filter(None, [self.lang]), *([AMBIGUOUS] if self.ambiguous else [])], _TAGS)


def name_of_line(line: str) -> GivenName:
    """Return the name that a line of a form gives; of several languages, the last."""
    text, tags = split_tags(line, _TAGS)
    lang = next((tag for tag in reversed(tags) if tag != AMBIGUOUS), "")
    return GivenName(text, lang=lang, ambiguous=AMBIGUOUS in tags)


def given(name: ToolName) -> GivenName:
    """Return a stored name as it was given."""
    return GivenName(name.text, NameKind(name.kind), name.lang, name.ambiguous)


def content_of_names(official: GivenName, others: Sequence[GivenName]) -> list[Content]:
    """Return the canonical names of a tool, the official one first.

    A name that folds like an earlier one is left out, and so is a language or an ambiguity that is not stated.
    """
    by_text = {name.text: name for name in reversed([official, *others])}
    kinds = kinds_of_names(official.text, [(name.text, name.kind) for name in others])
    return [_content(by_text[text], kind) for text, kind in kinds]


def content_of_name(name: ToolName) -> Content:
    """Return a stored name in canonical form."""
    return _content(given(name), NameKind(name.kind))


def write_names(tool: Tool, names: list[Content]) -> None:
    """Set the names of a tool in canonical form, the official one first."""
    official = fold(names[0]["name"])
    # At most one row may be official at any time, so demote the old one first.
    tool.names.filter(kind=NameKind.OFFICIAL).exclude(folded=official).update(kind=NameKind.ALIAS)
    sync_rows(tool.names.all(), {"tool": tool}, ("folded",), [_row(name) for name in names])


def _content(name: GivenName, kind: NameKind) -> Content:
    said: Content = {"lang": name.lang} if name.lang else {}
    return {"name": name.text, "kind": str(kind)} | said | ({"ambiguous": True} if name.ambiguous else {})


def _row(name: Content) -> Content:
    return {
        "text": name["name"],
        "folded": fold(name["name"]),
        "kind": name["kind"],
        "script": script_of(name["name"]),
        "lang": name.get("lang", ""),
        "ambiguous": name.get("ambiguous", False),
    }
