"""Receivers of other apps' signals: open or close cases of posts, and erase content and personal data."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_erased, account_leaving, archive_wanted
from directory.signals import edit_settled, edit_submitted
from moderation.actions import cases as case_actions
from moderation.actions.appeals import close_with_account
from moderation.actions.invitations import erase_with_account
from moderation.erasure import erase_handle, erase_posts, lock_about
from moderation.models import (
    Appeal,
    Case,
    Decision,
    Flag,
    Invitation,
    LegalNotice,
    SavedView,
)
from moderation.passages import put_back, remove
from reports.models import Warning
from reports.signals import (
    comment_leaving,
    passages_put_back,
    passages_removed,
    post_settled,
    post_submitted,
    posts_changed,
    posts_erased,
)


@receiver(post_submitted, dispatch_uid="moderation.submitted")
@receiver(post_settled, dispatch_uid="moderation.settled")
@receiver(edit_submitted, dispatch_uid="moderation.edit_submitted")
@receiver(edit_settled, dispatch_uid="moderation.edit_settled")
def refresh_the_case(post: Any, **_: Any) -> None:
    """Open or close the case of a post, in its transaction."""
    case_actions.refresh_case(target=post)


@receiver(posts_changed, sender=Warning, dispatch_uid="moderation.posts_changed")
def update_titles(keys: list[int], **_: Any) -> None:
    """Update the titles of open cases about changed warnings, and about what was moved to or from them."""
    case_actions.retitle(warnings=keys)


@receiver(account_leaving, dispatch_uid="moderation.leaving")
def lock_posts_about_author(user: User, **_: Any) -> None:
    """Lock the cases and decisions about an account, after the warnings that it is involved in."""
    lock_about(user)


@receiver(account_erased, dispatch_uid="moderation.erased")
def erase_person(user: User, **_: Any) -> None:
    """Unlink flags and appeals from an erased account, and close the cases about it."""
    close_with_account(user=user)
    erase_with_account(user=user)
    Appeal.objects.filter(by=user).update(by=None, text="")
    Flag.objects.filter(flagger=user).update(flagger=None, detail="")
    erase_handle(user)
    Decision.objects.filter(person=user).update(person=None)
    SavedView.objects.filter(user=user).delete()
    for case in Case.objects.open().filter(account=user):
        case_actions.close_case(case=case)


@receiver(archive_wanted, dispatch_uid="moderation.archive")
def export_records(user: User, **_: Any) -> dict[str, Any]:
    """Return a user's flags, appeals, saved filters and invitations, and the decisions that concern them."""
    target = ("warning__slug", "report__public_id", "comment__public_id", "source__url")
    flagged = ("public_id", *target, "reason", "detail", "state", "decision__public_id", "at")
    appealed = ("public_id", "decision__public_id", "role", "text", "state", "answer", "at", "due_at", "decided_at")
    shown = ("public_id", "act", "kind", "basis", "automatic", "reason__label", "reason__rule", "title", "address")
    invited = Invitation.objects.filter(Q(by=user) | Q(accepted_by=user))
    return {
        "flags": list(Flag.objects.filter(flagger=user).values(*flagged)),
        "appeals": list(Appeal.objects.filter(by=user).values(*appealed)),
        "decisions": list(
            Decision.objects.concerning(user).values(
                *shown, "public_reason", "report__public_id", "opened_at", "at", "undone_at"
            )
        ),
        "moderating": {
            "saved_views": list(SavedView.objects.filter(user=user).values("name", "query")),
            "invitations": list(invited.values("at", "until", "accepted_at", "revoked_at")),
        },
    }


@receiver(posts_erased, dispatch_uid="moderation.posts_erased")
def erase_words(sender: Any, keys: list[int], slugs: dict[str, str], **_: Any) -> None:
    """Erase the moderation app's copies of erased posts."""
    erase_posts(sender, keys, slugs)


@receiver(comment_leaving, dispatch_uid="moderation.comment_leaving")
def is_still_asked_about(key: int, **_: Any) -> bool:
    """Return whether a comment must stay because of flags, notices or appeals, which are answered and counted."""
    return (
        Flag.objects.filter(comment=key).exists()
        or LegalNotice.objects.filter(comment=key).exists()
        or Appeal.objects.filter(decision__case__comment=key).exists()
    )


@receiver(passages_removed, dispatch_uid="moderation.passages")
def remove_from_the_record(
    warnings: list[int], passages: list[str], slugs: dict[str, str], **_: Any
) -> list[dict[str, Any]]:
    """Remove passages from titles, statements of reasons, flags and stored states."""
    return remove(warnings, passages, slugs)


@receiver(passages_put_back, dispatch_uid="moderation.passages_back")
def put_back_into_the_record(kept: list[dict[str, Any]], **_: Any) -> None:
    """Restore removed passages."""
    put_back(kept)
