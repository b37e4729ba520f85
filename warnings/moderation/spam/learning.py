"""Scoring what comes in and learning from what is decided; part of the transaction of the case or decision."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from disposable_email_domains import blocklist

from accounts.addresses import verified_email
from accounts.models import User
from moderation.models import Case, Decision, SpamMemory, SpamSample
from moderation.spam.likeness import likeness, signature_of
from moderation.spam.scoring import HOLD, Memory, Score, learn, score, words_of
from moderation.spam.signs import Context
from moderation.words import Act, CaseKind
from reports.models import Comment, Report

_LEARNS_FROM = frozenset({CaseKind.REPORT, CaseKind.COMMENT, CaseKind.AFTERWARDS, CaseKind.FLAGS})
_REAL, _REMOVED = frozenset({Act.PUBLISH, Act.KEEP, Act.RESTORE}), frozenset({Act.DECLINE, Act.UNPUBLISH})
# Reasons that say that something was spam.
_SPAM_REASONS = frozenset({"advertising"})
# A text is compared with so many of those removed last.
_COMPARED = 300


def score_of(thing: Any, now: datetime) -> Score | None:
    """How much a report or comment looks like spam; None for anything else."""
    if not isinstance(thing, Report | Comment):
        return None
    text = text_of(thing)
    own = signature_of(text)
    removed = SpamSample.objects.filter(is_spam=True).values_list("signature", flat=True)[:_COMPARED]
    context = Context(
        account_days=(now - thing.author.joined_at).days if thing.author else None,
        throwaway_address=_has_throwaway_address(thing.author),
        sent_lately=_sent_lately(thing, now),
        likeness=max((likeness(own, signature) for signature in removed), default=0.0),
    )
    return score(text, context, _memory())


def learn_from(case: Case, decision: Decision) -> None:
    """Learn from a decision that says whether a text was spam; from any other nothing."""
    thing = case.subject
    is_spam = decision.act in _REMOVED and decision.reason is not None and decision.reason.slug in _SPAM_REASONS
    if case.kind not in _LEARNS_FROM or not isinstance(thing, Report | Comment):
        return
    if not (is_spam or decision.act in _REAL):
        return
    text = text_of(thing)
    words, signature = sorted(words_of(text)), signature_of(text) if is_spam else []
    SpamSample.objects.create(decision=decision, is_spam=is_spam, words=words, signature=signature)
    _store(learn(_memory(lock=True), text, is_spam=is_spam))


def unlearn(decision: Decision) -> None:
    """Forget what a decision taught."""
    lesson = SpamSample.objects.filter(decision=decision).first()
    if lesson is not None:
        _store(learn(_memory(lock=True), " ".join(lesson.words), is_spam=lesson.is_spam, times=-1))
        lesson.delete()


def forget_words(passages: Iterable[str]) -> None:
    """Forget the words of passages that were removed from the site."""
    gone = {word for passage in passages for word in words_of(passage)}
    memory = _memory(lock=True)
    kept = [{word: count for word, count in kind.items() if word not in gone} for kind in (memory.spam, memory.real)]
    if (kept[0], kept[1]) != (memory.spam, memory.real):
        _store(Memory(kept[0], kept[1], memory.spam_texts, memory.real_texts))
    for lesson in SpamSample.objects.all().iterator(chunk_size=500):
        left = [word for word in lesson.words if word not in gone]
        if left != lesson.words:
            SpamSample.objects.filter(pk=lesson.pk).update(words=left)


def text_of(thing: Report | Comment) -> str:
    """What is read of a report or comment."""
    title = thing.warning.title if isinstance(thing, Report) and thing.warning.author_id == thing.author_id else ""
    return f"{title}\n{thing.body}".strip()


def is_held(found: Score) -> bool:
    """Whether something looks so much like spam that it stands lower in the queue."""
    return found.total >= HOLD


def _memory(*, lock: bool = False) -> Memory:
    rows = SpamMemory.objects.select_for_update() if lock else SpamMemory.objects.all()
    row = rows.filter(pk=1).first()
    return Memory.from_json(row.learnt if row else {})


def _store(memory: Memory) -> None:
    SpamMemory.objects.update_or_create(pk=1, defaults={"learnt": memory.as_json()})


def _sent_lately(thing: Report | Comment, now: datetime) -> int:
    if thing.author is None:
        return 0
    since = now - timedelta(hours=1)
    reports = Report.objects.filter(author=thing.author, created_at__gte=since)
    comments = Comment.objects.filter(author=thing.author, created_at__gte=since)
    return max(0, reports.count() + comments.count() - 1)


def _has_throwaway_address(author: User | None) -> bool:
    address = verified_email(author) if author else None
    return bool(address) and str(address).rpartition("@")[2].lower() in _throwaway_domains()


@cache
def _throwaway_domains() -> frozenset[str]:
    return frozenset(blocklist)
