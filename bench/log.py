"""The log with 100,000 entries: what proving it costs, and that a change, a removal and a swap anywhere in it are found."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from audit.log import digest_of, first_broken_entry
from audit.models import Entry
from bench.measure import Row, at_most, cost
from tests.audit.tampering import tamper

ENTRIES = 100_000
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def measure() -> Iterator[Row]:
    """Proving the whole chain as a multiple of working out its digests, and what is not found of tampering."""
    with transaction.atomic():
        last = Entry.objects.order_by("-seq").first()
        rows = _chain(last.seq if last else 0, last.digest if last else "")
        Entry.objects.bulk_create(rows, batch_size=2_000)
        proving = cost(first_broken_entry, turns=2)
        hashing = cost(lambda: [digest_of(row) for row in rows], turns=2)
        yield at_most(f"log: proving {ENTRIES:,} entries", "their digests", proving / hashing, 4)
        places = [rows[number] for number in (0, ENTRIES // 2, ENTRIES - 2)]
        missed = sum(not _is_found(row, deed) for row in places for deed in ("change", "remove", "swap"))
        yield at_most("log: changes, removals and swaps that are not found", "9 of them", missed / 9, 0)
        transaction.set_rollback(True)


def _chain(seq: int, digest: str) -> list[Entry]:
    rows = []
    for number in range(1, ENTRIES + 1):
        row = Entry(
            seq=seq + number,
            at=BEGUN + timedelta(minutes=number),
            actor="system",
            verb="bench.done",
            target=f"thing {number}",
            previous_digest=digest,
        )
        row.digest = digest = digest_of(row)
        rows.append(row)
    return rows


def _is_found(row: Entry, deed: str) -> bool:
    """Whether something done to an entry is found; it is as it was afterwards."""
    with transaction.atomic():
        tamper(*_deeds(row, deed))
        broken = first_broken_entry()
        transaction.set_rollback(True)
    return broken is not None and broken.seq in (row.seq, row.seq + 1)


def _deeds(row: Entry, deed: str) -> Sequence[str]:
    table = connection.ops.quote_name(Entry._meta.db_table)
    if deed == "change":
        return [f"UPDATE {table} SET target = 'another' WHERE seq = {row.seq}"]
    if deed == "remove":
        return [f"DELETE FROM {table} WHERE seq = {row.seq}"]
    aside = row.seq + 10 * ENTRIES
    return [
        f"UPDATE {table} SET seq = {aside} WHERE seq = {row.seq}",
        f"UPDATE {table} SET seq = {row.seq} WHERE seq = {row.seq + 1}",
        f"UPDATE {table} SET seq = {row.seq + 1} WHERE seq = {aside}",
    ]
