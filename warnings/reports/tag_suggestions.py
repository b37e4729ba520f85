"""Suggest tags while the user types."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from reports.models import Tag, TagSynonym
from reports.tag_names import fold_tag

MOST_OFFERED = 8


@dataclass(frozen=True)
class Offer:
    """A suggested tag, the number of its warnings, and the synonym by which it was found, if any."""

    name: str
    uses: int
    synonym: str


def known_tags() -> list[str]:
    """Return names of tags in use, for browsers without JavaScript."""
    return list(Tag.objects.in_use().values_list("name", flat=True)[:200])


def offers_for(typed: str) -> list[Offer]:
    """Return tags in use whose name or synonym starts with the text, then those that contain it, most used first."""
    folded = fold_tag(typed)
    if not folded:
        return []
    synonyms = TagSynonym.objects.filter(tag=OuterRef("pk"))
    begins = Q(folded__startswith=folded) | Exists(synonyms.filter(folded__startswith=folded))
    holds = Q(folded__contains=folded) | Exists(synonyms.filter(folded__contains=folded))
    place = Case(When(begins, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = Tag.objects.in_use().filter(holds).annotate(place=place).order_by("place", "-uses", "folded")
    tags: list[Any] = list(found[:MOST_OFFERED])
    by_synonym = TagSynonym.objects.filter(tag__in=[t.pk for t in tags if folded not in t.folded])
    named = {s.tag_id: s.name for s in by_synonym.filter(folded__contains=folded).order_by("-folded")}
    return [Offer(name=tag.name, uses=tag.uses, synonym=named.get(tag.pk, "")) for tag in tags]
