"""The memory is append-only and any change of it is found."""

import pytest
from django.db import connection

from audit.actions import first_broken_entry, record
from audit.models import Entry

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
    "tampering",
    [
        "UPDATE audit_entry SET actor = 'somebody' WHERE seq = %s",
        "UPDATE audit_entry SET reason = '' WHERE seq = %s",
        "DELETE FROM audit_entry WHERE seq = %s",
        "UPDATE audit_entry SET seq = seq + 100000 WHERE seq = %s",
    ],
)
def test_it_finds_what_was_tampered_with(tampering: str) -> None:
    entry = record_three()[1]
    with connection.cursor() as cursor:
        cursor.execute(tampering, [entry.seq])
    broken = first_broken_entry()
    assert broken is not None
    assert broken.seq >= entry.seq
