"""The memory is append-only and any change of it is found."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import settings as how_often
from hypothesis import strategies as st

from audit.log import digest_of, erase_name, first_broken_entry, holds_head, publish_head, record, unproved_names
from audit.models import Entry, Head, Name
from tests.audit.tampering import tamper

pytestmark = pytest.mark.django_db


def record_three() -> list[Entry]:
    return [
        record(actor="system", verb="test.done", target=f"thing {n}", after={"n": n}, reason="ä") for n in range(3)
    ]


def test_it_numbers_and_chains_entries() -> None:
    first, second, third = record_three()
    assert (second.seq, third.seq) == (first.seq + 1, first.seq + 2)
    assert third.previous_digest == second.digest
    assert first_broken_entry() is None


def test_it_refuses_changes_and_deletions() -> None:
    entry = record_three()[0]
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        Entry.objects.filter(pk=entry.pk).delete()
    with pytest.raises(TypeError):
        Entry.objects.update(actor="somebody")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'somebody'",
        "DELETE FROM audit_entry WHERE seq = 1",
        "UPDATE audit_head SET digest = ''",
        "DELETE FROM audit_head",
        "DELETE FROM audit_name",
    ],
)
def test_the_database_itself_refuses(statement: str) -> None:
    record(actor="Alice", verb="test.done", target="x")
    publish_head(now=record_three()[-1].at + timedelta(days=1))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert first_broken_entry() is None


def test_an_entry_is_not_replaced_by_another_either() -> None:
    """SQLite replaces rows without asking the triggers for changing and deleting; PostgreSQL knows only ON CONFLICT,
    which is an update."""
    entry = record_three()[1]
    columns = "id, seq, at, actor, verb, target, before, after, reason, previous_digest, digest"
    changed = columns.replace("verb", "'changed'", 1)
    copy = f"INTO audit_entry ({columns}) SELECT {changed} FROM audit_entry WHERE seq = {entry.seq}"
    statement = {
        "sqlite": f"INSERT OR REPLACE {copy}",
        "postgresql": f"INSERT {copy} ON CONFLICT (seq) DO UPDATE SET verb = 'changed'",
    }[connection.vendor]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get(seq=entry.seq).verb == "test.done"


def test_who_renames_somebody_in_the_database_is_found(settings: Any) -> None:
    entry = record(actor="Alice", verb="test.done", target="x")
    record(actor="Bob", verb="test.done", target="x")
    assert unproved_names() == []
    name = Name.objects.get(text="Alice")
    Name.objects.filter(pk=name.pk).update(text="Carol")
    assert (entry.who, unproved_names()) == ("Carol", [name.pk])
    Name.objects.filter(pk=name.pk).update(text="Alice")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key from now on"
    assert unproved_names() == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_entry SET actor = 'somebody' WHERE seq = {0}",
        "UPDATE audit_entry SET reason = '' WHERE seq = {0}",
        "DELETE FROM audit_entry WHERE seq = {0}",
        "UPDATE audit_entry SET seq = seq + 100000 WHERE seq = {0}",
    ],
)
def test_it_finds_what_was_tampered_with(tampering: str) -> None:
    entry = record_three()[1]
    tamper(tampering.format(entry.seq))
    broken = first_broken_entry()
    assert broken is not None
    assert broken.seq >= entry.seq


@how_often(max_examples=12)
@given(st.integers(0, 39), st.sampled_from(["change", "remove", "swap"]))
def test_any_change_of_one_entry_among_many_is_found_wherever_it_is(place: int, deed: str) -> None:
    with transaction.atomic():
        rows = [record(actor="system", verb="test.done", target=f"thing {n}") for n in range(41)]
        row, following = rows[place], rows[place + 1]
        tamper(
            *{
                "change": [f"UPDATE audit_entry SET target = 'another' WHERE seq = {row.seq}"],
                "remove": [f"DELETE FROM audit_entry WHERE seq = {row.seq}"],
                "swap": [
                    f"UPDATE audit_entry SET seq = -1 * {row.seq} + 900000000 WHERE seq = {row.seq}",
                    f"UPDATE audit_entry SET seq = {row.seq} WHERE seq = {following.seq}",
                    f"UPDATE audit_entry SET seq = {following.seq} WHERE seq = 900000000 - {row.seq}",
                ],
            }[deed]
        )
        broken = first_broken_entry()
        assert broken is not None
        assert broken.seq in {row.seq, following.seq}
        transaction.set_rollback(True)


def recompute_from(seq: int) -> None:
    """What somebody would do who changed an entry and wants nobody to see it: work out all digests after it anew."""
    previous = Entry.objects.get(seq=seq - 1).digest
    for entry in Entry.objects.filter(seq__gte=seq).order_by("seq"):
        entry.previous_digest = previous
        entry.digest = previous = digest_of(entry)
        Entry.save(entry)


def test_a_tail_that_was_worked_out_anew_is_found_by_a_head_that_was_kept_or_copied() -> None:
    rows = record_three()
    head = publish_head(now=rows[-1].at + timedelta(days=1))
    assert head is not None
    tamper(f"UPDATE audit_entry SET target = 'another' WHERE seq = {rows[1].seq}")
    recompute_from(rows[1].seq)
    broken = first_broken_entry()
    assert broken is not None
    assert broken.seq == rows[2].seq
    # Whoever owns the database can drop the head as well; one that somebody copied still finds it.
    Head.objects.all().delete()
    assert first_broken_entry() is None
    assert not holds_head(head.seq, head.digest)


def test_a_tail_that_was_cut_off_is_found_by_its_head() -> None:
    rows = record_three()
    publish_head(now=rows[-1].at + timedelta(days=1))
    tamper(f"DELETE FROM audit_entry WHERE seq = {rows[2].seq}")
    broken = first_broken_entry()
    assert broken is not None
    assert (broken.seq, broken.verb) == (rows[2].seq, "missing")


def test_the_first_entry_of_a_day_keeps_the_head_of_the_day_before(monkeypatch: pytest.MonkeyPatch) -> None:
    last = record_three()[-1]

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Tomorrow":
            return cls.fromtimestamp((last.at + timedelta(days=1)).timestamp(), tz)

    monkeypatch.setattr("audit.log.datetime", Tomorrow)
    record(actor="system", verb="test.done", target="tomorrow")
    [head] = Head.objects.all()
    assert (head.seq, head.digest, head.day) == (last.seq, last.digest, last.at.date())
    assert publish_head(now=last.at) is None


def test_a_name_goes_without_breaking_the_chain() -> None:
    entry = record(actor="Alice", verb="test.done", target="something")
    assert (entry.who, record(actor="system", verb="x", target="y").who) == ("Alice", "system")
    assert "Alice" not in entry.actor
    erase_name(text="Alice")
    assert Entry.objects.get(pk=entry.pk).who.startswith("former member ")
    assert first_broken_entry() is None
    assert record(actor="Alice", verb="test.done", target="by another Alice").actor != entry.actor
