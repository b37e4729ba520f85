"""Moderate posts. Each action is one transaction; callers decide who may and who is notified."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Notification
from audit import log
from common.errors import ForewarnedError
from reports import locks
from reports import merge as merge_actions
from reports import passages as passage_actions
from reports.actions.save_text import save_text
from reports.actions.status import audit_target, change_status, restore_status
from reports.actions.tag_redaction import remove_tags, restore_tags
from reports.actions.trust import look_again, look_at_everybody_on
from reports.actions.warnings import put_version_back, recount, recount_votes, save_next_version
from reports.choices import Status
from reports.models import Comment, Evidence, Report, Warning
from reports.post_states import Post, posts_of, state_of
from reports.sealed import opened, seal
from reports.signals import passages_put_back, passages_removed, posts_changed
from reports.spellings import is_in_address
from reports.summaries import summary_of
from reports.workflow import OPEN

REMOVED = "Passages were removed by a moderator"


class PostChangedError(ForewarnedError):
    """The post changed after the decision, so the decision cannot be undone."""


class ModerationError(ForewarnedError):
    """The current state of the post does not allow this action."""


@transaction.atomic
def move_to(*, actor: str, post: Post, status: Status, reason: str) -> None:
    """Unpublish, hide or restore a post. Raises InvalidTransitionError."""
    locks.lock_posts(post)
    change_status(actor=actor, post=post, status=status, reason=reason)
    _follow(post)


@transaction.atomic
def mark(*, actor: str, warning: Warning, name: str, value: bool) -> None:
    """Set or clear a flag on a warning. Raises ModerationError.

    `locked` closes the warning to edits, reports and comments; `disputed` says that a named party contests it while
    moderators check.
    """
    row = Warning.objects.select_for_update().get(pk=warning.pk)
    if getattr(row, name) == value:
        raise ModerationError(f"It is {name} already." if value else f"It is not {name}.", "marked-already")
    setattr(row, name, value)
    row.save(update_fields=[name])
    posts_changed.send(sender=Warning, keys=[row.pk])
    log.record(
        actor=actor,
        verb=f"warning.{name}",
        target=audit_target(row),
        before={name: not value},
        after={name: value},
    )


@transaction.atomic
def retain_evidence(*, report: Report, until: date) -> None:
    """Retain a report's images up to and including a date, even if the report is declined or withdrawn."""
    Report.objects.filter(pk=report.pk).update(held_until=until)


@transaction.atomic
def merge(*, actor: str, warning: Warning, into: Warning, reason: str) -> merge_actions.Moved:
    """Merge a warning into a published one, with its reports, comments, votes, subscriptions and addresses.

    Returns the primary keys of the moved rows, for `unmerge`. Raises ModerationError or InvalidTransitionError.
    """
    if warning.pk == into.pk:
        raise ModerationError("That is the same warning.", "same-warning")
    both = Warning.objects.select_for_update().filter(pk__in=[warning.pk, into.pk]).order_by("pk")
    rows = {row.pk: row for row in both}
    old, new = rows[warning.pk], rows[into.pk]
    if new.status != Status.PUBLISHED:
        raise ModerationError("A warning is merged into a published one only.", "not-published")
    moved = merge_actions.move(old, new)
    change_status(actor=actor, post=old, status=Status.MERGED, reason=reason, into=new)
    _after_moving(old, new)
    return moved


@transaction.atomic
def edit_text(*, actor: str, report: Report, title: str, body: str) -> None:
    """Edit a pending report, and the title and summary of the warning that it started."""
    warning, before = report.warning, summary_of(report.body_html)
    save_text(report, {"body": body}, decided=True)
    if warning.status in OPEN:
        texts = {"title": title}
        if warning.summary == before:
            # Still the summary generated from the report, so generate it again.
            texts["summary"] = summary_of(report.body_html)
        save_text(warning, texts)
    log.record(actor=actor, verb="report.edit", target=audit_target(report))


