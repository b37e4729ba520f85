"""Rows that are damaged beyond reading are named, safely for a terminal, and end no check."""

import pytest
from django.db import connection

from common.db.row_checks import shown
from reports.models import Draft
from tests.found_by_checks import found, run

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize("fields", ["[", "7", "null", '"text"', '{"title": 3}'])
def test_damaged_json_ends_no_check(fields: str) -> None:
    draft = Draft.objects.create(browser_hash="x", fields={}, size=99)
    other = Draft.objects.create(browser_hash="y", fields={}, size=1)
    if connection.vendor == "sqlite":
        run("PRAGMA ignore_check_constraints = ON")
    if connection.vendor == "sqlite" or fields != "[":  # PostgreSQL stores no JSON that is none.
        run(f"UPDATE reports_draft SET fields = '{fields}' WHERE id = {draft.pk}")
    if connection.vendor == "sqlite":
        run("PRAGMA ignore_check_constraints = OFF")
    problems = found("drafts")
    assert f"reports.Draft {draft.pk}" in problems
    assert f"reports.Draft {other.pk}: size is 1" in problems


def test_what_is_wrong_is_shown_without_control_characters() -> None:
    assert not set(shown("a\x1b[2J\n\u202e" + "x" * 1_000)) & set("\x1b\n\u202e")
    assert len(shown("x" * 1_000)) < 200
