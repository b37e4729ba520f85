"""What modules are called, who imports them, and which of them know nothing of a database or a request."""

import importlib
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import grimp
import pytest

from config import APPS_DIR, BASE_DIR
from tests.coverage_floor import says_pure

APPS = sorted(path.parent.name for path in APPS_DIR.glob("*/__init__.py"))
# Names that are found by convention or by a dotted path in the settings, not by an import.
LATE = re.compile(r'import_module\("([\w.]+)"\)')
BY_NAME = re.compile(
    r"\.(apps|urls|receivers|jobs|checks|catalogue|integrity|middleware)$|\.(management|migrations|templatetags)\b"
)
# Standard terms; every other name in "-ing" says what happens and not what the module is about.
STANDARD_TERMS = {"cleaning", "folding", "founding", "matching", "ranking", "spelling", "tracking"}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "config", *APPS, include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


def modules() -> list[str]:
    return sorted(m for m in graph().modules if m.partition(".")[0] in APPS and ".migrations" not in m)


def path_of(module: str) -> Path:
    path = APPS_DIR / Path(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def folder_of(module: str) -> str:
    return module if path_of(module).name == "__init__.py" else module.rpartition(".")[0]


def is_pure(module: str) -> bool:
    """A module says so in the first paragraph of its docstring; those in `common/text` are without saying it."""
    if module.startswith("common.text.") and module != "common.text.markdown":
        return True
    return says_pure(path_of(module))


def test_no_two_folders_import_each_other() -> None:
    """An app's own modules may use its folders and be used by them; neighbours import in one direction only."""
    below: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        for other in graph().find_modules_directly_imported_by(module):
            here, there = folder_of(module), folder_of(other) if other.partition(".")[0] in APPS else ""
            if (
                there
                and here != there
                and not f"{here}.".startswith(f"{there}.")
                and not f"{there}.".startswith(f"{here}.")
            ):
                below[here].add(there)
    reached = {folder: _reachable(folder, below) for folder in list(below)}
    assert sorted(folder for folder, others in reached.items() if folder in others) == []


def _reachable(start: str, below: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for other in below.get(waiting.pop(), set()) - found:
            found.add(other)
            waiting.append(other)
    return found


def test_every_module_is_imported_or_found_by_its_name() -> None:
    settings = "".join(path.read_text(encoding="utf-8") for path in (BASE_DIR / "config").glob("*.py"))
    # Modules that are loaded where they are used.
    late = {name for path in APPS_DIR.rglob("*.py") for name in LATE.findall(path.read_text(encoding="utf-8"))}
    backend = (APPS_DIR / "common" / "images" / "clean.py").read_text(encoding="utf-8")
    alone = [
        module
        for module in modules()
        if path_of(module).name != "__init__.py"
        and not BY_NAME.search(module)
        and not graph().find_modules_that_directly_import(module)
        and module.removesuffix(".base") not in settings
        and module not in late
        and f'"{path_of(module).name}"' not in backend
    ]
    assert alone == []


def test_no_module_is_named_after_what_happens() -> None:
    names = {module.rpartition(".")[2] for module in modules()}
    assert {name for name in names if name.endswith("ing")} - STANDARD_TERMS == set()


def test_pure_modules_know_no_database_no_request_and_no_clock() -> None:
    pure = [module for module in modules() if is_pure(module)]
    assert len(pure) > 40
    known = graph().modules
    forbidden = [m for m in modules() if m.partition(".")[2].partition(".")[0] in {"models", "querysets"}]
    forbidden += [m for m in ("common.http.headers", "common.http.rate_limits") if m in known]
    chains = {
        module: chain
        for module in pure
        for other in forbidden
        if (chain := graph().find_shortest_chain(importer=module, imported=other))
    }
    assert chains == {}
    direct = {
        module
        for module in pure
        if re.search(
            r"^from django\.(db|http|utils\.timezone)\b|^import time$|timezone\.now",
            path_of(module).read_text("utf-8"),
            re.M,
        )
    }
    assert direct == set()


@pytest.mark.parametrize("receivers", [m for m in APPS if (APPS_DIR / m / "receivers.py").exists()])
def test_receivers_carry_news_and_hold_no_rules(receivers: str) -> None:
    """A rule in `post_save` is forgotten by `.update()` and comes again with every other save of the row."""
    text = (APPS_DIR / receivers / "receivers.py").read_text(encoding="utf-8")
    assert "post_save" not in text


def test_code_kept_in_strings_imports_what_exists() -> None:
    """Scripts that tests and measurements run in other processes are strings, which no type checker reads."""
    written = re.compile(r"^[ ]*from ([\w.]+) import ([\w, ]+)$", re.MULTILINE)
    missing = []
    for path in [*(BASE_DIR / "tests").rglob("*.py"), *(BASE_DIR / "bench").rglob("*.py")]:
        for module, names in written.findall(path.read_text(encoding="utf-8")):
            if module.partition(".")[0] not in APPS:
                continue
            found = importlib.import_module(module)
            imported = [name.split()[0] for name in names.split(",")]
            there = [hasattr(found, name) or f"{module}.{name}" in graph().modules for name in imported]
            missing += [
                (path.name, module, name) for name, is_there in zip(imported, there, strict=True) if not is_there
            ]
    assert missing == []
