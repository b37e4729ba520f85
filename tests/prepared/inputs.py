"""The files that a prepared state depends on, and one digest of all of them."""

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from config import APPS_DIR, BASE_DIR

# `from x import (a, b)`, `from x import a` and `import x`, at the top of a module: imports inside functions are forbidden.
IMPORTS = re.compile(r"^(?:from ([\w.]+) import (\([^)]*\)|[^\n]*)|import ([\w.]+))", re.MULTILINE)


def schema_inputs() -> set[Path]:
    """Return what decides which tables, triggers and rows the migrations make."""
    return (
        _imported_by([*_modules("migrations/0*.py"), "pages.content_triggers", "reports.count_triggers"])
        | _settings()
    )


def catalogue_inputs() -> set[Path]:
    """Return what decides which rows a site begins with once the catalogue is loaded and indexed."""
    loaders = ["directory.catalogue.loader", "search.rebuild", *_modules("receivers.py"), *_modules("apps.py")]
    return schema_inputs() | _imported_by(loaders) | _files_below(BASE_DIR / "catalogue")


def static_inputs() -> set[Path]:
    """Return what decides which static files are served, and how they are compressed."""
    return _files_below(BASE_DIR / "static") | _settings()


def digest_of(files: Iterable[Path], *also: str) -> str:
    """Return one short digest of the names and contents of files, and of facts that no file holds."""
    total = hashlib.sha256(repr((sys.version_info[:2], also)).encode())
    for path in sorted(files):
        total.update(f"\0{path.relative_to(BASE_DIR)}\0".encode() + _digest_of_one(path))
    return total.hexdigest()[:16]


def _settings() -> set[Path]:
    """Settings and pinned packages, which decide a little about everything; how to prepare is part of it as well."""
    preparing = Path(__file__).resolve().parent
    return {*(BASE_DIR / "config").glob("*.py"), *preparing.glob("*.py"), BASE_DIR / "requirements.txt"}


@cache
def _digest_of_one(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def _files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def _modules(pattern: str) -> list[str]:
    return [".".join(path.relative_to(APPS_DIR).with_suffix("").parts) for path in APPS_DIR.rglob(pattern)]


def _imported_by(modules: Iterable[str]) -> set[Path]:
    """Return the files of these modules of ours, of all that they import, and of the packages around them."""
    found: dict[str, Path | None] = {}
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = path = _file_of(name)
            if path:
                waiting += [*_imports_in(path), *([name.rpartition(".")[0]] if "." in name else [])]
    return {path for path in found.values() if path}


def _file_of(module: str) -> Path | None:
    base = APPS_DIR / module.replace(".", "/")
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.exists()), None)


def _imports_in(path: Path) -> Iterator[str]:
    """Yield the modules that a file names; what turns out to be a function or a class is not found, and does no harm."""
    for source, names, module in IMPORTS.findall(path.read_text(encoding="utf-8")):
        yield source or module
        yield from (f"{source}.{name}" for name in re.findall(r"\w+", names) if source)
