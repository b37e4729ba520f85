"""The shape of a statement: what is left when the values and their number are taken out of it."""

import re

LISTS = re.compile(r"%s(?:, ?%s)+")
ROWS = re.compile(r"\(%s\)(?:, ?\(%s\))+")
NUMBERS = re.compile(r"\b\d+\b")
# How a transaction is cut into parts is Django's own affair, and the names of the parts are made up as it goes.
TRANSACTIONS = re.compile(r"\s*(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b", re.IGNORECASE)


def shape_of(statement: str) -> str | None:
    """Return the shape of an SQL statement, or None for one that only begins or ends a transaction."""
    if TRANSACTIONS.match(statement):
        return None
    return NUMBERS.sub("0", ROWS.sub("(%s)", LISTS.sub("%s", statement)))
