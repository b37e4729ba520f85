"""Finding one entry for a reader: there or not there. The directory is public, so nobody is turned away."""

from django.http import Http404

from directory.models import Feature, Marketplace, Tactic, Tool
from directory.querysets import ToolQuerySet


def get_tool_for_reading(slug: str) -> Tool:
    """A tool with all that its page shows. Raises Http404."""
    return _get_tool(Tool.objects.for_page(), slug)


def get_tool_for_card(slug: str) -> Tool:
    """A tool with the little that its picture shows. Raises Http404."""
    return _get_tool(Tool.objects.prefetch_related("facts"), slug)


def get_tool_for_feed(slug: str) -> Tool:
    """A tool by itself. Raises Http404."""
    return _get_tool(Tool.objects.all(), slug)


def get_marketplace_for_feed(slug: str) -> Marketplace:
    """A marketplace by itself. Raises Http404."""
    marketplace = Marketplace.objects.filter(slug=slug).first()
    if marketplace is None:
        raise Http404("This marketplace is not in the directory.")
    return marketplace


def get_feature_for_reading(slug: str) -> Feature:
    """A feature, also one that was replaced by another. Raises Http404."""
    feature = Feature.objects.select_related("replaced_by").filter(slug=slug).first()
    if feature is None:
        raise Http404("This feature is not in the catalogue.")
    return feature


def get_tactic_for_reading(slug: str) -> Tactic:
    """A tactic with all that its page shows. Raises Http404."""
    tactic = Tactic.objects.for_page().filter(slug=slug).first()
    if tactic is None:
        raise Http404("This tactic is not in the catalogue.")
    return tactic


def get_marketplace_for_reading(slug: str) -> Marketplace:
    """A marketplace with all that its page shows. Raises Http404."""
    marketplace = Marketplace.objects.for_page().filter(slug=slug).first()
    if marketplace is None:
        raise Http404("This marketplace is not in the directory.")
    return marketplace


def _get_tool(tools: ToolQuerySet, slug: str) -> Tool:
    tool = tools.filter(slug=slug).first()
    if tool is None:
        raise Http404("This tool is not in the directory.")
    return tool
