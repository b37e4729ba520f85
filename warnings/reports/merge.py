"""Move rows when a warning is merged into another, and back; return the primary keys of the moved rows."""

from typing import Any

from reports.models import Comment, Report, Subscription, Vote, Warning

Moved = dict[str, list[int]]
_LINKS = ("tools", "tactics", "marketplaces")


def move(old: Warning, new: Warning) -> Moved:
    """Move reports, comments, votes, subscriptions and links from `old` to `new`; return the moved primary keys.

    Votes and subscriptions that a user has on both stay in place and count once. Warnings merged into `old` now point
    to `new`, so that every address redirects only once.
    """
    voters = Vote.objects.on(new).values("user")
    votes = Vote.objects.on(old).exclude(user__in=voters).exclude(user=new.author_id or 0)
    watches = Subscription.objects.filter(warning=old).exclude(
        user__in=Subscription.objects.filter(warning=new).values("user")
    )
    moved = {
        "reports": _keys(Report.objects.filter(warning=old)),
        "comments": _keys(Comment.objects.filter(warning=old)),
        "votes": _keys(votes),
        "watches": _keys(watches),
        "merged": _keys(Warning.objects.filter(merged_into=old)),
    }
    for name in _LINKS:
        theirs, ours = getattr(old, name), getattr(new, name)
        here = set(ours.values_list("pk", flat=True))
        moved[name] = sorted(set(theirs.values_list("pk", flat=True)) - here)
        ours.add(*moved[name])
    _send(moved, old, new)
    return moved


def move_back(moved: Moved, old: Warning, new: Warning) -> None:
    """Move back to `old` what was moved and is still at `new`."""
    for name in _LINKS:
        getattr(new, name).remove(*moved[name])
    _send(moved, new, old)


def _send(moved: Moved, source: Warning, target: Warning) -> None:
    models: dict[str, Any] = {"reports": Report, "comments": Comment, "votes": Vote, "watches": Subscription}
    for name, model in models.items():
        model._default_manager.filter(pk__in=moved[name], warning=source).update(warning=target)
    Warning.objects.filter(pk__in=moved["merged"], merged_into=source).update(merged_into=target)


def _keys(rows: Any) -> list[int]:
    return sorted(rows.values_list("pk", flat=True))
