"""A plugin of pytest that records the shapes of statements that each test sends, and how long the test takes.

It does so when RECORD_SQL names a folder; each process of the run writes a file of its own there.
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.database_subset.shapes import shape_of


class Recorder:
    """What one process of a run records."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shapes: set[str] = set()
        self.records: dict[str, dict[str, Any]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note what the test sends from its set-up to its end."""
        if self.note not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.note)
        self.shapes, began = set(), time.perf_counter()
        result = yield
        seconds = time.perf_counter() - began
        self.records[item.nodeid] = {"shapes": sorted(self.shapes), "seconds": round(seconds, 3)}
        return result

    def note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Note one statement, and send it."""
        if (shape := shape_of(sql)) is not None:
            self.shapes.add(shape)
        return execute(sql, params, many, context)

    def pytest_sessionfinish(self) -> None:
        """Write down what was recorded."""
        if self.records:
            path = self.folder / f"{os.getpid()}.json"
            path.write_text(json.dumps(self.records), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Record when the environment asks for it."""
    if os.environ.get("RECORD_SQL"):
        config.pluginmanager.register(Recorder(Path(os.environ["RECORD_SQL"])))
