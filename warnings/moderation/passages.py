"""Remove passages from cases, decisions, flags and notices about a warning, and restore them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from moderation.models import Appeal, Case, Decision, Flag, LegalNotice, Proposal, Referral
from reports.passages import without


def _kind(model: Any) -> str:
    """Return the name of a model in stored passages: its table name, which renaming the model does not change."""
    return str(model._meta.db_table.removeprefix("moderation_"))


_MODELS: dict[str, Any] = {
    _kind(model): model for model in (Case, Decision, Appeal, Flag, LegalNotice, Referral, Proposal)
}
_TEXTS = {
    "case": ("title", "hints"),
    "decision": ("title", "public_reason", "note", "undone_note"),
    "appeal": ("text", "answer"),
    "flag": ("detail",),
    "legalnotice": ("explanation", "law"),
    "toldauthority": ("authority", "reference", "words"),
    "proposal": ("name",),
}
_STATES = ("before", "after")
_ADDRESSES = {"decision": "address", "legalnotice": "url"}

Kept = list[dict[str, Any]]


def remove(warnings: Sequence[int], passages: Sequence[str], slugs: Mapping[str, str]) -> Kept:
    """Remove passages from all records about some warnings (by key), and from old addresses.

    `slugs` maps old slugs that contained a passage to new ones. Returns the previous and new values of each changed
    row, for `put_back`. Records about other warnings are not changed.
    """
    kept: Kept = []
    for row in _rows(warnings):
        kind = _kind(row)
        before = {name: getattr(row, name) for name in (*_TEXTS[kind], *(_STATES if kind == "decision" else ()))}
        after = {name: without(value, passages) for name, value in before.items() if name not in _STATES}
        after |= {name: _without_in_states(before[name], passages) for name in _STATES if name in before}
        if kind in _ADDRESSES:
            name = _ADDRESSES[kind]
            before[name], after[name] = getattr(row, name), _moved(getattr(row, name), slugs)
        if kind == "proposal":
            # The folded name contains the passage too.
            before["folded"] = row.folded
            after["folded"] = row.folded if after["name"] == row.name else f"removed:{row.pk}"
        changed = [name for name in before if before[name] != after[name]]
        if changed:
            only = {
                side: {name: texts[name] for name in changed}
                for side, texts in (("before", before), ("after", after))
            }
            type(row)._default_manager.filter(pk=row.pk).update(**only["after"])
            kept.append({"kind": kind, "key": row.pk, **only})
    return kept


def put_back(kept: Kept) -> None:
    """Restore the values that `remove` changed, unless they were changed again since."""
    for item in kept:
        row = _MODELS[item["kind"]]._default_manager.filter(pk=item["key"]).first()
        fits = {
            name: text for name, text in item["before"].items() if row and getattr(row, name) == item["after"][name]
        }
        if fits:
            type(row)._default_manager.filter(pk=row.pk).update(**fits)


def _rows(warnings: Sequence[int]) -> Iterator[Any]:
    below = ("warning", "report__warning", "comment__warning")
    about = _any(warnings, *below)
    cases = Case.objects.filter(about | _any(warnings, "revision__warning", "alarm__warning"))
    # Deleting a post leaves its decisions without a case, so search these too.
    gone = Q(case__isnull=True, report__isnull=True)
    decisions = _keys(Decision.objects.filter(Q(case__in=_keys(cases)) | Q(report__warning__in=warnings) | gone))
    appeals = Appeal.objects.filter(decision__in=decisions)
    appealed = _keys(Case.objects.filter(appeal__in=_keys(appeals)))
    yield from Case.objects.filter(pk__in={*_keys(cases), *appealed})
    yield from Decision.objects.filter(Q(pk__in=decisions) | Q(case__in=appealed))
    yield from appeals
    yield from Flag.objects.filter(about)
    yield from LegalNotice.objects.filter(about)
    yield from Referral.objects.filter(case__in=_keys(cases))
    yield from Proposal.objects.all()


def _any(warnings: Sequence[int], *paths: str) -> Q:
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{path}__in": warnings})
    return condition


def _keys(rows: Any) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _without_in_states(states: list[Any], passages: Sequence[str]) -> list[Any]:
    """Return stored states with the passages removed from their texts. Other values in them come from the site."""
    return [
        state | {"texts": without(state["texts"], passages)}
        if isinstance(state, dict) and "texts" in state
        else state
        for state in states
    ]


def _moved(address: str, slugs: Mapping[str, str]) -> str:
    for old, new in slugs.items():
        address = address.replace(f"/warnings/{old}/", f"/warnings/{new}/")
    return address
