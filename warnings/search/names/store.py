"""In-memory indexes of names and descriptions in each process, reloaded after a change."""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from directory.models import (
    Feature,
    Marketplace,
    MarketplaceDomain,
    Tactic,
    TacticName,
    Tool,
    ToolAppScheme,
    ToolDescription,
    ToolDomain,
    ToolName,
)
from search.descriptions import Description, DescriptionIndex
from search.kinds import Kind
from search.models import IndexState
from search.names.matching import Name, NameIndex


@dataclass(frozen=True)
class Indexes:
    """What is known by name, and the tools by their descriptions."""

    names: NameIndex
    descriptions: DescriptionIndex


class _Store:
    """The last indexes, and the token they were built for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: tuple[str, Indexes] | None = None

    def current(self) -> Indexes:
        token = IndexState.objects.names_token()
        made = self._made
        if made and made[0] == token:
            return made[1]
        with self._lock:
            if self._made and self._made[0] == token:
                return self._made[1]
            indexes = Indexes(NameIndex(_all_names()), DescriptionIndex(_all_descriptions()))
            self._made = (token, indexes)
            return indexes


_STORE = _Store()


def current() -> Indexes:
    """Return the current indexes; takes one query if nothing changed."""
    return _STORE.current()


def _all_descriptions() -> Iterator[Description]:
    for tool, text, neutral in ToolDescription.objects.order_by("pk").values_list("tool", "text", "neutral"):
        yield Description(tool, text, neutral)


def _all_names() -> Iterator[Name]:
    for tool, text, ambiguous in ToolName.objects.order_by("position").values_list("tool", "text", "ambiguous"):
        yield Name(Kind.TOOL, tool, text, ambiguous=ambiguous)
    for tool, domain in ToolDomain.objects.order_by("position").values_list("tool", "domain"):
        yield Name(Kind.TOOL, tool, domain, domain=True)
    for tool, scheme in ToolAppScheme.objects.order_by("position").values_list("tool", "scheme"):
        yield Name(Kind.TOOL, tool, scheme, scheme=True)
    for pk, text, slug in Tactic.objects.values_list("pk", "name", "slug"):
        yield Name(Kind.TACTIC, pk, text)
        yield Name(Kind.TACTIC, pk, slug.replace("-", " "))
    for tactic, text in TacticName.objects.order_by("position").values_list("tactic", "text"):
        yield Name(Kind.TACTIC, tactic, text)
    for pk, text in Marketplace.objects.values_list("pk", "name"):
        yield Name(Kind.MARKETPLACE, pk, text)
    for marketplace, domain in MarketplaceDomain.objects.values_list("marketplace", "domain"):
        yield Name(Kind.MARKETPLACE, marketplace, domain, domain=True)
    for pk, text, slug in Feature.objects.current().values_list("pk", "name", "slug"):
        yield Name(Kind.FEATURE, pk, text)
        yield Name(Kind.FEATURE, pk, slug.replace("-", " "))
    # Tools without rows in ToolName are found by their own name.
    named = ToolName.objects.values("tool")
    for pk, text in Tool.objects.exclude(pk__in=named).values_list("pk", "name"):
        yield Name(Kind.TOOL, pk, text)
