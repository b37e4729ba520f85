"""Lists of missing facts and rules, with links to add them."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.choices import RuleTopic
from directory.models import Feature
from directory.policies.access import get_marketplace_for_feed, get_tool_for_feed


@require_safe
def facts(request: HttpRequest, slug: str) -> HttpResponse:
    """List the features that could apply to a tool but have no recorded fact, by family."""
    tool = get_tool_for_feed(slug)
    known = set(tool.facts.values_list("feature_id", flat=True))
    rows = [
        feature
        for feature in Feature.objects.current().order_by("family", "name")
        if feature.pk not in known and (not feature.applies_to or tool.kind in feature.applies_to)
    ]
    groups = [
        (
            label,
            [(row.name, row.summary, reverse("edit_fact", kwargs={"slug": slug, "part": row.slug})) for row in found],
        )
        for label, found in groupby(rows, key=lambda row: str(row.get_family_display()))
    ]
    context = {"name": tool.name, "up": reverse("tool", kwargs={"slug": slug}), "groups": groups}
    return render(request, "directory/revising/missing.html", context)


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """List the topics without a recorded rule of a marketplace."""
    marketplace = get_marketplace_for_feed(slug)
    known = set(marketplace.rules.values_list("topic", flat=True))
    rows = [
        (topic.label, "", reverse("edit_rule", kwargs={"slug": slug, "part": topic.value}))
        for topic in RuleTopic
        if topic not in known
    ]
    context = {
        "name": marketplace.name,
        "up": reverse("marketplace", kwargs={"slug": slug}),
        "groups": [("Rules", rows)] if rows else [],
    }
    return render(request, "directory/revising/missing.html", context)
