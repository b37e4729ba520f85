"""Check the audit log: its chain, its published heads, its names, and the triggers that make it append-only."""

import re
from collections.abc import Iterator

from django.db import connection
from django.db.models import Max

from audit.log import digest_of, first_broken_entry, holds_head, unproved_names
from audit.models import Entry, Head, Name
from common.db.row_checks import Check, Progress, Rows, check_of_rows, problems_of_rows

# What the migrations create, by database: the trigger, its table, and what it prevents.
TRIGGERS = {
    "sqlite": {
        "audit_entry_no_update": "BEFORE UPDATE ON audit_entry BEGIN",
        "audit_entry_no_delete": "BEFORE DELETE ON audit_entry BEGIN",
        "audit_entry_no_replace": "BEFORE INSERT ON audit_entry WHEN EXISTS",
        "audit_head_no_update": "BEFORE UPDATE ON audit_head BEGIN",
        "audit_head_no_delete": "BEFORE DELETE ON audit_head BEGIN",
        "audit_head_no_replace": "BEFORE INSERT ON audit_head WHEN EXISTS",
        "audit_name_no_delete": "BEFORE DELETE ON audit_name BEGIN",
    },
    "postgresql": {
        "audit_entry_append_only": "BEFORE DELETE OR UPDATE ON audit_entry FOR EACH ROW",
        "audit_entry_no_truncate": "BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT",
        "audit_head_append_only": "BEFORE DELETE OR UPDATE ON audit_head FOR EACH ROW",
        "audit_head_no_truncate": "BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT",
        "audit_name_append_only": "BEFORE DELETE ON audit_name FOR EACH ROW",
        "audit_name_no_truncate": "BEFORE TRUNCATE ON audit_name FOR EACH STATEMENT",
    },
}
_PREVENTS = {"sqlite": "SELECT RAISE(ABORT,", "postgresql": "RAISE EXCEPTION"}


def what_it_proves(*, copied_head: bool) -> str:
    """Return what the checks of the log can and cannot prove, for the person who runs them."""
    heads, last = Head.objects.count(), Entry.objects.aggregate(last=Max("seq"))["last"] or 0
    covered = Head.objects.aggregate(last=Max("seq"))["last"] or 0
    inside = f"The log has {last} entries and {heads} published heads, the last of entry {covered}."
    if copied_head:
        return f"{inside} No entry up to the head that you copied was changed. Later entries only fit each other."
    return (
        f"{inside} No head was given: this proves that the entries fit each other and the published heads, but not"
        " that nobody with access to the database cut the log after the last head, or computed log and heads anew."
        " For that, keep a head from /transparency/ elsewhere and pass it with --head."
    )


def problem_of_head(head: str) -> str:
    """Return what is wrong with a head that was copied earlier, as NUMBER:DIGEST; empty if the log has it."""
    number, _, digest = head.partition(":")
    if not re.fullmatch(r"[0-9]{1,18}", number) or not re.fullmatch(r"[0-9a-f]{64}", digest):
        return "--head: this is not a head. It looks like 12:9f86…, a number and 64 characters."
    if not holds_head(int(number), digest):
        return f"Entry {number} is not the one whose digest was copied: it, or one before it, was changed."
    return ""


def _chain(progress: Progress) -> Iterator[str]:
    """Yield each entry that does not follow from the one before it, and whether the end is missing."""
    if not _is_whole():
        yield from problems_of_rows(Entry.objects.all(), _broken, progress)
    yield from _cut()


def _is_whole() -> bool:
    """Return whether one pass finds nothing wrong. An entry that cannot even be read is named by the next pass."""
    try:
        return first_broken_entry() is None
    except Exception:
        return False


def _broken(entries: Rows) -> Iterator[str]:
    before = Entry.objects.filter(pk__lt=min((entry.pk for entry in entries), default=0)).order_by("-pk")
    last, digest = before.values_list("seq", "digest").first() or (0, "")
    for entry in entries:
        if entry.seq != last + 1 or entry.previous_digest != digest or entry.digest != digest_of(entry):
            yield f"Entry {entry.seq} ({entry.verb}, {entry.target}) does not fit the one before it."
        last, digest = entry.seq, entry.digest


def _cut() -> Iterator[str]:
    """Yield a problem if SQLite remembers a higher number. PostgreSQL skips numbers when a transaction fails."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit_entry'")
        found = cursor.fetchone()
    last = Entry.objects.aggregate(key=Max("pk"), seq=Max("seq"))
    if found and found[0] > (last["key"] or 0):
        yield f"The log ends at entry {last['seq'] or 0}, but it had later ones: it was cut."


def _heads(heads: Rows) -> Iterator[str]:
    entries = {entry.seq: entry for entry in Entry.objects.filter(seq__in=[head.seq for head in heads])}
    for head in heads:
        entry = entries.get(head.seq)
        if entry is None:
            yield f"Entry {head.seq}, which the published head of {head.day} names, is missing."
        elif entry.digest != head.digest:
            which = f"Entry {head.seq} is not the one in the published head of {head.day}"
            yield f"{which}: it or one before it was changed."
        elif entry.at.date() != head.day:
            yield f"The published head of {head.day} names entry {head.seq}, which is of another day."


def _names(_: Progress) -> Iterator[str]:
    yield from (f"Name {key} in the log was changed by someone without the site's key." for key in unproved_names())


def _actors(entries: Rows) -> Iterator[str]:
    numbers = {entry.actor.removeprefix("#") for entry in entries if entry.actor.startswith("#")}
    keys = {int(number) for number in numbers if number.isdecimal()}
    there = {str(key) for key in Name.objects.filter(pk__in=keys).values_list("pk", flat=True)}
    for entry in entries:
        if entry.actor.startswith("#") and entry.actor[1:] not in there:
            yield f"Name {entry.actor[1:]} in the log, of the actor of entry {entry.seq}, is gone."


def _triggers(_: Progress) -> Iterator[str]:
    found = definitions()
    for name, deed in TRIGGERS[connection.vendor].items():
        definition = found.get(name, "")
        if deed not in definition or _PREVENTS[connection.vendor] not in definition:
            yield f"The trigger {name}, which keeps the log append-only, is missing, switched off or changed."


def definitions() -> dict[str, str]:
    """Return the definitions of the active triggers on the log's tables, by name."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit#_%%' ESCAPE '#'"
            )
            return {name: " ".join(sql.replace('"', "").split()) for name, sql in cursor.fetchall()}
        cursor.execute(
            "SELECT t.tgname, pg_get_triggerdef(t.oid), p.prosrc FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND c.relname LIKE 'audit\\_%%'"
            " AND pg_table_is_visible(c.oid)"
        )
        return {name: f"{sql.replace('public.', '')} {source}" for name, sql, source in cursor.fetchall()}


CHECKS = (
    Check(
        "audit log: chain",
        _chain,
        frozenset({"audit.Entry.seq", "audit.Entry.digest", "audit.Entry.previous_digest"}),
    ),
    check_of_rows("audit log: actors", "audit.Entry.actor", rows=Entry.objects.all, find=_actors),
    check_of_rows(
        "audit log: published heads",
        *("audit.Head.seq", "audit.Head.digest", "audit.Head.day"),
        rows=Head.objects.all,
        find=_heads,
    ),
    Check("audit log: names", _names, frozenset({"audit.Name.text", "audit.Name.proof"})),
    Check("audit log: append-only", _triggers),
)
