"""Append entries to the audit log and verify its hash chain."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import connection, transaction

from audit.models import Entry, Head, Name

# An arbitrary key for PostgreSQL's advisory lock on appending to the chain.
_CHAIN_LOCK = 7_103_441
# Actors that are roles, not people.
UNNAMED = "unnamed member"
ROLES = frozenset({"system", "anonymous", "notifier", "former member", UNNAMED})


@transaction.atomic
def record(
    *,
    actor: str,
    verb: str,
    target: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Append one entry to the chain, in the caller's transaction.

    `actor` is a role or a handle (stored separately, see `erase_name`), `verb` a name such as `catalogue.load`, and
    `target` the object as text. `before` and `after` are plain JSON values. `reason` is a name or phrase from the
    code. No argument may contain user-written text, which could not be removed again. Concurrent writers are
    serialised, so that the chain never forks.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last, now = Entry.objects.order_by("-seq").first(), datetime.now(UTC)
    if last is not None and last.at.astimezone(UTC).date() < now.date():
        _save_head(last)
    entry = Entry(
        seq=last.seq + 1 if last else 1,
        at=now,
        actor=actor if actor in ROLES else f"#{_name_of(actor).pk}",
        verb=verb,
        target=target,
        before=before or {},
        after=after or {},
        reason=reason,
        previous_digest=last.digest if last else "",
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def erase_name(*, text: str) -> None:
    """Replace a user's name in the log by a number; their entries remain."""
    for name in Name.objects.filter(text=text):
        name.text = f"former member {name.pk}"
        _sign(name)


@transaction.atomic
def publish_head(*, now: datetime) -> Head | None:
    """Store the last entry before today as the head of its day; return it, or None if there is no entry."""
    last = Entry.objects.filter(at__lt=now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)).last()
    return _save_head(last) if last is not None else None


def digest_of(entry: Entry) -> str:
    """Return the SHA-256 digest, in hex, of an entry's content and the previous entry's digest."""
    content = [
        entry.previous_digest,
        entry.seq,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.verb,
        entry.target,
        entry.before,
        entry.after,
        entry.reason,
    ]
    packed = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode("ascii")).hexdigest()


def first_broken_entry() -> Entry | None:
    """Verify the whole chain; return the first entry that does not match it or a stored head, or None."""
    heads = dict(Head.objects.values_list("seq", "digest"))
    previous, expected_seq = "", 1
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=1_000):
        fits = entry.seq == expected_seq and entry.previous_digest == previous and entry.digest == digest_of(entry)
        if not fits or heads.pop(entry.seq, entry.digest) != entry.digest:
            return entry
        previous, expected_seq = entry.digest, expected_seq + 1
    if heads:
        # The end of the chain is missing: a head refers to an entry that does not exist.
        return Entry(seq=min(heads), verb="missing", target="an entry that a head names")
    return None


def holds_head(seq: int, digest: str) -> bool:
    """Return whether the chain contains a published head: the entry with this number and digest."""
    return Entry.objects.filter(seq=seq, digest=digest).exists()


def unproved_names() -> list[int]:
    """Return the keys of names with an invalid signature, which were changed without the site's key."""
    return [name.pk for name in Name.objects.order_by("pk").iterator(chunk_size=1_000) if not _is_proved(name)]


def _name_of(text: str) -> Name:
    name, new = Name.objects.get_or_create(text=text)
    if new:
        _sign(name)
    return name


def _sign(name: Name) -> None:
    name.proof = _signer().signature(f"{name.pk}:{name.text}")
    name.save(update_fields=["text", "proof"])


def _is_proved(name: Name) -> bool:
    signer = _signer()
    try:
        signer.unsign(f"{name.pk}:{name.text}{signer.sep}{name.proof}")
    except BadSignature:
        return False
    return True


def _signer() -> Signer:
    return Signer(salt="audit.name")


def _save_head(last: Entry) -> Head:
    day = last.at.astimezone(UTC).date()
    head, _ = Head.objects.get_or_create(day=day, defaults={"seq": last.seq, "digest": last.digest})
    return head