@transaction.atomic
def publish_pictures(*, report: Report, keys: Sequence[int]) -> None:
    """Publish these images of a report and make all others private."""
    Evidence.objects.filter(report=report).update(published=False)
    Evidence.objects.filter(report=report, pk__in=keys).update(published=True)


@transaction.atomic
def redact(*, actor: str, warning: Warning, passages: Sequence[str]) -> str:
    """Remove passages from a warning and everything below it: texts, revisions, replies, index, feeds, notifications.

    Tags that contain one are removed, too. Returns the removed text, encrypted; `unredact` can restore it while it is
    retained. Raises ModerationError if nothing contains any of the passages, or if one would still be shown.
    """
    row = Warning.objects.select_for_update().get(pk=warning.pk)
    whole = passage_actions.family(row)
    tags = remove_tags(warnings=whole, passages=passages)
    changed = passage_actions.clean(row, passages)
    if not changed and not any(tags.values()):
        raise ModerationError("No text or tag of this warning, or below it, holds that.", "not-found")
    for item in changed:
        save_text(item["row"], item["after"])
    if places := passage_actions.left_in(row, passages):
        raise ModerationError(
            "Nothing was removed, because the passage is written in a way that could not be taken out everywhere. It"
            f" would still be shown in {', '.join(places)}. Enter it as it is typed there, or edit that text.",
            "still-shown",
        )
    row.refresh_from_db()
    slugs = {one.slug: f"warning-{uuid.uuid4().hex[:12]}" for one in whole if is_in_address(one.slug, passages)}
    _move_addresses(slugs)
    save_next_version(warning=row, comment=REMOVED)
    notices = _redact_notifications(changed, passages, slugs)
    keys = [one.pk for one in whole]
    others = passages_removed.send(sender=Warning, warnings=keys, passages=list(passages), slugs=slugs)
    _announce_texts(whole)
    counts = {"texts": len(changed)}
    log.record(actor=actor, verb="warning.redact", target=audit_target(row), after=counts)
    texts = [{name: item[name] for name in ("kind", "before", "after")} | {"key": item["row"].pk} for item in changed]
    kept = {
        "slugs": slugs,
        "texts": texts,
        "notices": notices,
        "others": [found for _, found in others if found],
        "tags": tags,
    }
    return seal(kept)


@transaction.atomic
def unredact(*, actor: str, warning: Warning, sealed: str) -> passage_actions.PutBack:
    """Restore removed passages, and keep what was edited since; return in how many texts. Raises DecryptionError."""
    kept = opened(sealed)
    row = Warning.objects.select_for_update().get(pk=warning.pk)
    done = passage_actions.put_back(row, kept["texts"], lambda found, texts: save_text(found, texts))
    _move_addresses({new: old for old, new in kept["slugs"].items()})
    row.refresh_from_db()
    save_next_version(warning=row, comment="Removed passages were put back")
    for item in kept["notices"]:
        Notification.objects.filter(pk=item["key"], text=item["after"]["text"]).update(**item["before"])
    # What an earlier version removed has no tags.
    restore_tags(kept=kept.get("tags", {}))
    for found in kept["others"]:
        passages_put_back.send(sender=Warning, kept=found)
    _announce_texts(passage_actions.family(row))
    log.record(actor=actor, verb="warning.unredact", target=audit_target(row))
    return done


