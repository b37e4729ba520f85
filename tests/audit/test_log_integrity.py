"""The checks of the log name what was changed, cut or switched off, and say what they cannot prove."""

import pytest
from django.db import connection
from django.utils import timezone

from audit import log
from audit.integrity import definitions, problem_of_head, what_it_proves
from audit.models import Head, Name
from tests.audit.tampering import tamper
from tests.found_by_checks import found, run

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_it_names_what_is_wrong_in_the_log() -> None:
    entry = log.record(actor="Alice", verb="test.one", target="x")
    name = Name.objects.get(text="Alice")
    log.record(actor="Alice", verb="test.two", target="y")
    Head.objects.create(day=timezone.now().date(), seq=entry.seq, digest=entry.digest)
    sentences = {
        "UPDATE audit_entry SET target = 'z' WHERE verb = 'test.one'": f"Entry {entry.seq} (test.one",
        "UPDATE audit_entry SET seq = 900 WHERE verb = 'test.one'": "Entry 900 (test.one",
        "UPDATE audit_entry SET previous_digest = 'x' WHERE verb = 'test.two'": f"Entry {entry.seq + 1} (test.two",
        "UPDATE audit_entry SET before = '[1]' WHERE verb = 'test.one'": f"Entry {entry.seq} (test.one",
        "UPDATE audit_name SET text = 'Eve'": f"Name {name.pk} in the log was changed",
        "UPDATE audit_name SET id = 77": f"Name {name.pk} in the log, of the actor of entry {entry.seq}, is gone",
        "UPDATE audit_head SET digest = 'x'": "is not the one in the published head",
        "UPDATE audit_head SET seq = 900": "Entry 900, which the published head",
        "UPDATE audit_head SET day = '2020-01-01'": "which is of another day",
    }
    for statement, said in sentences.items():
        assert said in found("audit log", lambda statement=statement: tamper(statement)), statement  # type: ignore[misc]


def test_every_trigger_that_keeps_the_log_is_checked() -> None:
    assert set(definitions()) >= {
        "audit_head_no_truncate" if connection.vendor == "postgresql" else "audit_head_no_delete"
    }
    for name, definition in definitions().items():
        table = next(table for table in ("audit_entry", "audit_head", "audit_name") if f" ON {table} " in definition)
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        deed = f"DROP TRIGGER {name}{on}"
        assert f"The trigger {name}," in found("audit log: append", lambda deed=deed: run(deed)), name  # type: ignore[misc]


def test_a_trigger_that_does_nothing_or_is_switched_off_is_none() -> None:
    if connection.vendor == "postgresql":
        deeds = [
            "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only",
            "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$",
        ]
    else:
        deeds = [
            "DROP TRIGGER audit_entry_no_update",
            "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT 1; END",
        ]
    for number in (1, 2):

        def switch_off(number: int = number) -> None:
            for deed in deeds[:number]:
                run(deed)

        assert "The trigger audit_entry_" in found("audit log: append", switch_off)


def test_a_log_that_was_cut_or_computed_anew_differs_from_a_copied_head() -> None:
    log.record(actor="system", verb="test.one", target="x")
    last = log.record(actor="system", verb="test.two", target="y")
    head, problem = f"{last.seq}:{last.digest}", f"Entry {last.seq} is not the one"

    def cut() -> None:
        tamper(f"DELETE FROM audit_entry WHERE seq = {last.seq}")
        assert problem in problem_of_head(head)

    def compute_anew() -> None:
        last.target = "z"
        tamper(f"UPDATE audit_entry SET target = 'z', digest = '{log.digest_of(last)}' WHERE seq = {last.seq}")
        assert problem in problem_of_head(head)

    assert problem_of_head(head) == found("audit log") == ""
    assert ("it was cut" in found("audit log: chain", cut)) is (connection.vendor == "sqlite")
    assert found("audit log: chain", compute_anew) == ""


@pytest.mark.parametrize("head", ["", "x", "1", "1:", ":", "²:x", "9" * 30 + ":" + "0" * 64, "1:" + "G" * 64])
def test_a_head_that_is_none_is_called_so(head: str) -> None:
    assert "--head" in problem_of_head(head)


def test_it_says_what_it_cannot_prove_without_a_head() -> None:
    assert "No head was given" in what_it_proves(copied_head=False)
    assert "No head was given" not in what_it_proves(copied_head=True)
