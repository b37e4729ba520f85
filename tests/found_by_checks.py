"""What check_integrity finds after some damage, without the whole command."""

from collections.abc import Callable

from django.db import connection, transaction

from common.db.row_checks import all_checks, problems_of


def found(names: str, *deeds: Callable[[], object]) -> str:
    """What the checks whose names begin so find after some damage, which is taken back."""
    with transaction.atomic():
        for deed in deeds:
            deed()
        problems = "\n".join(problems_of(check for check in all_checks() if check.name.startswith(names)))
        transaction.set_rollback(True)
    return problems


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