@transaction.atomic
def put_back(
    *,
    actor: str,
    before: Sequence[dict[str, Any]],
    after: Sequence[dict[str, Any]],
    moved: merge_actions.Moved | None = None,
) -> None:
    """Restore the states that posts had before a decision, and update search, counters and feeds.

    `before` and `after` are the states around the decision. `moved` is what a merge moved; rows added to the other
    warning since then stay there. Raises PostChangedError if a post changed after the decision.
    """
    was = {(state["kind"], state["key"]): state for state in before}
    left = {(state["kind"], state["key"]): state for state in after}
    locks.lock_warnings(_warnings_of(before))
    posts = posts_of(before)
    for post in posts:
        if not _is_as(left[str(post._meta.model_name), post.pk], post):
            raise PostChangedError(f"“{post}” was changed since. Decide on it as it is now.", "changed-since")
    for post in posts:
        if isinstance(post, Report):
            # Its warning, which comes first, may have been moved back meanwhile, and the report with it.
            post.refresh_from_db(fields=["warning"])
        state = was[str(post._meta.model_name), post.pk]
        target = post.merged_into if isinstance(post, Warning) and moved else None
        _put_texts_back(post, state, left[str(post._meta.model_name), post.pk])
        restore_status(actor=actor, post=post, state=state, reason="a decision was undone")
        if isinstance(post, Warning):
            put_version_back(warning=post, was_public=state["published_at"] is not None)
        if isinstance(post, Report):
            publish_pictures(report=post, keys=state["pictures"])
        if isinstance(post, Warning) and moved and target:
            merge_actions.move_back(moved, post, target)
            _after_moving(post, target)
    for post in posts_of(before):
        _follow(post)


def _put_texts_back(post: Post, was: Mapping[str, Any], left: Mapping[str, Any]) -> None:
    """Restore the texts that the decision changed, unless they were edited since."""
    changed = {name: text for name, text in was["texts"].items() if text != left["texts"][name]}
    if changed and all(getattr(post, name) == left["texts"][name] for name in changed):
        save_text(post, changed, decided=True)


def _is_as(left: Mapping[str, Any], post: Post) -> bool:
    """Return whether a post matches a recorded state, ignoring texts and fields that the state lacks."""
    now = state_of(post)
    return all(now[name] == value for name, value in left.items() if name != "texts")


def _follow(post: Post) -> None:
    """Update counters and the author's trust after a post was published or removed."""
    warning = post if isinstance(post, Warning) else post.warning
    recount(warning=Warning.objects.get(pk=warning.pk))
    if isinstance(post, Comment) and post.parent:
        recount_votes(post=Comment.objects.get(pk=post.parent.pk))
    look_again(post.author)
    if isinstance(post, Warning):
        look_at_everybody_on.enqueue(warning=post.pk)


def _warnings_of(states: Sequence[Mapping[str, Any]]) -> set[int]:
    """Return the primary keys of the warnings that the posts with these states are or belong to."""
    keys = {state["key"] for state in states if state["kind"] == "warning"}
    for kind, model in (("report", Report), ("comment", Comment)):
        below = [state["key"] for state in states if state["kind"] == kind]
        keys |= set(model._default_manager.filter(pk__in=below).values_list("warning", flat=True))
    return keys


def _after_moving(old: Warning, new: Warning) -> None:
    for row in (old, new):
        recount(warning=row)
        posts_changed.send(sender=Warning, keys=[row.pk], below=True)


def _move_addresses(slugs: Mapping[str, str]) -> None:
    for old, new in slugs.items():
        Warning.objects.filter(slug=old).update(slug=new)


def _redact_notifications(
    changed: Sequence[dict[str, Any]], passages: Sequence[str], slugs: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Remove passages and old addresses from notifications about the texts; return their states before and after."""
    kept = []
    for notice in passage_actions.notifications_about(changed, slugs):
        before = {"text": notice.text, "address": notice.address}
        notice.text = passage_actions.without(notice.text, passages)
        for old, new in slugs.items():
            notice.address = notice.address.replace(f"/warnings/{old}/", f"/warnings/{new}/")
        after = {"text": notice.text, "address": notice.address}
        if after != before:
            notice.save(update_fields=["text", "address"])
            kept.append({"key": notice.pk, "before": before, "after": after})
    return kept


def _announce_texts(warnings: Sequence[Warning]) -> None:
    posts_changed.send(sender=Warning, keys=[row.pk for row in warnings], below=True)
    for model in (Report, Comment):
        keys = list(model._default_manager.filter(warning__in=warnings).values_list("pk", flat=True))
        posts_changed.send(sender=model, keys=keys)
