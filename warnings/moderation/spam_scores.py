"""Score posts for spam and learn from decisions, in the transaction of the case or decision."""

from datetime import datetime, timedelta
from typing import Any

from accounts.emails import verified_email
from directory.models import Marketplace, ToolName
from moderation.choices import Act, CaseKind
from moderation.models import Case, Decision, SpamSample, SpamWeights
from moderation.spam import Context, Feature, Score, Signatures, Weights, WordCounts, features_of, score
from moderation.spam.classifier import learned, unlearned
from moderation.spam.similarity import signature_of
from moderation.spam.texts import prepared
from moderation.spam.words import bucket_of
from reports.models import Comment, Report, Warning

# Kinds of cases that store the score of their post, because it changes their place in the queue.
SCORED = frozenset({CaseKind.REPORT, CaseKind.COMMENT, CaseKind.AFTERWARDS})
_LEARNS_FROM = frozenset({CaseKind.REPORT, CaseKind.COMMENT, CaseKind.AFTERWARDS, CaseKind.FLAGS})
_FAIR, _REMOVED = frozenset({Act.PUBLISH, Act.NO_ACTION, Act.RESTORE}), frozenset({Act.DECLINE, Act.UNPUBLISH})
# Reasons that mark a post as spam.
_SPAM_REASONS = frozenset({"advertising"})
# How many recent spam signatures a text is compared with, and how many tool names it is searched for.
_COMPARED, _NAMES = 500, 5_000


def hints_of(found: Score) -> list[dict[str, str]]:
    """Return what speaks for spam in a post whose score is high enough to say so."""
    return [{"hint": hint.words} for hint in found.hints if hint.weight > 0] if found.holds else []


def hints_about(target: Any, now: datetime) -> list[dict[str, str]]:
    """Return what speaks for spam in a report, a comment, or the report that a warning began with."""
    if isinstance(target, Warning):
        target = target.reports.filter(author=target.author_id).order_by("pk").first()
    found = score_of(target, now)
    return hints_of(found) if found is not None else []


def score_of(target: Any, now: datetime) -> Score | None:
    """Return the spam score of a report or comment, or None for anything else."""
    if not isinstance(target, Report | Comment):
        return None
    weights, words = _learned()
    return score(_features(target, now, words), weights)


def learn_from(case: Case, decision: Decision) -> None:
    """Learn from a decision that shows whether a post was spam; ignore others.

    `decisions.locks` locks the weights, here and in `unlearn`.
    """
    target = case.subject
    is_spam = decision.act in _REMOVED and decision.reason is not None and decision.reason.slug in _SPAM_REASONS
    if case.kind not in _LEARNS_FROM or not isinstance(target, Report | Comment):
        return
    if not (is_spam or decision.act in _FAIR):
        return
    weights, words = _learned()
    title, body = _texts(target)
    features = _features(target, decision.at, words)
    buckets = sorted({bucket_of(word) for word in prepared(body, title).words})
    SpamSample.objects.create(
        decision=decision,
        is_spam=is_spam,
        features=[[each.name, each.value] for each in features],
        buckets=buckets,
        signature=list(signature_of(body, title)) if is_spam else [],
    )
    _store(learned(weights, [(features, is_spam)]), words.counted_in(buckets, spam=is_spam))


def unlearn(decision: Decision) -> None:
    """Unlearn a decision: word counts exactly, weights as if it had been the last one learnt."""
    lesson = SpamSample.objects.filter(decision=decision).first()
    if lesson is None:
        return
    weights, words = _learned()
    features = [Feature(name, value) for name, value in lesson.features]
    _store(
        unlearned(weights, [(features, lesson.is_spam)]),
        words.counted_in(lesson.buckets, spam=lesson.is_spam, times=-1),
    )
    lesson.delete()


def _features(target: Report | Comment, now: datetime, words: WordCounts) -> list[Feature]:
    author = target.author
    removed = SpamSample.objects.filter(is_spam=True).order_by("-pk").values_list("signature", flat=True)[:_COMPARED]
    address = verified_email(author) if author else None
    context = Context(
        anonymous=author is None,
        account_days=(now - author.joined_at).days if author else None,
        sent_lately=_sent_lately(target, now),
        email_domain=str(address or "").rpartition("@")[2],
        known=Signatures(tuple(tuple(signature) for signature in removed)),
        words=words,
        names=_names(),
    )
    title, body = _texts(target)
    return features_of(body, title, context)


def _texts(target: Report | Comment) -> tuple[str, str]:
    """Return title and body. Only the report that began a warning has its title."""
    own_title = isinstance(target, Report) and target.warning.author_id == target.author_id
    return (target.warning.title if own_title else "", target.body)


def _sent_lately(target: Report | Comment, now: datetime) -> int:
    if target.author is None:
        return 0
    since = now - timedelta(hours=1)
    reports = Report.objects.filter(author=target.author, created_at__gte=since)
    comments = Comment.objects.filter(author=target.author, created_at__gte=since)
    return max(0, reports.count() + comments.count() - 1)


def _names() -> frozenset[str]:
    """Return the folded names of tools and marketplaces: a text that contains one is on topic."""
    tools = ToolName.objects.values_list("folded", flat=True)[:_NAMES]
    return frozenset([*tools, *Marketplace.objects.values_list("name_folded", flat=True)])


def _learned() -> tuple[Weights, WordCounts]:
    row = SpamWeights.objects.filter(pk=1).first()
    if row is None:
        return Weights(), WordCounts()
    return Weights.from_json(row.weights), WordCounts.from_json(row.words)


def _store(weights: Weights, words: WordCounts) -> None:
    SpamWeights.objects.update_or_create(pk=1, defaults={"weights": weights.to_json(), "words": words.to_json()})
