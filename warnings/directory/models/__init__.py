"""Models of tools, features, tactics and marketplaces, with sources for each fact."""

from directory.models.catalogue import CatalogueEntry, CatalogueLoad
from directory.models.connections import Connection
from directory.models.features import Feature
from directory.models.marketplaces import (
    CitationSubject,
    Marketplace,
    MarketplaceCitation,
    MarketplaceDomain,
    MarketplaceRule,
    RuleCitation,
)
from directory.models.revisions import EntryRevision
from directory.models.sources import Citation, Source
from directory.models.tactics import ReadyReply, Tactic, TacticCitation, TacticName
from directory.models.tools import (
    Alternative,
    Protection,
    ProtectionCitation,
    Tool,
    ToolAppScheme,
    ToolDescription,
    ToolDomain,
    ToolFeature,
    ToolFeatureCitation,
    ToolName,
    Vendor,
)

__all__ = [
    "Alternative",
    "CatalogueEntry",
    "CatalogueLoad",
    "Citation",
    "CitationSubject",
    "Connection",
    "EntryRevision",
    "Feature",
    "Marketplace",
    "MarketplaceCitation",
    "MarketplaceDomain",
    "MarketplaceRule",
    "Protection",
    "ProtectionCitation",
    "ReadyReply",
    "RuleCitation",
    "Source",
    "Tactic",
    "TacticCitation",
    "TacticName",
    "Tool",
    "ToolAppScheme",
    "ToolDescription",
    "ToolDomain",
    "ToolFeature",
    "ToolFeatureCitation",
    "ToolName",
    "Vendor",
]
