"""A plugin of pytest that leaves out what was not chosen, when CHOSEN_TESTS names the file with the choice."""

import json
import os
from pathlib import Path

import pytest

from tests.database_subset.choice import Choice

# Tests in which processes of their own meet: what they send is not recorded, and how they wait for each other differs.
PROCESSES = {"variables", "bare_site"}
# Search is two programs, one for each database, and the audit log is guarded by triggers in the language of each.
FOLDERS = ("tests/search/", "tests/audit/")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what was chosen, what runs on both databases in any case, and what was not recorded and so is not known."""
    if not os.environ.get("CHOSEN_TESTS"):
        return
    lists = json.loads(Path(os.environ["CHOSEN_TESTS"]).read_text(encoding="utf-8"))
    choice = Choice(**{kind: frozenset(names) for kind, names in lists.items()})
    kept = [item for item in items if choice.keeps(item.nodeid, on_both=on_both(item), processes=processes(item))]
    names = {item.nodeid for item in kept}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in names])
    items[:] = kept


def on_both(item: pytest.Item) -> bool:
    """Return whether a test that reaches the database runs on both, whatever it sends."""
    return bool(item.get_closest_marker("both_databases")) or item.nodeid.startswith(FOLDERS)


def processes(item: pytest.Item) -> bool:
    """Return whether a test starts processes of its own on a database of theirs."""
    return not PROCESSES.isdisjoint(getattr(item, "fixturenames", ()))
